package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.route.Route;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Sounds on their way to text, over real sockets with TLS. */
class TranscriptionsIT {
    private static final String PATH = "/v1/audio/transcriptions";
    private static final String CARD = "4111 1111 1111 1111";

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void passesTheSoundOnWithTheUpstreamsModelAndCredential() throws Exception {
        gateway.first.always(
                FakeUpstream.json(
                        "{\"text\":\"Hi\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,"
                                + "\"output_tokens\":3,\"total_tokens\":17}}"));

        Answer answer = send("model", "m", "language", "de");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("text").asString()).isEqualTo("Hi");
        assertThat(answer.head()).contains("nr-receipt: ");
        FakeUpstream.Received sent = gateway.first.requests().getFirst();
        assertThat(sent.requestLine()).isEqualTo("POST " + PATH + " HTTP/1.1");
        assertThat(sent.header("content-type")).isEqualTo("multipart/form-data; boundary=b");
        assertThat(sent.header("authorization")).isEqualTo("Bearer upstream-secret");
        assertThat(sent.text()).isEqualTo(RequestBodies.form("model", "m@first", "language", "de"));
        var recorded = gateway.journal.next();
        assertThat(recorded.ended().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(recorded.ended().tokens().input()).isEqualTo(14);
        assertThat(recorded.ended().tokens().output()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=utf-8, Card 4111 1111 1111 1111 it is.",
        "application/x-subrip, '1\n00:00:00,000 --> 00:00:02,000\nCard 4111 1111 1111 1111\n'",
        "text/vtt, 'WEBVTT\n\n00:00.000 --> 00:02.000\nCard 4111 1111 1111 1111\n'",
    })
    void looksAtATextInWhateverFormatItComes(String type, String text) throws Exception {
        gateway.first.always(FakeUpstream.status(200, "content-type: " + type, text));

        Answer plain = send("model", "m");
        guard("payment-card:mask@answer");
        Answer masked = send("model", "m");

        assertThat(plain.body()).isEqualTo(text);
        assertThat(plain.head()).contains("content-type: " + type);
        assertThat(masked.body()).isEqualTo(text.replace(CARD, "[masked:payment-card]"));
        assertThat(gateway.journal.next().ended().tokens().estimated()).isTrue();
    }

    /** The text stands in the answer three times: as a whole, by segments, and word by word. */
    @Test
    void looksAtEverythingThatSaysTheTextAgain() throws Exception {
        guard("payment-card:mask@answer");
        gateway.first.always(
                FakeUpstream.json(
                        """
                        {"text":"Card 4111 1111 1111 1111","logprobs":[{"token":"4111"}],
                         "segments":[{"id":0,"text":"Card 4111 1111","tokens":[50364,4111]},
                                     {"id":1,"text":" 1111 1111","tokens":[1111]}],
                         "words":[{"word":"4111","start":0.0},{"word":"1111","start":0.5}]}
                        """));

        Answer answer = send("model", "m", "response_format", "verbose_json");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("[masked:payment-card]").doesNotContain("1111");
    }

