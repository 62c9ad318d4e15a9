package com.neuralrouter.server.provider.openai;

import static com.neuralrouter.server.provider.openai.Calls.PATIENT;
import static com.neuralrouter.server.provider.openai.Calls.call;
import static com.neuralrouter.server.provider.openai.Calls.endpoint;
import static com.neuralrouter.server.provider.openai.Calls.read;
import static com.neuralrouter.server.provider.openai.Calls.stream;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Received;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderFailure.BadReply;
import com.neuralrouter.server.provider.ProviderFailure.Cancelled;
import com.neuralrouter.server.provider.ProviderFailure.Rejected;
import com.neuralrouter.server.provider.ProviderFailure.Throttled;
import com.neuralrouter.server.provider.ProviderFailure.Unreachable;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

class OpenAiAdapterTest {
    private final OpenAiAdapter adapter = new OpenAiAdapter(PATIENT, Calls.CLOCK);
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = FakeUpstream.start();
    }

    @AfterEach
    void stop() throws IOException {
        adapter.close();
        upstream.close();
    }

    private OpenResult open() {
        return adapter.open(call(endpoint(upstream.baseUrl())));
    }

    private OpenResult openStream() {
        return adapter.open(stream(endpoint(upstream.baseUrl())));
    }

    @Test
    void sendsTheRequestAsItIsWithTheCredentialAndTheRequestId() throws IOException {
        upstream.always(FakeUpstream.json("{\"id\":\"x\"}"));

        assertThat(read(open())).isEqualTo("{\"id\":\"x\"}");

        Received request = upstream.requests().getFirst();
        assertThat(request.requestLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(request.header("host")).isEqualTo("127.0.0.1:" + upstream.port());
        assertThat(request.header("authorization")).isEqualTo("Bearer " + Calls.CREDENTIAL);
        assertThat(request.header("x-request-id")).isEqualTo(Calls.REQUEST_ID.toString());
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("accept")).isEqualTo("application/json");
        assertThat(request.header("user-agent")).isEqualTo("neural-router");
        assertThat(request.text()).isEqualTo("{\"model\":\"m\"}");
        assertThat(request.headers()).hasSize(8);
    }

    @Test
    void sendsNoCredentialToAnEndpointThatWantsNone() throws IOException {
        read(adapter.open(call(endpoint(upstream.baseUrl(), Authentication.NONE, null))));

        assertThat(upstream.requests().getFirst().headers()).doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx-evil: 1", "a\nb", "a b", "a\0b", "gr\u00fc\u007f"})
    void refusesACredentialThatWouldBreakTheHeader(String credential) {
        ProviderCall usual = call(endpoint(upstream.baseUrl()));
        var call =
                new ProviderCall(
                        usual.requestId(),
                        usual.endpoint(),
                        usual.operation(),
                        usual.model(),
                        usual.payload(),
                        false,
                        SecretBytes.copyOf(credential.getBytes(UTF_8)),
                        usual.deadline());

        assertThat(adapter.open(call)).isInstanceOf(Unreachable.class);
        assertThat(upstream.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RESPONSES, /v1/responses, application/json",
        "MESSAGES, /v1/messages, application/json",
        "COUNT_TOKENS, /v1/messages/count_tokens, application/json",
        "TRANSCRIPTIONS, /v1/audio/transcriptions, text/plain",
        "SPEECH, /v1/audio/speech, audio/mpeg"
    })
    void asksForWhatItsEndpointNames(Operation operation, String path, String type)
            throws IOException {
        upstream.next(FakeUpstream.status(200, "content-type: " + type, "{}"));
        Endpoint usual = endpoint(upstream.baseUrl());
        var endpoint =
                new Endpoint(
                        usual.id(),
                        usual.name(),
                        usual.kind(),
                        usual.baseUrl(),
                        usual.authentication(),
                        null,
                        usual.destination(),
                        usual.pins(),
                        new Endpoint.Options(Set.of(operation), ""));

        assertThat(adapter.service(usual, operation)).isNotEqualTo(Service.VERBATIM);
        assertThat(adapter.service(endpoint, operation)).isEqualTo(Service.VERBATIM);
        read(
                adapter.open(
                        call(
                                endpoint,
                                operation,
                                new Payload.Verbatim("application/json", new byte[] {'{', '}'}))));

        assertThat(upstream.requests().getFirst().requestLine())
                .isEqualTo("POST " + path + " HTTP/1.1");
        assertThat(upstream.requests().getFirst().header("accept"))
                .isEqualTo(type.equals("application/json") ? type : "*/*");
    }

    @Test
    void sendsABodyOfManyMegabytesWhole() throws IOException {
        byte[] body = "0123456789abcdef".repeat(1 << 19).getBytes(UTF_8);

        read(adapter.open(call(endpoint(upstream.baseUrl()), body, false, Duration.ofSeconds(30))));

        assertThat(upstream.requests().getFirst().body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {15_000, 16_000, 16_100, 16_200, 16_384, 16_385})
    void sendsABodyThatJustFitsOrJustDoesNotFitTheBuffer(int length) throws IOException {
        byte[] body = "x".repeat(length).getBytes(UTF_8);

        read(adapter.open(call(endpoint(upstream.baseUrl()), body, false, Duration.ofSeconds(30))));

        assertThat(upstream.requests().getFirst().body()).isEqualTo(body);
    }

    @Test
    void givesAStreamPieceByPieceAsItComes() throws IOException {
        upstream.next(FakeUpstream.events("{\"a\":1}", "{\"b\":\"\u00fc\"}", "[DONE]"));

        OpenResult result = openStream();

        assertThat(((ProviderAnswer) result).contentType()).isEqualTo("text/event-stream");
        assertThat(((ProviderAnswer) result).contentLength()).isEqualTo(-1);
        assertThat(read(result))
                .isEqualTo("data: {\"a\":1}\n\ndata: {\"b\":\"\u00fc\"}\n\ndata: [DONE]\n\n");
        assertThat(upstream.requests().getFirst().header("accept")).isEqualTo("text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422})
    void aRefusalOfTheRequestItselfIsAnAnswer(int status) throws IOException {
        upstream.next(
                FakeUpstream.status(status, "content-type: application/json", "{\"error\":1}"));

        OpenResult result = openStream();

        assertThat(((ProviderAnswer) result).status()).isEqualTo(status);
        assertThat(read(result)).isEqualTo("{\"error\":1}");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307, 401, 402, 403, 404, 405, 408, 409, 431, 500, 502, 503, 504, 529})
    void anyOtherStatusIsTheProvidersFaultAndItsWordsGoNoFurther(int status) {
        String headers = "location: http://127.0.0.1:1/\r\ncontent-type: application/json";
        upstream.next(FakeUpstream.status(status, headers, "{\"error\":\"sk-secret prompt\"}"));

        OpenResult result = open();

        assertThat(result).isInstanceOf(Rejected.class);
        assertThat(((Rejected) result).status()).isEqualTo(status);
        assertThat(((Rejected) result).reason()).contains("" + status).doesNotContain("secret");
        assertThat(upstream.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | | -1",
                "429 | retry-after: 20 | 20000",
                "429 | Retry-After: 0 | 0",
                "429 | retry-after: 1.5 | 1000",
                "429 | retry-after: -3 | -1",
                "429 | retry-after: soon | -1",
                "429 | retry-after: 99999999999999999999 | -1",
                "429 | retry-after: 999999999999 | 604800000",
                "429 | retry-after-ms: 250 | 250",
                "429 | x-ms-retry-after-ms: 70 | 70",
                "429 | retry-after: Thu, 01 Jan 2026 00:00:05 GMT | 5000",
                "429 | retry-after: Wed, 31 Dec 2025 00:00:05 GMT | 0",
                "503 | retry-after: 3 | 3000",
            })
    void tellsHowLongAProviderWantsToBeLeftAlone(int status, String header, long millis) {
        upstream.next(FakeUpstream.status(status, header == null ? "" : header, "{}"));

        OpenResult result = open();

        assertThat(result).isInstanceOf(Throttled.class);
        assertThat(((Throttled) result).retryAfterMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | content-type: text/html | web page",
                "false | content-type: Text/HTML; charset=utf-8 | web page",
                "true  | content-type: application/json | no stream",
                "true  | x: y | no stream",
                "false | content-type: text/event-stream | nobody asked for",
                "false | content-encoding: gzip | compressed",
            })
    void anAnswerOfAnotherKindThanAskedForIsNone(boolean streams, String headers, String reason) {
        upstream.next(FakeUpstream.status(200, headers, "some body"));

        OpenResult result = streams ? openStream() : open();

        assertThat(result).isInstanceOf(BadReply.class);
        assertThat(((ProviderFailure) result).reason()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void anEmptyAnswerIsNone(int status) {
        upstream.next(FakeUpstream.status(status, "content-type: application/json", ""));

        assertThat(open()).isEqualTo(new BadReply("the answer is empty"));
    }

    @Test
    void keepsTheConnectionOfARejectedCallWhoseBodyWasShort() throws IOException {
        upstream.next(FakeUpstream.status(500, "content-type: text/plain", "sorry"));
        open();

        read(open());

        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void doesNotWaitForTheBodyOfARejectedCall() {
        upstream.next(x -> {
            x.write("HTTP/1.1 500 X\r\ncontent-length: 100\r\n\r\nbegun");
            x.awaitLeave();
        });
        long start = System.nanoTime();

        assertThat(open()).isInstanceOf(Rejected.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void usesANewAddressAsSoonAsTheEndpointChanges() throws IOException {
        read(open());
        try (FakeUpstream other = FakeUpstream.start()) {
            read(adapter.open(call(endpoint(other.baseUrl()))));

            assertThat(other.requests()).hasSize(1);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void aBaseUrlMayHaveNoPathOrEndWithASlash() throws IOException {
        String authority = "http://localhost:" + upstream.port();
        for (String base : new String[] {authority, authority + "/", authority + "/a/b/"}) {
            read(adapter.open(call(endpoint(URI.create(base)))));
        }

        assertThat(upstream.requests())
                .extracting(Received::requestLine)
                .containsExactly(
                        "POST /chat/completions HTTP/1.1",
                        "POST /chat/completions HTTP/1.1",
                        "POST /a/b/chat/completions HTTP/1.1");
        assertThat(upstream.requests().getFirst().header("host"))
                .isEqualTo("localhost:" + upstream.port());
    }

    @Test
    void refusesCallsOnceItIsClosed() {
        adapter.close();

        assertThat(open()).isInstanceOf(Cancelled.class);
    }
}
