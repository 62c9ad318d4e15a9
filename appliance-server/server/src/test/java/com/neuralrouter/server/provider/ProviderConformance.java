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
import com.neuralrouter.server.provider.http.Translation;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What every adapter that translates must do, over real sockets. The test of an adapter extends it
 * with answers as its provider documents them.
 */
public abstract class ProviderConformance extends AdapterHarness {
    private static final Duration IMPATIENCE = Duration.ofMillis(150);
    private static final String LAST_CHUNK = "0\r\n\r\n";

    /** An answer as a provider documents it, and what it means. */
    public record Recorded(byte[] body, List<ReplyEvent> events) {
        public Recorded(String body, List<ReplyEvent> events) {
            this(body.getBytes(UTF_8), events);
        }

        /** Without the end, and as it may be where a connection closes in good order. */
        private byte[] half() {
            int end = body.length / 2;
            while (body[end - 1] != '\n') {
                end--;
            }
            return Arrays.copyOf(body, end);
        }
    }

    protected ProviderConformance(
            ProviderKind kind,
            Authentication authentication,
            BiFunction<UpstreamTimeouts, Clock, ProviderAdapter> adapters) {
        super(kind, authentication, adapters);
    }

    /** The header that carries the credential, as {@code name: value}. */
    protected abstract String credentialHeader();

    /** The names of headers that only this provider has. */
    protected Set<String> ownHeaders() {
        return Set.of();
    }

    /** What it is sent as it came, if anything is. */
    protected Set<Operation> passedOn() {
        return Set.of();
    }

    protected abstract String streamType();

    protected abstract Recorded stream();

    /** The stream up to the end of one of its messages in the middle. */
    protected byte[] unfinished() {
        return stream().half();
    }

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

    private FakeUpstream.Behaviour streaming(byte[] body) {
        return beginning(body, x -> x.write(LAST_CHUNK));
    }

    /** What comes of a stream, and what is done after that. */
    private FakeUpstream.Behaviour beginning(byte[] body, FakeUpstream.Behaviour then) {
        return x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: "
                            + streamType()
                            + "\r\ntransfer-encoding: chunked\r\n\r\n");
            x.chunk(body);
            then.serve(x);
        };
    }

    @Test
    void readsAStream() throws IOException {
        upstream().next(streaming(stream().body()));

        assertThat(events(openStream())).isEqualTo(stream().events());
    }

    @Test
    void readsAStreamThatComesByteByByte() throws IOException {
        byte[] body = stream().body();
        upstream()
                .next(
                        beginning(
                                new byte[] {body[0]},
                                x -> {
                                    for (int i = 1; i < body.length; i++) {
                                        x.chunk(new byte[] {body[i]});
                                    }
                                    x.write(LAST_CHUNK);
                                }));

        assertThat(events(openStream())).isEqualTo(stream().events());
    }

    @Test
    void readsAStreamThatIsSplitAnywhere() throws IOException {
        byte[] body = stream().body();
        for (int boundary = 1; boundary < body.length; boundary++) {
            assertThat(events(reply(InPieces.splitAt(body, boundary))))
                    .as("split at byte %d of %d", boundary, body.length)
                    .isEqualTo(stream().events());
        }
    }

    @Test
    void readsAStreamThatComesInPiecesOfAnySize() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            ProviderAnswer answer = InPieces.atRandom(stream().body(), new Random(seed));
            assertThat(events(reply(answer))).as("seed %d", seed).isEqualTo(stream().events());
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
        upstream().next(FakeUpstream.json(new String(whole().body(), UTF_8)));

        assertThat(events(openWhole())).isEqualTo(whole().events());
    }

    @Test
    void passesOnThatTheProviderFailsInMidStream() throws IOException {
        upstream().next(streaming(failingStream().body()));

        assertThat(events(openStream())).isEqualTo(failingStream().events());
    }

    @Test
    void aStreamThatEndsBeforeTheAnswerDoesIsBroken() throws IOException {
        upstream().next(streaming(unfinished()));

        OpenResult result = openStream();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> events(result))
                .withMessageContaining("cannot be understood");
    }

    @Test
    void aStreamThatIsCutIsBroken() throws IOException {
        byte[] body = stream().body();
        byte[] half = Arrays.copyOf(body, body.length / 2);
        upstream().next(beginning(half, FakeUpstream.Exchange::close));

        OpenResult result = openStream();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> events(result))
                .withMessageContaining("in the middle of the answer");
    }

    @Test
    void aStreamThatStopsIsNotWaitedForForever() throws IOException {
        try (ProviderAdapter impatient =
                adapter(new UpstreamTimeouts(PATIENCE, PATIENCE, IMPATIENCE, PATIENCE))) {
            byte[] beginning = Arrays.copyOf(stream().body(), 10);
            upstream().next(beginning(beginning, FakeUpstream.Exchange::awaitLeave));

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
    void anAnswerOfAnotherFormatIsRefusedWithoutQuotingIt() throws IOException {
        upstream().next(FakeUpstream.json("{\"choices\":[]}"));

        OpenResult result = openWhole();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> events(result))
                .withMessageNotContaining("choices");
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
    @ValueSource(ints = {301, 302, 401, 402, 403, 404, 408, 409, 500, 502, 503, 504, 529})
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
    void aWebPageIsNoAnswerNorIsNothing() {
        upstream().next(FakeUpstream.status(200, "content-type: text/html", "<html>"));
        upstream().next(FakeUpstream.json(""));

        assertThat(openWhole()).isInstanceOf(BadReply.class);
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
        assertThat(request.headers().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(
                                        Stream.of(
                                                "host",
                                                "user-agent",
                                                "accept-encoding",
                                                "content-type",
                                                "accept",
                                                "x-request-id",
                                                header[0],
                                                "content-length"),
                                        ownHeaders().stream())
                                .toList());
    }

    @Test
    void sendsNoCredentialToAnEndpointThatWantsNone() throws IOException {
        adapter().open(call(Chats.saying("Hi").end(), Authentication.NONE));

        assertThat(upstream().requests().getFirst().headers().toString())
                .doesNotContain(CREDENTIAL);
    }

    @Test
    void servesChatsInEveryFormatOfAnAppAndWhatItSpeaksItself() {
        Endpoint endpoint = call(Chats.saying("Hi").end(), authentication()).endpoint();

        var expected = new EnumMap<Operation, Service>(Operation.class);
        for (Operation operation : Operation.values()) {
            expected.put(
                    operation,
                    passedOn().contains(operation)
                            ? Service.VERBATIM
                            : Translation.isChat(operation) ? Service.TRANSLATED : Service.NONE);
        }
        assertThat(expected)
                .allSatisfy((operation, service) ->
                        assertThat(adapter().service(endpoint, operation)).isEqualTo(service));
    }
}
