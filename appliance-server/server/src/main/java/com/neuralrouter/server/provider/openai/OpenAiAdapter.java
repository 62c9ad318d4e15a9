package com.neuralrouter.server.provider.openai;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.http.HeadWriter;
import com.neuralrouter.server.provider.http.RetryAfter;
import com.neuralrouter.server.provider.http.UpstreamAnswer;
import com.neuralrouter.server.provider.http.UpstreamException;
import com.neuralrouter.server.provider.http.UpstreamPools;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.time.Clock;

/**
 * Speaks OpenAI's wire format: to vLLM, Ollama, llama.cpp, TGI, OpenAI itself. Bodies go as they
 * are, both ways; a credential goes only to an endpoint that wants one. Safe for all threads.
 */
public final class OpenAiAdapter implements ProviderAdapter {
    private final UpstreamPools pools;
    private final Clock clock;

    public OpenAiAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.pools = new UpstreamPools(timeouts);
        this.clock = clock;
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.OPENAI;
    }

    @Override
    public OpenResult open(ProviderCall call) {
        try {
            UpstreamAnswer answer =
                    pools.of(call.endpoint())
                            .post(
                                    call.path(),
                                    head -> headers(call, head),
                                    call.body(),
                                    call.deadline());
            return judge(call, answer);
        } catch (UpstreamException e) {
            return failure(e);
        }
    }

    @Override
    public void close() {
        pools.close();
    }

    private static void headers(ProviderCall call, HeadWriter head) throws UpstreamException {
        head.header("content-type: ", "application/json");
        head.header("accept: ", call.stream() ? "text/event-stream" : "application/json");
        head.header("x-request-id: ", call.requestId().value());
        SecretBytes credential = call.credential();
        if (credential != null && call.endpoint().authentication() == Authentication.BEARER) {
            head.header("authorization: Bearer ", credential);
        }
    }

    private OpenResult judge(ProviderCall call, UpstreamAnswer answer) {
        ProviderFailure failure = failure(call, answer);
        if (failure == null) {
            return answer;
        }
        answer.discard();
        return failure;
    }

    /** What is wrong with the answer; null if the app is to see it. */
    private @Nullable ProviderFailure failure(ProviderCall call, UpstreamAnswer answer) {
        int status = answer.status();
        return switch (status) {
            case 400, 413, 415, 422 -> encoded(answer);
            case 429 -> throttled(answer);
            case 503 ->
                    RetryAfter.millis(answer.head(), clock) >= 0
                            ? throttled(answer)
                            : rejected(status);
            default -> status / 100 == 2 ? unexpected(call, answer) : rejected(status);
        };
    }

    /** Nobody can read a coded body on the way, and the app would not be told how it is coded. */
    private static @Nullable ProviderFailure encoded(UpstreamAnswer answer) {
        return answer.head().encoded()
                ? new ProviderFailure.BadReply("the answer is compressed")
                : null;
    }

    private static @Nullable ProviderFailure unexpected(ProviderCall call, UpstreamAnswer answer) {
        if (answer.contentLength() == 0) {
            return new ProviderFailure.BadReply("the answer is empty");
        }
        if (isType(answer, "text/html")) {
            return new ProviderFailure.BadReply("the answer is a web page");
        }
        if (call.stream() != isType(answer, "text/event-stream")) {
            return new ProviderFailure.BadReply(
                    call.stream()
                            ? "the answer is no stream of events"
                            : "the answer is a stream that nobody asked for");
        }
        return encoded(answer);
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
                RetryAfter.millis(answer.head(), clock));
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
