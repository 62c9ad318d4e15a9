package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeKind;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where policies let no request go, no probe goes: counted at the socket. */
class ProbeResidencyIT {
    private static final int PROBES = 3;

    @TempDir private Path folder;

    @Test
    void noProbeLeavesForWherePoliciesLetNothingGo() throws Exception {
        var probed = new CountDownLatch(PROBES);
        try (FakeUpstream near = FakeUpstream.start();
                FakeUpstream abroad = FakeUpstream.start();
                RunningSite site = RunningSite.start(folder.resolve("site"));
                Administrator operator = site.operator()) {
            near.always(counting(probed));
            operator.apply(document(near, abroad, policy("EU")));

            assertThat(probed.await(60, TimeUnit.SECONDS)).as("probes nearby").isTrue();
            assertThat(abroad.connections()).as("connections abroad").isZero();

            var reached = new CountDownLatch(1);
            abroad.always(counting(reached));
            operator.apply(document(near, abroad, policy("EU", "US")));
            assertThat(reached.await(60, TimeUnit.SECONDS))
                    .as("a probe abroad, when policies let requests go there")
                    .isTrue();
        }
    }

    private static FakeUpstream.Behaviour counting(CountDownLatch latch) {
        FakeUpstream.Behaviour models = FakeUpstream.json("{\"object\":\"list\",\"data\":[]}");
        return x -> {
            latch.countDown();
            models.serve(x);
        };
    }

    private static PolicyDocument policy(String... jurisdictions) {
        return new PolicyDocument(
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(jurisdictions),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static SiteDocument document(
            FakeUpstream near, FakeUpstream abroad, PolicyDocument policy) throws IOException {
        return new SiteDocument(
                SiteDocument.API_VERSION,
                policy,
                List.of(provider("near", near, "DE"), provider("abroad", abroad, "US")),
                List.of(new WorkspaceDocument("research", null, null, null, List.of(), List.of())),
                List.of(
                        new RouteDocument(
                                "chat",
                                "m",
                                List.of("*"),
                                List.of(
                                        new UpstreamDocument("near", null),
                                        new UpstreamDocument("abroad", null)))));
    }

    private static ProviderDocument provider(String name, FakeUpstream at, String jurisdiction) {
        return new ProviderDocument(
                name,
                ProviderKind.OPENAI,
                at.baseUrl().toString(),
                Authentication.NONE,
                null,
                jurisdiction,
                null,
                null,
                null,
                null,
                null,
                null,
                new ServiceDocument(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new ProbeDocument(ProbeKind.MODELS, 1, null)));
    }
}
