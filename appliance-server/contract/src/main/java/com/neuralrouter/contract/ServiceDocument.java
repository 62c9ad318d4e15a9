package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * How much a provider takes, what it promises, and how it is found out whether it is there.
 *
 * @param maxConcurrent how many requests it has at once; absent means any number
 * @param maxQueued how many may wait for a place; absent means 32
 * @param queueMillis how long one waits; absent means 2,000
 * @param attemptMillis how long one attempt may take, the answer included; absent means as long as
 *     the request has
 * @param connectMillis from looking the host up to the end of the TLS handshake; absent means what
 *     the appliance's own configuration says, as for the next two
 * @param firstByteMillis from sending a request to the end of the answer's head
 * @param betweenBytesMillis between two pieces of an answer
 */
public record ServiceDocument(
        @Nullable Integer maxConcurrent,
        @Nullable Integer maxQueued,
        @Nullable Integer queueMillis,
        @Nullable Integer attemptMillis,
        @Nullable Integer connectMillis,
        @Nullable Integer firstByteMillis,
        @Nullable Integer betweenBytesMillis,
        @Nullable SlaDocument sla,
        @Nullable ProbeDocument probe) {

    /**
     * What a provider promises; what is absent is not promised.
     *
     * @param windowSeconds over which time it is judged; absent means 60
     * @param minRequests fewer in a window are no judgement; absent means 20
     * @param availabilityPercent of the requests that it answers at all, as in 99.5
     * @param errorPercent of the requests that it answers with an error of its own at the most
     * @param firstTokenMillis within which nineteen of twenty answers begin
     * @param tokensPerSecond that it writes on average
     * @param onBreach absent means {@link OnBreach#SUSPEND}
     */
    public record SlaDocument(
            @Nullable Integer windowSeconds,
            @Nullable Integer minRequests,
            @Nullable BigDecimal availabilityPercent,
            @Nullable BigDecimal errorPercent,
            @Nullable Integer firstTokenMillis,
            @Nullable Integer tokensPerSecond,
            @Nullable OnBreach onBreach) {}

    /** What is done when a promise is broken. */
    public enum OnBreach {
        /** The provider is taken out of service until it is well again, and an incident opened. */
        SUSPEND,
        /** An incident is opened. */
        REPORT
    }

    /**
     * How it is found out whether a provider is there, apart from requests.
     *
     * @param everySeconds absent means 30
     * @param model whom a completion is asked of; absent means any that a route leads to
     */
    public record ProbeDocument(
            ProbeKind kind, @Nullable Integer everySeconds, @Nullable String model) {}

    /** What a provider is asked. */
    public enum ProbeKind {
        /** The list of its models. */
        MODELS,
        /** A completion of one token, which can cost something. */
        COMPLETION
    }
}
