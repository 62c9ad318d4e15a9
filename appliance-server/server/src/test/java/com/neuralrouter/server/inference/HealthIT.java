package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.listener.RawClient;
import com.neuralrouter.server.metric.PrometheusText;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/** What load balancers are told at {@code /healthz}: over real sockets, with TLS. */
class HealthIT {
    private static final String OK = "{\"status\":\"ok\"}";

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
    void tellsWhoHasNoKeyThatRequestsAreTaken() throws IOException {
        Answer answer = ask("GET", "connection: close\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(OK);
        assertThat(answer.head())
                .contains(
                        "content-type: application/json\r\n",
                        "cache-control: no-store\r\n",
                        "strict-transport-security: max-age=63072000",
                        "x-content-type-options: nosniff\r\n");
    }

    @Test
    void looksAtNoKey() throws IOException {
        Answer answer = ask("GET", "authorization: Bearer wrong\r\nconnection: close\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.strangers().told()).isEmpty();
    }

    @Test
    void answersHeadWithTheLengthAndNothingElse() throws IOException {
        String head = "HEAD /healthz HTTP/1.1\r\nhost: a\r\n";
        try (RawClient client = gateway.connect()) {
            client.send(head + "\r\n");
            String first = client.receiveUntil("\r\n\r\n");
            String second = client.send(head + "connection: close\r\n\r\n").receiveAll();

            assertThat(first).startsWith("HTTP/1.1 200");
            assertThat(first).containsIgnoringCase("content-length: " + OK.length() + "\r\n");
            assertThat(second).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/chat/completions", "/nowhere", "/healthz?a=b"})
    void refusesHeadWithoutABodyThatTheNextAnswerWouldBeLookedForIn(String path)
            throws IOException {
        try (RawClient client = gateway.connect()) {
            client.send("HEAD " + path + " HTTP/1.1\r\nhost: a\r\n\r\n");
            String refused = client.receiveUntil("\r\n\r\n");
            String next =
                    client.send("GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
                            .receiveAll();

            assertThat(refused).startsWith("HTTP/1.1 40");
            assertThat(next).startsWith("HTTP/1.1 200").endsWith(OK);
        }
    }

    @Test
    void takesNoOtherMethod() throws IOException {
        Answer answer = ask("POST", "content-length: 0\r\nconnection: close\r\n");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.head()).contains("allow: get, head\r\n");
    }

    @Test
    void saysThatTheStoreIsLostAndHeldAgain() throws IOException {
        gateway.holdsStore(false);
        assertHindered("store_lost");

        gateway.holdsStore(true);
        assertThat(ask("GET", "connection: close\r\n").status()).isEqualTo(200);
    }

    @Test
    void saysThatNothingCanBeRecorded() throws IOException {
        gateway.journal.full = true;

        assertHindered("record_unavailable");
    }

    @Test
    void saysThatItStopsWhileItStillServes() throws Exception {
        gateway.first.next(FakeUpstream.json("{\"choices\":[]}"));
        gateway.readiness.stopping();

        assertHindered("stopping");
        assertThat(Answer.toChat(gateway, Answer.body("m", "")).status()).isEqualTo(200);
    }

    @Test
    void tellsWhoWatchesTheSameAndHowManyCameWithoutAGoodKey() throws IOException {
        var metrics = new InferenceMetrics(gateway.readiness, gateway.strangers());
        PrometheusText before = PrometheusText.of(metrics);
        for (int i = 0; i < 3; i++) {
            Answer.to(gateway, "GET /v1/models HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        }
        gateway.strangers().told();
        gateway.holdsStore(false);

        PrometheusText after = PrometheusText.of(metrics);

        assertThat(before.value("neural_router_ready")).isEqualTo(1);
        assertThat(after.value("neural_router_ready")).isZero();
        assertThat(strangers(before)).isZero();
        assertThat(strangers(after)).as("told to the trail or not").isEqualTo(3);
    }

    private static double strangers(PrometheusText told) {
        return told.value(
                "neural_router_unidentified_requests_total", "problem", "credential_missing");
    }

    @Test
    void recordsNothing() throws IOException {
        ask("GET", "connection: close\r\n");
        gateway.holdsStore(false);
        ask("GET", "connection: close\r\n");

        assertThat(gateway.journal.drain()).isZero();
        assertThat(gateway.strangers().told()).isEmpty();
    }

    private void assertHindered(String code) throws IOException {
        Answer answer = ask("GET", "connection: close\r\n");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"unavailable\",\"code\":\"" + code + "\"}");
        assertThat(answer.head()).contains("cache-control: no-store\r\n");

        Answer head = ask("HEAD", "connection: close\r\n");
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.body()).isEmpty();
    }

    private Answer ask(String method, String headers) throws IOException {
        return Answer.to(gateway, method + " /healthz HTTP/1.1\r\nhost: a\r\n" + headers + "\r\n");
    }
}
