package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.usage.RequestEnded;
import com.neuralrouter.server.usage.TokenCounts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** {@code POST /v1/messages/count_tokens}, and {@code POST /v1/audio/speech}. */
class CountTokensIT {
    private static final String MESSAGES =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}";

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
    void asksTheProviderThatCanCount() throws Exception {
        gateway.first.always(FakeUpstream.json("{\"input_tokens\":14}"));

        Answer answer = count("m", "");

        assertThat(answer.body()).isEqualTo("{\"input_tokens\":14}");
        assertThat(answer.head()).doesNotContain("nr-estimated");
        var received = gateway.first.requests().getFirst();
        assertThat(received.requestLine()).isEqualTo("POST /v1/messages/count_tokens HTTP/1.1");
        assertThat(received.text()).isEqualTo(MESSAGES.formatted("m@first", ""));
        RequestEnded ended = gateway.journal.next().ended();
        assertThat(ended.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(ended.tokens()).as("nothing was used").isEqualTo(TokenCounts.NONE);
        assertThat(ended.cost().micros()).isZero();
    }

    @Test
    void saysThatItIsAnEstimateWhereTheProviderCannotCount() throws Exception {
        gateway.routes(List.of(toOneThatCannotCount()));

        Answer answer = count("plain", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).contains("nr-estimated: true").contains("\r\nrequest-id: ");
        assertThat(answer.json().path("input_tokens").asInt())
                .isEqualTo((MESSAGES.formatted("plain", "").length() + 3) / 4);
        assertThat(gateway.first.connections()).isZero();
        RequestEnded ended = gateway.journal.next().ended();
        assertThat(ended.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(ended.provider()).isNull();
        assertThat(ended.tokens()).isEqualTo(TokenCounts.NONE);
    }

    @Test
    void failsAsOthersDoWhereWhoeverCanCountDoesNotAnswer() throws Exception {
        gateway.first.die();
        gateway.second.die();

        Answer answer = count("m", "");

        assertThat(answer.status()).isGreaterThanOrEqualTo(500);
        assertThat(answer.json().path("type").asString()).isEqualTo("error");
    }

    @Test
    void takesNoStream() throws Exception {
        Answer answer = count("m", ",\"stream\":true");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("stream");
    }

    @Test
    void passesSpeechOnAsItComes() throws Exception {
        gateway.first.always(FakeUpstream.status(200, "content-type: audio/mpeg", "ID3-sound"));

        Answer answer =
                Answer.to(
                        gateway,
                        Answer.post(
                                gateway,
                                "/v1/audio/speech",
                                "connection: close\r\n",
                                "{\"model\":\"m\",\"input\":\"hi\",\"voice\":\"alloy\"}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).contains("content-type: audio/mpeg");
        assertThat(answer.body()).isEqualTo("ID3-sound");
        assertThat(gateway.first.requests().getFirst().text())
                .isEqualTo("{\"model\":\"m@first\",\"input\":\"hi\",\"voice\":\"alloy\"}");
        assertThat(gateway.journal.next().ended().tokens().estimated()).isTrue();
    }

    private Answer count(String model, String more) throws IOException {
        return Answer.to(
                gateway,
                Answer.post(
                        gateway,
                        "/v1/messages/count_tokens",
                        "connection: close\r\n",
                        MESSAGES.formatted(model, more)));
    }

    private Route toOneThatCannotCount() {
        return new Route(
                new RouteId(new UUID(1, 9)),
                "plain",
                "plain",
                1_700_000_000,
                List.of(new Route.Upstream(TestRoutes.endpoint("first", gateway.first), "there")));
    }
}
