package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One inference request as metadata; nothing of its content.
 *
 * @param position grows with time; a later request has a higher one
 * @param model the name that the app asked for
 * @param provider who served it; absent if nobody did
 * @param servedModel the model name that the provider was asked for
 * @param problem the code of what went wrong; absent if nothing did
 * @param firstByteMicros from the request's arrival to the first byte of the answer, µs
 * @param durationMicros from the request's arrival to the last byte of the answer, µs
 * @param tokensEstimated whether the token counts are an estimate because the provider reported
 *     none
 * @param jurisdiction of each provider that it was sent to, as declared, separated by blanks;
 *     absent if it was sent to none
 * @param region in the same way, without those that are not declared
 * @param policy the hash of the policies that decided; absent if none did
 * @param guardrails those that acted on it and on its answer, and how often, as in {@code
 *     email:mask=2}; absent if none did
 * @param costs what it took beyond its tokens
 */
public record RequestSummary(
        long position,
        RequestId id,
        Instant startedAt,
        WorkspaceId workspaceId,
        String workspaceName,
        ApiKeyId apiKeyId,
        String apiKeyName,
        String model,
        @Nullable String provider,
        @Nullable String servedModel,
        Outcome outcome,
        int status,
        @Nullable ProblemCode problem,
        boolean stream,
        int attempts,
        long firstByteMicros,
        long durationMicros,
        long inputTokens,
        long outputTokens,
        boolean tokensEstimated,
        @Nullable String jurisdiction,
        @Nullable String region,
        @Nullable String policy,
        @Nullable String guardrails,
        RequestCosts costs) {

    /**
     * Whether it was answered that it may not be, or can't be as it was sent: nothing of the
     * appliance's and nothing of a provider's broke.
     */
    public boolean refused() {
        return outcome == Outcome.FAILED && status / 100 == 4;
    }

    /** How a request ended. */
    public enum Outcome {
        COMPLETED,
        /** Refused or failed before the answer began. */
        FAILED,
        /** The provider broke off after the answer had begun. */
        PROVIDER_BROKE,
        /** The app went away before the answer was whole. */
        CLIENT_GONE,
        /** The appliance was killed while it was under way. */
        INTERRUPTED,
        /** A copy of a request, for a shadow: whatever came back was thrown away. */
        SHADOWED
    }
}
