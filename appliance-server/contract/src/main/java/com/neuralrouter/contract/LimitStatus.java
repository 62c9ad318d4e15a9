package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * How much of somebody's limits is used at this moment.
 *
 * @param workspace its name; absent for the site and for a route
 * @param name of the key or the route; absent for the site and for a workspace
 * @param requests null if they are not limited
 * @param tokens null if they are not limited
 * @param concurrent null if it is not limited
 */
public record LimitStatus(
        LimitLevel level,
        @Nullable String workspace,
        @Nullable String name,
        @Nullable Rate requests,
        @Nullable Rate tokens,
        @Nullable Concurrent concurrent) {

    /**
     * @param perMinute the limit
     * @param remaining what could be asked for now
     * @param resetMillis in how many milliseconds all of it could be
     */
    public record Rate(long perMinute, long remaining, long resetMillis) {}

    /**
     * @param limit how many may be under way
     * @param underWay how many are
     */
    public record Concurrent(int limit, int underWay) {}
}
