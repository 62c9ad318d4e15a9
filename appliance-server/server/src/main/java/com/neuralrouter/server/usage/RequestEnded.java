package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestSummary.Outcome;

import org.jspecify.annotations.Nullable;

/**
 * How a request ended; see {@link com.neuralrouter.contract.RequestSummary} for the units.
 *
 * @param provider who served it, null if nobody did
 * @param servedModel the model asked for there, null if nobody served it
 * @param residency where, and by which policies
 * @param cost by the prices in force when it began
 * @param waits how long it waited before it was served
 * @param receipt the hash of the receipt that the app got; empty if it got none
 */
public record RequestEnded(
        Outcome outcome,
        int status,
        @Nullable ProblemCode problem,
        @Nullable ProviderId provider,
        @Nullable String servedModel,
        int attempts,
        long firstByteMicros,
        long durationMicros,
        TokenCounts tokens,
        Residency residency,
        RequestCost cost,
        Waits waits,
        String receipt) {

    /** One that no policy was asked about, and that nothing is known of the cost of. */
    public RequestEnded(
            Outcome outcome,
            int status,
            @Nullable ProblemCode problem,
            @Nullable ProviderId provider,
            @Nullable String servedModel,
            int attempts,
            long firstByteMicros,
            long durationMicros,
            TokenCounts tokens) {
        this(
                outcome,
                status,
                problem,
                provider,
                servedModel,
                attempts,
                firstByteMicros,
                durationMicros,
                tokens,
                Residency.NONE,
                RequestCost.UNKNOWN,
                Waits.NONE,
                "");
    }

    /** One without a receipt. */
    public RequestEnded(
            Outcome outcome,
            int status,
            @Nullable ProblemCode problem,
            @Nullable ProviderId provider,
            @Nullable String servedModel,
            int attempts,
            long firstByteMicros,
            long durationMicros,
            TokenCounts tokens,
            Residency residency,
            RequestCost cost,
            Waits waits) {
        this(
                outcome,
                status,
                problem,
                provider,
                servedModel,
                attempts,
                firstByteMicros,
                durationMicros,
                tokens,
                residency,
                cost,
                waits,
                "");
    }
}
