package com.neuralrouter.server.audit.forward;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How one forwarder stands, for operators. Immutable.
 *
 * @param name {@code syslog} or {@code otlp}
 * @param place where the receiver is
 * @param next the number of the first entry that the receiver is not known to have
 * @param waiting how many entries it does not have yet
 * @param takenAt when it last took something; null if not since the start
 * @param refused how many entries it has refused for good since the start (OTLP's partial success)
 * @param failingSince when its present trouble began; null if it has none
 * @param error what the trouble is, in a sentence; null if it has none
 */
public record ForwarderState(
        String name,
        String place,
        long next,
        long waiting,
        @Nullable Instant takenAt,
        long refused,
        @Nullable Instant failingSince,
        @Nullable String error) {}
