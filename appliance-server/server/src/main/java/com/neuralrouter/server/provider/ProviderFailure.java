package com.neuralrouter.server.provider;

import com.neuralrouter.contract.Operation;

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
     * The provider says that the request itself can't be served, in its own words. Only for
     * translated calls: where the app's own format is spoken, it sees the answer itself. It says
     * nothing about the provider.
     *
     * @param status 400, 413 or 422
     * @param message the provider's own words, for the app alone: they may quote the request
     */
    record RequestRefused(int status, String message) implements ProviderFailure {
        @Override
        public String reason() {
            return "the provider refuses the request (" + status + ")";
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "RequestRefused[status=" + status + "]";
        }
    }

    /**
     * The provider's format has no word for what a field asks for; nothing was sent.
     *
     * @param field by the app's name and place
     * @param why a clause whose subject is the field
     */
    record Untranslatable(String field, String why) implements ProviderFailure {
        @Override
        public String reason() {
            return "'" + field + "' " + why;
        }
    }

    /** The provider does not have that operation; nothing was sent. */
    record NotServed(Operation operation) implements ProviderFailure {
        @Override
        public String reason() {
            return "it does not serve " + operation.wire();
        }
    }

    /**
     * Whether the failure is likely the same for the next request to this model there, so that
     * others should be tried first for a while.
     */
    default boolean lasting() {
        return switch (this) {
            case Unreachable _, TimedOut _, BadReply _, Throttled _ -> true;
            case Rejected rejected -> rejected.status() != 408;
            case Cancelled _, RequestRefused _, Untranslatable _, NotServed _ -> false;
        };
    }

    /** Whether it says something about the provider, and not about the request or about us. */
    default boolean blamesProvider() {
        return switch (this) {
            case Unreachable _, TimedOut _, BadReply _, Throttled _, Rejected _ -> true;
            case Cancelled _, RequestRefused _, Untranslatable _, NotServed _ -> false;
        };
    }

    /** The hint, or null. */
    static @Nullable Long retryAfter(ProviderFailure failure) {
        return failure instanceof Throttled throttled && throttled.retryAfterMillis() >= 0
                ? throttled.retryAfterMillis()
                : null;
    }
}