    @Test
    void endsWithAnErrorWhereAGuardrailBarsTheText() throws Exception {
        guard("payment-card@answer");
        gateway.first.always(FakeUpstream.status(200, "content-type: text/plain", CARD));

        Answer answer = send("model", "m");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("guardrail_refused");
        assertThat(answer.body()).doesNotContain("1111");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pii", "secrets:mask@request", "request-text:1000"})
    void refusesASoundThatAGuardrailWouldHaveToListenTo(String guardrail) throws Exception {
        guard(guardrail);

        Answer answer = send("model", "m");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("guardrail_refused");
        assertThat(answer.body()).contains("guardrail for requests");
        assertThat(gateway.first.connections() + gateway.second.connections()).isZero();
        assertThat(gateway.journal.next().ended().problem())
                .isEqualTo(ProblemCode.GUARDRAIL_REFUSED);
    }

    @Test
    void passesAStreamOnEventByEventAndLooksAtIt() throws Exception {
        gateway.first.always(
                FakeUpstream.events(
                        "{\"type\":\"transcript.text.delta\",\"delta\":\"Card 4111 11\"}",
                        "{\"type\":\"transcript.text.delta\",\"delta\":\"11 1111 1111.\"}",
                        "{\"type\":\"transcript.text.done\",\"text\":\"Card "
                                + CARD
                                + ".\","
                                + "\"usage\":{\"input_tokens\":9,\"output_tokens\":4}}"));

        Answer plain = send("model", "m", "stream", "true");
        guard("payment-card:mask@answer");
        Answer masked = send("model", "m", "stream", "true");

        assertThat(plain.head()).contains("content-type: text/event-stream");
        assertThat(plain.body()).contains("Card 4111 11\"").contains("11 1111 1111.");
        assertThat(gateway.journal.next().ended().tokens().input()).isEqualTo(9);
        assertThat(masked.body())
                .contains("Card ")
                .contains("[masked:payment-card]")
                .contains("transcript.text.done")
                .doesNotContain("1111");
    }

    @ParameterizedTest
    @CsvSource({
        "'', /openai/v1/audio/transcriptions",
        "preview, /openai/v1/audio/transcriptions?api-version=preview",
        "2024-10-21, /openai/deployments/hears/audio/transcriptions?api-version=2024-10-21",
    })
    void passesTheSoundOnToAzure(String version, String path) throws Exception {
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                TestRoutes.ways(Strategy.PRIORITY),
                                new Route.Upstream(ofAzure(version), "hears"))));
        gateway.first.always(FakeUpstream.status(200, "content-type: text/plain", "Hi"));

        Answer answer = send("model", "m", "response_format", "text");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("Hi");
        FakeUpstream.Received sent = gateway.first.requests().getFirst();
        assertThat(sent.requestLine()).isEqualTo("POST " + path + " HTTP/1.1");
        assertThat(sent.header("content-type")).isEqualTo("multipart/form-data; boundary=b");
        assertThat(sent.text())
                .isEqualTo(RequestBodies.form("model", "hears", "response_format", "text"));
    }

    @Test
    void passesAStreamOfAzuresOn() throws Exception {
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                TestRoutes.ways(Strategy.PRIORITY),
                                new Route.Upstream(ofAzure("2025-04-01-preview"), "hears"))));
        gateway.first.always(
                FakeUpstream.events(
                        "{\"type\":\"transcript.text.delta\",\"delta\":\"Hi\"}",
                        "{\"type\":\"transcript.text.done\",\"text\":\"Hi\","
                                + "\"usage\":{\"input_tokens\":9,\"output_tokens\":4}}"));

        Answer answer = send("model", "m", "stream", "true");

        assertThat(answer.head()).contains("content-type: text/event-stream");
        assertThat(answer.body()).contains("transcript.text.delta", "transcript.text.done");
        assertThat(gateway.first.requests().getFirst().header("accept"))
                .isEqualTo("text/event-stream");
        assertThat(gateway.journal.next().ended().tokens().output()).isEqualTo(4);
    }

    @Test
    void namesTheProviderThatHasNoTranscriptions() throws Exception {
        var without = TestRoutes.endpoint("first", gateway.first);
        gateway.routes(
                List.of(
                        TestRoutes.to(
                                "m",
                                TestRoutes.ways(Strategy.PRIORITY),
                                new Route.Upstream(without, "there"))));

        Answer answer = send("model", "m");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errorCode()).isEqualTo("unsupported_feature");
        assertThat(answer.body()).contains("first").contains("transcriptions");
        assertThat(gateway.first.connections()).isZero();
    }

    @Test
    void refusesWhatIsNoForm() throws Exception {
        String form = RequestBodies.form("model", "m");
        String request = Answer.post(gateway, PATH, "connection: close\r\n", form);

        Answer json =
                Answer.to(gateway, request.replace("multipart/form-data", "application/json"));
        Answer twice = send("model", "m", "model", "n");

        assertThat(json.status()).isEqualTo(415);
        assertThat(json.body()).contains("multipart/form-data");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.json().at("/error/param").asString()).isEqualTo("model");
        assertThat(gateway.first.connections()).isZero();
    }

    @Test
    void reckonsWithATokenForEveryFortyBytesOfASound() throws Exception {
        gateway.rules(List.of(new PolicyRule.Limit(RuleKind.MAX_INPUT_TOKENS, 10_000)), List.of());
        String sound = RequestBodies.form("model", "m");

        Answer small = form(sound.replace("a sound", "x".repeat(300_000)));
        Answer large = form(sound.replace("a sound", "x".repeat(500_000)));

        assertThat(small.status()).as(small.body()).isEqualTo(200);
        assertThat(large.status()).isEqualTo(403);
        assertThat(large.body()).contains("maxInputTokens");
    }

    private Endpoint ofAzure(String version) {
        return new Endpoint(
                Gateway.provider("first"),
                "first",
                ProviderKind.AZURE,
                gateway.first.root(),
                Authentication.NONE,
                null,
                Destination.undeclared("first"),
                Set.of(),
                new Endpoint.Options(Set.of(Operation.TRANSCRIPTIONS), version));
    }

    private Answer send(String... fields) throws IOException {
        return form(RequestBodies.form(fields));
    }

    private Answer form(String form) throws IOException {
        return Answer.to(gateway, Answer.post(gateway, PATH, "connection: close\r\n", form));
    }

    private void guard(String... names) {
        gateway.rules(List.of(new Names(RuleKind.GUARDRAILS, Set.of(names))), List.of());
    }
}
