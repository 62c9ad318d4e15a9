package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Where a request went, or would go, and why: names, numbers and times, nothing of its content.
 *
 * @param requestId absent for a request that nobody has made
 * @param model the public model name
 * @param seed of the plan's chance: the same seed draws the same again; hexadecimal
 * @param candidates every upstream of the route, in the order in which they are tried; those that
 *     are not come last
 * @param attempts what was tried, in its order
 * @param outcome how the request ended; absent for one that nobody has made, or that has not ended
 */
public record Explanation(
        @Nullable RequestId requestId,
        String route,
        String model,
        Route.Strategy strategy,
        String seed,
        List<Candidate> candidates,
        List<Attempted> attempts,
        @Nullable String outcome) {

    public Explanation {
        candidates = List.copyOf(candidates);
        attempts = List.copyOf(attempts);
    }

    /**
     * An upstream and its place.
     *
     * @param place in the order, from 1 on; 0 if it is not tried
     * @param verdict why it has this place, or none: a word in capitals, as in {@code READY} or
     *     {@code CONDITION_NOT_MET}
     * @param score what the strategy ordered it by, less being better
     * @param detail the condition, the circuit's wait or the like, in words without content
     */
    public record Candidate(
            String provider,
            String upstreamModel,
            int place,
            String verdict,
            double score,
            String detail) {}

    /**
     * One step.
     *
     * @param outcome a word in capitals, as in {@code ANSWERED} or {@code FAILED}
     * @param atMicros from the plan to the step's beginning
     * @param micros until the answer began or the step failed
     * @param result in words without content
     * @param connection that it went over; absent if it went over none
     */
    public record Attempted(
            String provider,
            String upstreamModel,
            String outcome,
            long atMicros,
            long micros,
            String result,
            @Nullable Connection connection) {

        /** One that went over none. */
        public Attempted(
                String provider,
                String upstreamModel,
                String outcome,
                long atMicros,
                long micros,
                String result) {
            this(provider, upstreamModel, outcome, atMicros, micros, result, null);
        }
    }

    /**
     * A connection to a provider; its times are a part of the step's.
     *
     * @param kept whether it was left from an earlier request, so that nobody waited for it
     * @param lookupMicros until the host's addresses were known
     * @param tcpMicros from then on until one of them had accepted
     * @param tlsMicros of the handshake; 0 where TLS is not spoken
     */
    public record Connection(boolean kept, long lookupMicros, long tcpMicros, long tlsMicros) {}
}
