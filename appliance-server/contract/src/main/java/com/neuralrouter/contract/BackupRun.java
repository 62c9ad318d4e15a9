package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Work on backups that takes its time: begun by one request, and seen to its end by others.
 *
 * @param endedAt null while it runs
 * @param backups the names of those that it has made or verified so far
 * @param problem why it failed; null if it did not
 */
public record BackupRun(
        String id,
        Operation operation,
        State state,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<String> backups,
        @Nullable String problem) {

    public BackupRun {
        backups = List.copyOf(backups);
    }

    /** What is done. */
    public enum Operation {
        CREATE,
        VERIFY
    }

    /** How far it is. */
    public enum State {
        RUNNING,
        DONE,
        FAILED
    }
}
