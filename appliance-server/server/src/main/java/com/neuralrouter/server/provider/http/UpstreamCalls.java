package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.http.UpstreamPool.Headers;

import org.jspecify.annotations.Nullable;

import java.time.Clock;

/**
 * What the adapters have in common: one exchange with a provider, and what its status and type say
 * about it. Safe for all threads.
 */
public final class UpstreamCalls implements AutoCloseable {
    private final UpstreamPools pools;
    private final Clock clock;

    /** What a good answer is made of. */
    public enum Expected {
        JSON,
        /** Server-sent events. */
        EVENTS,
        /** Lines of JSON. */
        LINES,
        /** Amazon's event stream. */
        AMAZON_EVENTS,
        /** Anything that is neither events nor a web page: a sound, a text. */
        ANYTHING
    }

    public UpstreamCalls(UpstreamTimeouts timeouts, Clock clock) {
        this.pools = new UpstreamPools(timeouts);
        this.clock = clock;
    }

    /**
     * Posts a body. The result is an {@link UpstreamAnswer} whose status is 2xx and whose type is
     * the expected one, or one that is about the request itself (400, 413, 415, 422), or a failure.
     *
     * @param path below the endpoint's base URL, with its query if it has one
     * @param headers what goes beside {@code host}, {@code user-agent} and {@code content-length}
     * @param deadline of the exchange as a whole, {@link System#nanoTime()}
     */
    public OpenResult post(
            Endpoint endpoint,
            String path,
            Headers headers,
            byte[] body,
            Expected expected,
            long deadline) {
        try {
            return judged(pools.of(endpoint).post(path, headers, body, deadline), expected);
        } catch (UpstreamException e) {
            return failure(e);
        }
    }

    /** Asks for something that is there, without a body; JSON is expected. */
    public OpenResult get(Endpoint endpoint, String path, Headers headers, long deadline) {
        try {
            return judged(pools.of(endpoint).get(path, headers, deadline), Expected.JSON);
        } catch (UpstreamException e) {
            return failure(e);
        }
    }

    private OpenResult judged(UpstreamAnswer answer, Expected expected) {
        ProviderFailure failure = failure(answer, expected);
        if (failure == null) {
            return answer;
        }
        answer.discard();
        return failure;
    }

    /** Cuts every connection; exchanges in progress fail. */
    @Override
    public void close() {
        pools.close();
    }

    /** Whether the status is about the request itself, so that no other provider need be tried. */
    public static boolean refusesRequest(int status) {
        return status == 400 || status == 413 || status == 415 || status == 422;
    }

    /** What is wrong with the answer; null if it is one. */
    private @Nullable ProviderFailure failure(UpstreamAnswer answer, Expected expected) {
        int status = answer.status();
        if (refusesRequest(status)) {
            return encoded(answer);
        }
        return switch (status) {
            case 429 -> throttled(answer);
            case 503 ->
                    RetryAfter.millis(answer.head(), clock) >= 0
                            ? throttled(answer)
                            : rejected(status);
            default -> status / 100 == 2 ? unexpected(answer, expected) : rejected(status);
        };
    }

    /** Nobody can read a coded body on the way, and the app would not be told how it is coded. */
    private static @Nullable ProviderFailure encoded(UpstreamAnswer answer) {
        return answer.head().encoded()
                ? new ProviderFailure.BadReply("the answer is compressed")
                : null;
    }

    private static @Nullable ProviderFailure unexpected(UpstreamAnswer answer, Expected expected) {
        if (answer.contentLength() == 0) {
            return new ProviderFailure.BadReply("the answer is empty");
        }
        if (isType(answer, "text/html")) {
            return new ProviderFailure.BadReply("the answer is a web page");
        }
        boolean events = isType(answer, "text/event-stream");
        return switch (expected) {
            case EVENTS ->
                    events
                            ? encoded(answer)
                            : new ProviderFailure.BadReply("the answer is no stream of events");
            case AMAZON_EVENTS ->
                    isType(answer, "application/vnd.amazon.eventstream")
                            ? encoded(answer)
                            : new ProviderFailure.BadReply("the answer is no stream of events");
            case JSON, LINES, ANYTHING ->
                    events
                            ? new ProviderFailure.BadReply(
                                    "the answer is a stream that nobody asked for")
                            : encoded(answer);
        };
    }

    /** Compares without parameters; types are case-insensitive (RFC 9110, section 8.3.1). */
    private static boolean isType(UpstreamAnswer answer, String type) {
        String given = answer.contentType();
        return given.regionMatches(true, 0, type, 0, type.length())
                && (given.length() == type.length()
                        || given.charAt(type.length()) == ';'
                        || given.charAt(type.length()) == ' ');
    }

    private ProviderFailure throttled(UpstreamAnswer answer) {
        return new ProviderFailure.Throttled(
                "the provider answered " + answer.status() + ": too many requests",
                answer.status() == 429
                        ? RetryAfter.ofThrottled(answer.head(), clock)
                        : RetryAfter.millis(answer.head(), clock));
    }

    private static ProviderFailure rejected(int status) {
        String meaning =
                switch (status) {
                    case 401 -> ": the credential is refused";
                    case 402 -> ": the account has no credit";
                    case 403 -> ": the credential does not allow it";
                    case 404 -> ": no such model or path there";
                    default ->
                            status / 100 == 3
                                    ? ": a redirect, and none is followed"
                                    : status >= 500 ? ": it failed" : "";
                };
        return new ProviderFailure.Rejected("the provider answered " + status + meaning, status);
    }

    private static ProviderFailure failure(UpstreamException e) {
        return switch (e.kind()) {
            case UNREACHABLE -> new ProviderFailure.Unreachable(e.reason());
            case TIMED_OUT -> new ProviderFailure.TimedOut(e.reason());
            case BAD_REPLY -> new ProviderFailure.BadReply(e.reason());
            case CANCELLED -> new ProviderFailure.Cancelled(e.reason());
        };
    }
}
