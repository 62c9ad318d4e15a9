package com.neuralrouter.server.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.provider.FakeUpstream.Received;
import com.neuralrouter.server.provider.ProviderFailure.BadReply;
import com.neuralrouter.server.provider.ProviderFailure.Rejected;
import com.neuralrouter.server.provider.ProviderFailure.RequestRefused;
import com.neuralrouter.server.provider.ProviderFailure.Throttled;
import com.neuralrouter.server.provider.ProviderFailure.TimedOut;
import com.neuralrouter.server.provider.ProviderFailure.Unreachable;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What every adapter that translates must do, over real sockets. The test of an adapter extends it
 * with answers as its provider documents them.
 */
public abstract class ProviderConformance extends AdapterHarness {
    private static final Duration IMPATIENCE = Duration.ofMillis(150);

    /** An answer as a provider documents it, and what it means. */
    public record Recorded(String body, List<ReplyEvent> events) {}

    protected ProviderConformance(
            ProviderKind kind,
            Authentication authentication,
            BiFunction<UpstreamTimeouts, Clock, ProviderAdapter> adapters) {
        super(kind, authentication, adapters);
    }

    /** The header that carries the credential, as {@code name: value}. */
    protected abstract String credentialHeader();

    protected abstract String streamType();

    protected abstract Recorded stream();

    /** A stream that reports in its middle that the provider fails. */
    protected abstract Recorded failingStream();

    protected abstract Recorded whole();

    /** The body of a 400 that says "no such thing". */
    protected abstract String refusal();

    /** A chat that the format has no word for; the field is {@code messages[0].content[1]}. */
    protected abstract Conversation inexpressible();

    /** A reader of the adapter's behind its framing. */
    protected abstract ProviderReply reply(ProviderAnswer answer);

    /** A file among the tests' resources. */
    protected final String recorded(String name) {
        try (InputStream file = getClass().getResourceAsStream("/provider/" + name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OpenResult openStream() {
        return open(Chats.saying("Hi").stream().end());
    }

    private OpenResult openWhole() {
        return open(Chats.saying("Hi").end());
    }

    private FakeUpstream.Behaviour streaming(String... pieces) {
        return x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: "
                            + streamType()
                            + "\r\ntransfer-encoding: chunked\r\n\r\n");
            for (String piece : pieces) {
                x.chunk(piece);
            }
            x.write("0\r\n\r\n");
        };
    }

    @Test
    void readsAStream() throws IOException {
        upstream().next(streaming(stream().body()));

        assertThat(events(openStream())).isEqualTo(stream().events());
    }

    @Test
    void readsAStreamThatComesByteByByte() throws IOException {
        byte[] body = stream().body().getBytes(UTF_8);
        upstream()
                .next(x -> {
                    x.write(
                            "HTTP/1.1 200 OK\r\ncontent-type: "
                                    + streamType()
                                    + "\r\ntransfer-encoding: chunked\r\n\r\n");
                    for (byte b : body) {
                        x.write(new byte[] {'1', '\r', '\n', b, '\r', '\n'});
                    }
                    x.write("0\r\n\r\n");
                });

        assertThat(events(openStream())).isEqualTo(stream().events());
    }

    @Test
    void readsAStreamThatIsSplitAnywhere() throws IOException {
        byte[] body = stream().body().getBytes(UTF_8);
        for (int boundary = 1; boundary < body.length; boundary++) {
            assertThat(events(reply(new SplitAnswer(body, boundary))))
                    .as("split at byte %d of %d", boundary, body.length)
                    .isEqualTo(stream().events());
        }
    }

    @Test
    void keepsTheConnectionAfterAStream() throws IOException {
        upstream().next(streaming(stream().body())).next(streaming(stream().body()));

        events(openStream());
        events(openStream());

        assertThat(upstream().connections()).isEqualTo(1);
    }

    @Test
    void readsAnAnswerThatCameWhole() throws IOException {
        upstream().next(FakeUpstream.json(whole().body()));

        assertThat(events(openWhole())).isEqualTo(whole().events());
    }

    @Test
    void passesOnThatTheProviderFailsInMidStream() throws IOException {
        upstream().next(streaming(failingStream().body()));

        assertThat(events(openStream())).isEqualTo(failingStream().events());
    }

    @Test
    void aStreamThatEndsBeforeTheAnswerDoesIsBroken() throws IOException {
        String half = stream().body().substring(0, stream().body().length() / 2);
        upstream().next(streaming(half.substring(0, half.lastIndexOf('\n') + 1)));

        OpenResult result = openStream();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> events(result))
                .withMessageContaining("cannot be understood");
    }

