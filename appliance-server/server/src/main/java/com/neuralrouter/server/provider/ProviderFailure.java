package com.neuralrouter.server.provider;

import org.jspecify.annotations.Nullable;

/**
 * Why a provider did not answer. The {@link #reason} is for operators: it names what happened, and
 * neither content nor credentials, because a provider's own words may quote both.
 */
public sealed interface ProviderFailure extends OpenResult {

    String reason();

    /** Nothing was reached: refused, no such host, TLS failed, reset before an answer. */
    record Unreachable(String reason) implements ProviderFailure {}

    /** It did not answer within the deadline. */
    record TimedOut(String reason) implements ProviderFailure {}

    /** 429 or 503 with a hint. {@code retryAfterMillis} is -1 where there was none. */
    record Throttled(String reason, long retryAfterMillis) implements ProviderFailure {}

    /**
     * Any other status that says the provider, or how it is set up here, is at fault and not the
     * request: 3xx, 401, 403, 404, 408, 5xx.
     */
    record Rejected(String reason, int status) implements ProviderFailure {}

    /** What came is not HTTP, or not what was asked for. */
    record BadReply(String reason) implements ProviderFailure {}

    /**
     * The appliance itself gave up: the thread was interrupted or the adapter was closed. It says
     * nothing about the provider, and there is nobody left to try another one for.
     */
    record Cancelled(String reason) implements ProviderFailure {}

    /**
     * Whether the failure is likely the same for the next request to this model there, so that
     * others should be tried first for a while.
     */
    default boolean lasting() {
        return switch (this) {
            case Unreachable _, TimedOut _, BadReply _, Throttled _ -> true;
            case Rejected rejected -> rejected.status() != 408;
            case Cancelled _ -> false;
        };
    }

    /** The hint, or null. */
    static @Nullable Long retryAfter(ProviderFailure failure) {
        return failure instanceof Throttled throttled && throttled.retryAfterMillis() >= 0
                ? throttled.retryAfterMillis()
                : null;
    }
}
