package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Whether a provider is in service, and what requests and probes have met there.
 *
 * @param since when it came to its standing; absent if it has always been in service
 * @param automatic whether the appliance suspended it by itself
 * @param reason why it is not in service, in words without content; absent if it is
 * @param condition whether it answers, as far as is known
 * @param lastAnswer when it last answered a request or a probe; absent if it has not since the
 *     appliance was started
 * @param window what requests met in the last window
 * @param promise what the site declares that the provider promises; absent if it declares nothing
 * @param breaches what of the promise is broken in the window
 * @param lastProbe absent if there has been none
 */
public record ProviderHealth(
        ProviderId id,
        String name,
        Standing standing,
        @Nullable Instant since,
        boolean automatic,
        @Nullable String reason,
        Condition condition,
        @Nullable Instant lastAnswer,
        Window window,
        @Nullable Promise promise,
        List<Breach> breaches,
        @Nullable Probe lastProbe) {

    public ProviderHealth {
        breaches = List.copyOf(breaches);
    }

    /** Whether requests go there. */
    public enum Standing {
        IN_SERVICE,
        /** Nothing goes there but probes. */
        SUSPENDED,
        /** A small share of the requests goes there, to see whether it holds. */
        RETURNING
    }

    /** What the last requests and probes say of it, in service or not. */
    public enum Condition {
        /** Nobody has asked it lately. */
        UNKNOWN,
        /** It answers. */
        WELL,
        /** It answers some: one of its models fails, or requests fail and probes do not. */
        DEGRADED,
        /** It answers nothing. */
        DOWN
    }

    /**
     * What requests met in a window of time.
     *
     * @param seconds its length
     * @param availabilityThousandths the share that was answered at all
     * @param errorThousandths the share that was answered with an error of the provider's own
     * @param firstTokenMillis within which nineteen of twenty answers began; 0 if none did
     * @param tokensPerSecond while answers were written; 0 if none was
     */
    public record Window(
            long seconds,
            long requests,
            long availabilityThousandths,
            long errorThousandths,
            long firstTokenMillis,
            long tokensPerSecond) {}

    /** What a provider promises; what is 0 is not promised. Units as in {@link Window}. */
    public record Promise(
            long availabilityThousandths,
            long errorThousandths,
            long firstTokenMillis,
            long tokensPerSecond) {}

    /** A part of a promise that is broken; units as in {@link Window}. */
    public record Breach(Measure measure, long promised, long observed) {}

    /** What is measured. */
    public enum Measure {
        AVAILABILITY,
        ERRORS,
        FIRST_TOKEN_MILLIS,
        TOKENS_PER_SECOND
    }

    /**
     * The last time that the appliance itself asked.
     *
     * @param detail what came of it, in words without content
     */
    public record Probe(Instant at, boolean good, long millis, String detail) {}
}
