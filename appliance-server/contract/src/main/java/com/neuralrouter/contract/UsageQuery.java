package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What is asked of the usage of a site.
 *
 * @param since a full hour in UTC, from which on
 * @param until a full hour in UTC, before which
 * @param by what is told apart, in this order; absent for one sum
 * @param period what is told apart in time; absent for {@link Period#TOTAL}
 * @param workspace only of the workspace with that name; absent means all
 * @param apiKey only of keys with that name
 * @param model only of the model that apps ask for by that name
 * @param provider only of what the provider with that name served
 */
public record UsageQuery(
        Instant since,
        Instant until,
        @Nullable List<Dimension> by,
        @Nullable Period period,
        @Nullable String workspace,
        @Nullable String apiKey,
        @Nullable String model,
        @Nullable String provider) {

    /** What can be told apart. */
    public enum Dimension {
        WORKSPACE,
        API_KEY,
        MODEL,
        PROVIDER
    }

    /** How time is cut, in UTC. */
    public enum Period {
        HOUR,
        DAY,
        TOTAL
    }
}