    @Test
    void aStreamThatIsCutIsBroken() throws IOException {
        String half = stream().body().substring(0, stream().body().length() / 2);
        upstream()
                .next(x -> {
                    x.write(
                            "HTTP/1.1 200 OK\r\ncontent-type: "
                                    + streamType()
                                    + "\r\ntransfer-encoding: chunked\r\n\r\n");
                    x.chunk(half);
                    x.close();
                });

        OpenResult result = openStream();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> events(result))
                .withMessageContaining("in the middle of the answer");
    }

    @Test
    void aStreamThatStopsIsNotWaitedForForever() throws IOException {
        try (ProviderAdapter impatient =
                adapter(new UpstreamTimeouts(PATIENCE, PATIENCE, IMPATIENCE, PATIENCE))) {
            upstream()
                    .next(x -> {
                        x.write(
                                "HTTP/1.1 200 OK\r\ncontent-type: "
                                        + streamType()
                                        + "\r\ntransfer-encoding: chunked\r\n\r\n");
                        x.chunk(stream().body().substring(0, 10));
                        x.awaitLeave();
                    });

            OpenResult result =
                    impatient.open(call(Chats.saying("Hi").stream().end(), authentication()));

            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() -> events(result));
        }
    }

    @Test
    void whatIsNoAnswerIsRefusedWithoutQuotingIt() throws IOException {
        upstream().next(FakeUpstream.json("{\"secret prompt"));

        OpenResult result = openWhole();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> events(result))
                .withMessageNotContaining("secret");
    }

    @Test
    void aSlowFirstByteTimesOut() {
        try (ProviderAdapter impatient =
                adapter(new UpstreamTimeouts(PATIENCE, IMPATIENCE, PATIENCE, PATIENCE))) {
            upstream().next(FakeUpstream.hang());

            assertThat(impatient.open(call(Chats.saying("Hi").end(), authentication())))
                    .isInstanceOf(TimedOut.class);
        }
    }

    @Test
    void aResetBeforeTheAnswerIsUnreachable() {
        upstream().always(FakeUpstream.Exchange::reset);

        assertThat(openWhole()).isInstanceOf(Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404, 500, 502, 503, 504})
    void aStatusThatIsNotAboutTheRequestIsTheProvidersFault(int status) {
        upstream().next(FakeUpstream.status(status, "content-type: application/json", refusal()));

        OpenResult result = openStream();

        assertThat(result).isInstanceOf(Rejected.class);
        assertThat(((Rejected) result).status()).isEqualTo(status);
        assertThat(((Rejected) result).reason()).doesNotContain("no such thing");
    }

    @Test
    void tooManyRequestsSayHowLongToWait() {
        upstream().next(FakeUpstream.status(429, "retry-after: 7", refusal()));

        OpenResult result = openStream();

        assertThat(result).isInstanceOf(Throttled.class);
        assertThat(((Throttled) result).retryAfterMillis()).isEqualTo(7_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aRefusalOfTheRequestCarriesTheProvidersWords(int status) {
        upstream().next(FakeUpstream.status(status, "content-type: application/json", refusal()));

        assertThat(openStream()).isEqualTo(new RequestRefused(status, "no such thing"));
    }

    @Test
    void aWebPageIsNoAnswer() {
        upstream().next(FakeUpstream.status(200, "content-type: text/html", "<html>"));

        assertThat(openWhole()).isInstanceOf(BadReply.class);
    }

    @Test
    void sendsNothingForWhatTheFormatHasNoWordFor() {
        assertThat(refused(inexpressible())).isEqualTo("messages[0].content[1]");
    }

    @Test
    void sendsTheCredentialInItsHeaderAndNowhereElse() throws IOException {
        sent(Chats.saying("Hi").end());

        Received request = upstream().requests().getFirst();
        String[] header = credentialHeader().split(": ", 2);
        assertThat(request.header(header[0])).isEqualTo(header[1]);
        assertThat(request.requestLine()).doesNotContain(CREDENTIAL);
        assertThat(request.text()).doesNotContain(CREDENTIAL);
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("x-request-id")).isEqualTo(REQUEST_ID.toString());
        assertThat(request.headers()).hasSize(8);
    }

    @Test
    void sendsNoCredentialToAnEndpointThatWantsNone() throws IOException {
        adapter().open(call(Chats.saying("Hi").end(), Authentication.NONE));

        assertThat(upstream().requests().getFirst().headers().toString())
                .doesNotContain(CREDENTIAL);
    }

    @Test
    void servesChatsInEveryFormatOfAnApp() {
        Endpoint endpoint = call(Chats.saying("Hi").end(), authentication()).endpoint();

        assertThat(
                        Arrays.stream(Operation.values())
                                .filter(one ->
                                        adapter().service(endpoint, one) == Service.TRANSLATED))
                .containsExactlyInAnyOrder(
                        Operation.CHAT_COMPLETIONS, Operation.RESPONSES, Operation.MESSAGES);
    }

    /** An answer from memory, in two pieces. */
    private static final class SplitAnswer implements ProviderAnswer {
        private final byte[] body;
        private final int boundary;
        private int place;

        SplitAnswer(byte[] body, int boundary) {
            this.body = body;
            this.boundary = boundary;
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public String contentType() {
            return "application/octet-stream";
        }

        @Override
        public long contentLength() {
            return -1;
        }

        @Override
        public int read(byte[] into, int at, int length) {
            if (place == body.length) {
                return -1;
            }
            int end = place < boundary ? boundary : body.length;
            int n = Math.min(length, end - place);
            System.arraycopy(body, place, into, at, n);
            place += n;
            return n;
        }

        @Override
        public void close() {
            place = body.length;
        }
    }
}
