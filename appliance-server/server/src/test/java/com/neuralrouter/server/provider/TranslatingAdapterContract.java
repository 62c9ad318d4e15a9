package com.neuralrouter.server.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.provider.ProviderFailure.RequestRefused;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;

/** What every adapter that translates makes of a provider's failures, over real sockets. */
public abstract class TranslatingAdapterContract {
    protected FakeUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = FakeUpstream.start();
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    protected abstract ProviderAdapter adapter(UpstreamTimeouts timeouts);

    /** A call to the upstream with any chat. */
    protected abstract ProviderCall call(Chat chat);

    /** The body of an error answer with that sentence, as this provider writes it. */
    protected abstract String error(String message);

    /** Begins a stream and breaks off within it. */
    protected abstract FakeUpstream.Behaviour cutStream();

    private OpenResult open(Chat chat) {
        try (ProviderAdapter adapter = adapter(TranslatedCalls.PATIENT)) {
            return adapter.open(call(chat));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 402, 403, 404, 408, 409, 500, 502, 503, 529})
    void blamesTheProviderForItsStatus(int status) {
        upstream.always(
                FakeUpstream.status(status, "content-type: application/json", error("planted")));

        OpenResult result = open(Chat.asking("Hello"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ProviderFailure.Rejected.class,
                        rejected -> {
                            assertThat(rejected.status()).isEqualTo(status);
                            assertThat(rejected.reason()).doesNotContain("planted");
                        });
    }

    @Test
    void tellsHowLongAProviderWantsToBeLeftAlone() {
        upstream.always(
                FakeUpstream.status(
                        429,
                        "content-type: application/json\r\nretry-after: 7",
                        error("too many")));

        assertThat(open(Chat.asking("Hello")))
                .isInstanceOfSatisfying(
                        ProviderFailure.Throttled.class,
                        throttled -> assertThat(throttled.retryAfterMillis()).isEqualTo(7_000));
    }

    @Test
    void handsOnWhatTheProviderSaysAboutTheRequest() {
        upstream.always(
                FakeUpstream.status(
                        400, "content-type: application/json", error("temperature is odd")));

        assertThat(open(Chat.asking("Hello")))
                .isEqualTo(new RequestRefused(400, "temperature is odd"));
    }

    @Test
    void givesUpOnAProviderThatDoesNotBegin() {
        upstream.always(FakeUpstream.hang());

        try (ProviderAdapter adapter = adapter(TranslatedCalls.timeouts(Duration.ofMillis(50)))) {
            assertThat(adapter.open(call(Chat.asking("Hello").stream())))
                    .isInstanceOf(ProviderFailure.TimedOut.class);
        }
    }

    @Test
    void isNotContentWithAWebPageOrWithNothing() {
        upstream.next(FakeUpstream.status(200, "content-type: text/html", "<html>"));
        upstream.next(FakeUpstream.status(200, "content-type: application/json", ""));

        assertThat(open(Chat.asking("Hello"))).isInstanceOf(ProviderFailure.BadReply.class);
        assertThat(open(Chat.asking("Hello"))).isInstanceOf(ProviderFailure.BadReply.class);
    }

    @Test
    void failsWhenAStreamBreaksOff() throws IOException {
        upstream.always(cutStream());

        try (ProviderAdapter adapter = adapter(TranslatedCalls.PATIENT);
                ProviderReply reply =
                        (ProviderReply) adapter.open(call(Chat.asking("Hello").stream()))) {
            assertThatThrownBy(() -> TranslatedCalls.events(reply)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void failsWhenAnAnswerIsNoneOfThisFormat() throws IOException {
        upstream.always(FakeUpstream.json("{\"choices\":[]}"));

        try (ProviderAdapter adapter = adapter(TranslatedCalls.PATIENT);
                ProviderReply reply = (ProviderReply) adapter.open(call(Chat.asking("Hello")))) {
            assertThatThrownBy(() -> TranslatedCalls.events(reply))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("choices");
        }
    }
}
