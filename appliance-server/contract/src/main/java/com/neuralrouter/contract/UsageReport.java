package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * The usage of a site, summed up from its requests.
 *
 * @param rows by time, then by what was told apart
 * @param totals one for each currency that there is
 * @param behind how many requests were recorded and are not in it yet
 */
public record UsageReport(
        Instant since, Instant until, List<UsageRow> rows, List<UsageSums> totals, long behind) {

    /**
     * One sum. What was not told apart is absent.
     *
     * @param begins the hour or day
     * @param workspaceId of the workspace; its name stands beside it, or the id where it is gone
     */
    public record UsageRow(
            @Nullable Instant begins,
            @Nullable WorkspaceId workspaceId,
            @Nullable String workspace,
            @Nullable ApiKeyId apiKeyId,
            @Nullable String apiKey,
            @Nullable String model,
            @Nullable String provider,
            UsageSums sums) {}

    /**
     * What requests came to.
     *
     * @param failed those of them that did not end well, whoever's fault it was
     * @param estimated those of them whose tokens are an estimate
     * @param unpriced those of them whose cost is not known; they are not in {@code costMicros}
     * @param inputTokens all of the requests', with the next two
     * @param outputTokens all of the answers', with the thoughts
     * @param costMicros in millionths of the currency
     * @param durationMicros of all requests together, µs
     */
    public record UsageSums(
            String currency,
            long requests,
            long failed,
            long estimated,
            long unpriced,
            long inputTokens,
            long cachedInputTokens,
            long cacheWriteTokens,
            long outputTokens,
            long reasoningTokens,
            long costMicros,
            long durationMicros) {}
}
