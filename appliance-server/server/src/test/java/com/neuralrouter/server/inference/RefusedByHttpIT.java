package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.listener.RawClient;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What HTTP refuses before any code of an API runs comes in the words of the API whose path was
 * asked for: over real sockets, with TLS.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedByHttpIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String KEY = "authorization: Bearer ";
    private static final List<String> ANTHROPIC =
            List.of("/v1/messages", "/v1/messages/count_tokens", "/v1/messages/batches");
    private static final List<String> OPENAI =
            List.of("/v1/chat/completions", "/v1/responses", "/v1/messagesx", "/v1/models", "/");

    private Gateway gateway;

    @BeforeAll
    void start() throws IOException {
        gateway = new Gateway();
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    a body that is too large,413,too_large,request_too_large,POST {path} HTTP/1.1|host: a|content-length: 99999999
                    two lengths,400,malformed_request,invalid_request_error,POST {path} HTTP/1.1|host: a|content-length: 1|transfer-encoding: chunked||0
                    no host,400,malformed_request,invalid_request_error,POST {path} HTTP/1.1|content-length: 0
                    an unknown coding,400,malformed_request,invalid_request_error,POST {path} HTTP/1.1|host: a|transfer-encoding: gzip
                    a length that is none,400,malformed_request,invalid_request_error,POST {path} HTTP/1.1|host: a|content-length: x
                    a query that is none,400,malformed_request,invalid_request_error,POST {path}?a=^<> HTTP/1.1|host: a
                    a header without an end,400,malformed_request,invalid_request_error,POST {path} HTTP/1.1|host
                    """)
    void answersInTheWordsOfTheApi(
            String what, int status, String code, String type, String request) throws IOException {
        for (String path : OPENAI) {
            Answer answer = send(written(request, path));
            assertThat(answer.status()).as(what + " " + path + answer.body()).isEqualTo(status);
            assertThat(answer.errorCode()).as(what).isEqualTo(code);
        }
        for (String path : ANTHROPIC) {
            Answer answer = send(written(request, path));
            assertAnthropic(what + " " + path, answer, status, type);
        }
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        Answer answer = send("HEAD /v1/models?a=^<> HTTP/1.1\r\nhost: a\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
    }

    private static String written(String request, String path) {
        return request.replace("{path}", path).replace("|", "\r\n") + "\r\n\r\n";
    }

    @Test
    void answersABodyInPiecesThatIsTooLarge() throws IOException {
        String headers =
                " HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
                        + KEY
                        + gateway.key.text()
                        + "\r\ntransfer-encoding: chunked\r\n\r\n";
        String body = ("40000\r\n" + "x".repeat(0x40000) + "\r\n").repeat(8) + "0\r\n\r\n";

        Answer anthropic = send("POST /v1/messages" + headers + body);
        Answer openai = send("POST /v1/chat/completions" + headers + body);

        assertAnthropic("pieces", anthropic, 413, "request_too_large");
        assertThat(openai.errorCode()).isEqualTo("too_large");
    }

    @Test
    void answersABodyThatIsPacked() throws IOException {
        String headers =
                "content-encoding: gzip\r\nconnection: close\r\n"
                        + KEY
                        + gateway.key.text()
                        + "\r\n";
        String body = "{}";

        Answer anthropic = send(head("/v1/messages", headers, body) + body);
        Answer openai = send(head("/v1/chat/completions", headers, body) + body);

        assertAnthropic("packed", anthropic, 415, "invalid_request_error");
        assertThat(openai.status()).isEqualTo(415);
        assertThat(openai.body()).contains("send it as it is");
    }

    private static String head(String path, String headers, String body) {
        return "POST "
                + path
                + " HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length()
                + "\r\n"
                + headers
                + "\r\n";
    }

    @Test
    void answersHeadersThatAreTooLong() throws IOException {
        String headers =
                "HTTP/1.1\r\nhost: a\r\n" + ("x: " + "y".repeat(4_000) + "\r\n").repeat(5) + "\r\n";

        Answer anthropic = send("POST /v1/messages " + headers);
        Answer openai = send("POST /v1/chat/completions " + headers);

        assertAnthropic("headers", anthropic, 400, "invalid_request_error");
        assertThat(openai.errorCode()).isEqualTo("malformed_request");
    }

    @Test
    void answersWhereNoMoreRequestsAreServedAtOnce() throws Exception {
        var begun = new CountDownLatch(1);
        try (var small =
                        new Gateway(
                                1, new UpstreamTimeouts(MINUTE, MINUTE, MINUTE, MINUTE), MINUTE);
                RawClient busy = small.connect()) {
            small.first.always(exchange -> {
                begun.countDown();
                exchange.awaitLeave();
            });
            busy.send(Answer.chat(small, "", Answer.body("m", "")));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

            Answer one = Answer.to(small, "GET /v1/messages HTTP/1.1\r\nhost: a\r\n\r\n");
            Answer other = Answer.to(small, "GET /v1/models HTTP/1.1\r\nhost: a\r\n\r\n");

            assertAnthropic("busy", one, 429, "rate_limit_error");
            assertThat(one.head()).contains("retry-after: 1");
            assertThat(other.status()).isEqualTo(429);
            assertThat(other.errorCode()).isEqualTo("rate_limit_exceeded");
        }
    }

    /** A request line that is none tells no path; the one before it does not count. */
    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "GET  HTTP/1.1\r\n\r\n", "\u0000\r\n\r\n"})
    void takesNoPathFromTheRequestBefore(String nonsense) throws IOException {
        try (RawClient client = gateway.connect()) {
            client.send("GET /v1/messages HTTP/1.1\r\nhost: a\r\n\r\n");
            client.receiveUntil("\"request_id\":\"");
            client.receiveUntil("\"}");

            Answer answer = Answer.of(client.send(nonsense).receiveAll());

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorCode()).isEqualTo("malformed_request");
        }
    }

    private static void assertAnthropic(String what, Answer answer, int status, String type) {
        assertThat(answer.status()).as(what + answer.body()).isEqualTo(status);
        assertThat(answer.json().path("type").asString()).as(what).isEqualTo("error");
        assertThat(answer.json().at("/error/type").asString()).as(what).isEqualTo(type);
        String id = answer.request().toString();
        assertThat(answer.json().path("request_id").asString()).isEqualTo(id);
        assertThat(answer.head()).contains("\r\nrequest-id: " + id + "\r\n");
    }

    /** Says that nothing more comes, so that nobody waits for the rest of a body. */
    private Answer send(String request) throws IOException {
        try (RawClient client = gateway.connect()) {
            client.send(request).socket().shutdownOutput();
            return Answer.of(client.receiveAll());
        }
    }
}
