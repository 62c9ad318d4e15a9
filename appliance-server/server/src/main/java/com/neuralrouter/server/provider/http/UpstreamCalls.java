package com.neuralrouter.server.provider.http;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.http.UpstreamPool.Headers;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.time.Clock;

/**
 * What the adapters have in common: one exchange with a provider, with the headers that all of them
 * send, and what the answer's status and type say about it. Safe for all threads.
 */
public final class UpstreamCalls implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final Headers NONE = _ -> {};

    private final UpstreamPools pools;
    private final Clock clock;
    private final Expected streams;
    private final String apiKeyHeader;

    /** What a good answer is made of. */
    public enum Expected {
        JSON(UpstreamCalls.JSON),
        /** Server-sent events. */
        EVENTS("text/event-stream"),
        /** Lines of JSON. */
        LINES("application/x-ndjson"),
        /** Amazon's event stream. */
        AMAZON_EVENTS("application/vnd.amazon.eventstream"),
        /** Anything that is neither events nor a web page: a sound, a text. */
        ANYTHING("*/*");

        private final String type;

        Expected(String type) {
            this.type = type;
        }
    }

    /**
     * For a provider that is shown bearer tokens, and no API key in a header of its own.
     *
     * @param streams what a stream of that provider's is made of
     */
    public UpstreamCalls(UpstreamTimeouts timeouts, Clock clock, Expected streams) {
        this(timeouts, clock, streams, "");
    }

    /**
     * For a provider that is shown an API key or a bearer token.
     *
     * @param apiKeyHeader the header of an API key, with its colon and a space
     */
    public UpstreamCalls(
            UpstreamTimeouts timeouts, Clock clock, Expected streams, String apiKeyHeader) {
        this.pools = new UpstreamPools(timeouts);
        this.clock = clock;
        this.streams = streams;
        this.apiKeyHeader = apiKeyHeader;
    }

    /**
     * Posts a body. The result is an {@link UpstreamAnswer} whose status is 2xx and whose type is
     * the expected one, or one that is about the request itself (400, 413, 415, 422), or a failure.
     *
     * @param path below the endpoint's base URL, with its query if it has one
     * @param body the payload's, or what the payload was translated to, as JSON
     */
    public OpenResult post(ProviderCall call, String path, byte[] body) {
        return exchange(call, path, body, head -> write(call, NONE, head));
    }

    /**
     * As {@link #post(ProviderCall, String, byte[])}.
     *
     * @param own headers that only this provider has
     */
    public OpenResult post(ProviderCall call, String path, byte[] body, Headers own) {
        return exchange(call, path, body, head -> write(call, own, head));
    }

    private OpenResult exchange(ProviderCall call, String path, byte[] body, Headers headers) {
        try {
            UpstreamPool pool = pools.of(call.endpoint());
            return judged(
                    pool.post(path, headers, body, call.deadline(), call.over()), expected(call));
        } catch (UpstreamException e) {
            return failure(e);
        }
    }

    private void write(ProviderCall call, Headers own, HeadWriter head) throws UpstreamException {
        head.header(
                "content-type: ",
                call.payload() instanceof Payload.Verbatim verbatim
                        ? verbatim.contentType()
                        : JSON);
        head.header("accept: ", expected(call).type);
        head.header("x-request-id: ", call.requestId().value());
        own.write(head);
        authorise(call.endpoint(), call.credential(), head);
    }

    private Expected expected(ProviderCall call) {
        if (call.stream()) {
            return streams;
        }
        return switch (call.operation()) {
            case SPEECH, TRANSCRIPTIONS -> Expected.ANYTHING;
            default -> Expected.JSON;
        };
    }

    /**
     * Asks for something that is there, without a body; JSON is expected.
     *
     * @param credential null if the endpoint wants none, or nobody has one
     * @param deadline of the exchange as a whole, {@link System#nanoTime()}
     */
    public OpenResult get(
            RequestId id,
            Endpoint endpoint,
            String path,
            @Nullable SecretBytes credential,
            long deadline) {
        return get(id, endpoint, path, credential, deadline, NONE);
    }

    /**
     * As {@link #get(RequestId, Endpoint, String, SecretBytes, long)}.
     *
     * @param own headers that only this provider has
     */
    public OpenResult get(
            RequestId id,
            Endpoint endpoint,
            String path,
            @Nullable SecretBytes credential,
            long deadline,
            Headers own) {
        Headers headers =
                head -> {
                    head.header("accept: ", JSON);
                    head.header("x-request-id: ", id.value());
                    own.write(head);
                    authorise(endpoint, credential, head);
                };
        try {
            return judged(pools.of(endpoint).get(path, headers, deadline), Expected.JSON);
        } catch (UpstreamException e) {
            return failure(e);
        }
    }

    /** A signature is the adapter's own to write: it is of the request as a whole. */
    private void authorise(Endpoint endpoint, @Nullable SecretBytes credential, HeadWriter head)
            throws UpstreamException {
        if (credential == null) {
            return;
        }
        switch (endpoint.authentication()) {
            case BEARER -> head.header("authorization: Bearer ", credential);
            case API_KEY -> {
                if (!apiKeyHeader.isEmpty()) {
                    head.header(apiKeyHeader, credential);
                }
            }
            case NONE, SIGNATURE -> {}
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
        return switch (expected) {
            case EVENTS, AMAZON_EVENTS ->
                    isType(answer, expected.type)
                            ? encoded(answer)
                            : new ProviderFailure.BadReply("the answer is no stream of events");
            case JSON, LINES, ANYTHING ->
                    isType(answer, Expected.EVENTS.type)
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
