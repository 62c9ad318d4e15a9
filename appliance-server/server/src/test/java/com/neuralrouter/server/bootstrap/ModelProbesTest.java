package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeKind;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.inference.AdapterProber;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Received;
import com.neuralrouter.server.provider.ListsModels;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderRules;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.route.Prober.Probed;
import com.neuralrouter.server.route.Terms.Probing;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.Snapshots;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What each kind of provider is asked, over real sockets, to see whether it is there. */
class ModelProbesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RequestId REQUEST = new RequestId(new UUID(1, 2));

    private final Parts parts = new Parts();
    private Map<ProviderKind, ProviderAdapter> adapters;
    private FakeUpstream provider;

    @BeforeEach
    void start() throws IOException {
        var timeouts = new UpstreamTimeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE);
        adapters = ProviderAdapters.open(timeouts, Clock.systemUTC(), parts);
        provider = FakeUpstream.start();
    }

    @AfterEach
    void stop() throws IOException {
        parts.close();
        provider.close();
    }

    private Endpoint endpoint(ProviderKind kind, Authentication authentication, String apiVersion) {
        return new Endpoint(
                new ProviderId(new UUID(3, kind.ordinal())),
                "p",
                kind,
                provider.baseUrl(),
                authentication,
                null,
                Destination.undeclared("p"),
                Set.of(),
                new Endpoint.Options(Set.of(), apiVersion));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, BEARER, '', /v1/models, authorization, Bearer the-key",
        "ANTHROPIC, API_KEY, '', /v1/models, x-api-key, the-key",
        "ANTHROPIC, BEARER, '', /v1/models, authorization, Bearer the-key",
        "AZURE, API_KEY, '', /v1/openai/v1/models, api-key, the-key",
        "AZURE, API_KEY, 2024-10-21, /v1/openai/models?api-version=2024-10-21, api-key, the-key",
        "GEMINI, API_KEY, '', /v1/models, x-goog-api-key, the-key",
        "OLLAMA, BEARER, '', /v1/api/tags, authorization, Bearer the-key",
        "COHERE, BEARER, '', /v1/v1/models, authorization, Bearer the-key"
    })
    void asksForTheListOfItsModelsWithItsCredential(
            ProviderKind kind,
            Authentication authentication,
            String apiVersion,
            String path,
            String header,
            String value)
            throws Exception {
        provider.next(FakeUpstream.json("{\"data\":[]}"));

        try (SecretBytes key = SecretBytes.copyOf("the-key".getBytes(StandardCharsets.US_ASCII));
                var answer =
                        (ProviderAnswer)
                                ((ListsModels) adapters.get(kind))
                                        .models(
                                                REQUEST,
                                                endpoint(kind, authentication, apiVersion),
                                                key,
                                                System.nanoTime() + PATIENCE.toNanos())) {
            assertThat(answer.status()).isEqualTo(200);
        }
        Received request = provider.requests().getFirst();
        assertThat(request.requestLine()).isEqualTo("GET " + path + " HTTP/1.1");
        assertThat(request.header(header)).isEqualTo(value);
        assertThat(request.header("x-request-id")).isEqualTo(REQUEST.toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = ProviderKind.class,
            names = {"BEDROCK", "LOOPBACK"},
            mode = EnumSource.Mode.EXCLUDE)
    void isThereUnlessItFails(ProviderKind kind) {
        provider.next(FakeUpstream.json("{}"))
                .next(FakeUpstream.status(401, "", "{}"))
                .next(FakeUpstream.status(429, "", "{}"))
                .next(FakeUpstream.status(500, "", "{}"))
                .always(FakeUpstream.Exchange::reset);

        assertThat(probed(kind).good()).as("it answers").isTrue();
        assertThat(probed(kind).good()).as("it wants another key").isTrue();
        assertThat(probed(kind).good()).as("it has much to do").isTrue();
        assertThat(probed(kind).good()).as("it fails").isFalse();
        assertThat(probed(kind).good()).as("it resets").isFalse();
    }

    private Probed probed(ProviderKind kind) {
        var nobody =
                new Snapshots(new GatewaySnapshot(1, Map.of(), Map.of(), Map.of()), () -> true);
        return new AdapterProber(adapters, nobody, new Ids(Clock.systemUTC()))
                .probe(endpoint(kind, Authentication.NONE, ""), Probing.Kind.MODELS, "m");
    }

    @Test
    void theLoopbackIsAlwaysThere() {
        assertThat(probed(ProviderKind.LOOPBACK).good()).isTrue();
        assertThat(provider.connections()).isZero();
    }

    @Test
    void aProviderWithoutAListCantBeProbedByIt() {
        assertThat(adapters.get(ProviderKind.BEDROCK)).isNotInstanceOf(ListsModels.class);
        assertThat(
                        ProviderRules.errors(
                                new ProviderDocument(
                                        "p",
                                        ProviderKind.BEDROCK,
                                        "https://bedrock-runtime.eu-central-1.amazonaws.com",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        byModels())))
                .singleElement()
                .satisfies(error -> assertThat(error.field()).isEqualTo("service.probe.kind"));
    }

    private static ServiceDocument byModels() {
        return new ServiceDocument(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new ProbeDocument(ProbeKind.MODELS, null, null));
    }
}
