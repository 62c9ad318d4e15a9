package com.neuralrouter.contract;

import java.time.Instant;

/**
 * A tenant: keys, credentials and policies belong to exactly one.
 *
 * @param name unique in the site, {@code [a-z0-9][a-z0-9-]{0,62}}
 * @param version goes up by one with each change; sent back as {@code If-Match}
 */
public record Workspace(
        WorkspaceId id,
        String name,
        String description,
        State state,
        Instant createdAt,
        long version) {

    /** Whether its keys work. */
    public enum State {
        ACTIVE,
        SUSPENDED
    }
}
