package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.OnBreach;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeKind;
import com.neuralrouter.contract.ServiceDocument.SlaDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Received;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A provider of a whole appliance breaks its promise: within one window nothing goes there any more
 * but probes, it is seen in the API, the metrics and the explanations, no app notices, and it comes
 * back by itself.
 */
class ProviderSlaIT {
    private static final String MODEL = "m";
    private static final int WINDOW_SECONDS = 10;
    private static final String METRIC =
            "neural_router_provider_suspensions_total{provider=\"promising\",reason=\"errors\"} ";

    @TempDir private Path folder;

    private static ProviderDocument provider(
            String name, FakeUpstream at, ServiceDocument service) {
        return new ProviderDocument(
                name,
                ProviderKind.OPENAI,
                at.baseUrl().toString(),
                Provider.Authentication.NONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                service);
    }

    private static ServiceDocument promise() {
        return new ServiceDocument(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new SlaDocument(
                        WINDOW_SECONDS, 5, null, BigDecimal.TEN, null, null, OnBreach.SUSPEND),
                new ProbeDocument(ProbeKind.MODELS, 1, null));
    }

    /** Answers chats and probes while it is well. */
    private static FakeUpstream.Behaviour serving(AtomicBoolean well) {
        FakeUpstream.Behaviour good = Completions.asAsked(MODEL, "Hello");
        return x -> {
            if (!well.get()) {
                FakeUpstream.status(500, "", "{}").serve(x);
            } else if (isProbe(x.request())) {
                FakeUpstream.json("{\"data\":[]}").serve(x);
            } else {
                good.serve(x);
            }
        };
    }

    private static boolean isProbe(Received request) {
        return request.requestLine().startsWith("GET /v1/models ");
    }

    @Test
    void aBrokenPromiseTakesAProviderOutWithinAWindowAndItReturnsByItself() throws Exception {
        var well = new AtomicBoolean(true);
        try (FakeUpstream promising = FakeUpstream.start().always(serving(well));
                FakeUpstream other = FakeUpstream.start();
                RunningSite site = RunningSite.start(folder.resolve("site"))) {
            other.always(Completions.asAsked(MODEL, "Hello"));
            String key =
                    site.openFor(
                            MODEL,
                            List.of(
                                    provider("promising", promising, promise()),
                                    provider("other", other, null)));
            try (App app = site.app(key);
                    Administrator operator = site.operator()) {
                long suspended = suspendedAfter(well, app, operator);
                int probes = onlyProbes(promising, app, operator);
                long returned = returnedAfter(well, promising, app, operator);

                System.out.printf(
                        "suspended %d ms after the promise was first broken, with a window of"
                                + " %d s; %d probes and no request while it was out; back in full"
                                + " service %d ms after it was well%n",
                        suspended, WINDOW_SECONDS, probes, returned);
            }
        }
    }

    private static long suspendedAfter(AtomicBoolean well, App app, Administrator operator)
            throws Exception {
        ask(app);
        assertThat(standing(operator)).isEqualTo(Standing.IN_SERVICE);
        assertThat(operator.text(AdminApi.METRICS)).contains(METRIC + "0");
        well.set(false);
        long began = System.nanoTime();
        until(Standing.SUSPENDED, WINDOW_SECONDS, app, operator);
        assertThat(operator.text(AdminApi.METRICS))
                .contains(METRIC + "1")
                .contains(
                        "neural_router_provider_standing{provider=\"promising\","
                                + "standing=\"suspended\"} 1");
        assertThat(operator.all(AdminApi.INCIDENTS, Incident.class))
                .singleElement()
                .satisfies(incident ->
                        assertThat(incident.timeline().getFirst().text()).contains("% errors"));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /** For three seconds nothing comes to the provider but probes; how many there were. */
    private static int onlyProbes(FakeUpstream promising, App app, Administrator operator)
            throws Exception {
        promising.forgetRequests();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        String last = "";
        while (System.nanoTime() < until) {
            last = ask(app);
            pause();
        }
        assertThat(promising.requests()).isNotEmpty().allMatch(ProviderSlaIT::isProbe);
        Explanation explanation =
                operator.get(
                        AdminApi.REQUESTS + "/" + last + AdminApi.EXPLANATION, Explanation.class);
        assertThat(explanation.candidates().getLast().provider()).isEqualTo("promising");
        assertThat(explanation.candidates().getLast().verdict()).isEqualTo("SUSPENDED");
        return promising.requests().size();
    }

    private static long returnedAfter(
            AtomicBoolean well, FakeUpstream promising, App app, Administrator operator)
            throws Exception {
        well.set(true);
        long began = System.nanoTime();
        until(Standing.RETURNING, 30, app, operator);
        until(Standing.IN_SERVICE, 60, app, operator);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        promising.forgetRequests();
        // Its circuit may have to find out first that it is back.
        for (int i = 0;
                i < 800 && promising.requests().stream().allMatch(ProviderSlaIT::isProbe);
                i++) {
            ask(app);
            pause();
        }
        assertThat(promising.requests()).anyMatch(request -> !isProbe(request));
        assertThat(operator.all(AdminApi.INCIDENTS, Incident.class))
                .singleElement()
                .extracting(Incident::state)
                .isEqualTo(Incident.State.RESOLVED);
        return took;
    }

    /** Asks on until the provider has come to that standing; no app is to notice. */
    private static void until(Standing wanted, int seconds, App app, Administrator operator)
            throws Exception {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (standing(operator) != wanted) {
            assertThat(System.nanoTime()).as("in time for %s", wanted).isLessThan(latest);
            ask(app);
            pause();
        }
    }

    private static String ask(App app) throws IOException {
        App.Answer answer = app.ask(App.chat(MODEL, "Hi"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.requestId();
    }

    private static Standing standing(Administrator operator) throws IOException {
        return operator.all(AdminApi.PROVIDER_HEALTH, ProviderHealth.class).stream()
                .filter(each -> each.name().equals("promising"))
                .findFirst()
                .orElseThrow()
                .standing();
    }

    private static void pause() throws InterruptedException {
        assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
}
