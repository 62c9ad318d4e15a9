package com.neuralrouter.server.audit.log;

import java.time.Duration;
import java.time.Instant;

/**
 * Entries that are in the log, on the disk.
 *
 * @param first the sequence of the first; the others follow it without a gap
 * @param time of all of them
 * @param clockBehind by how much the system's clock was behind the time of the entry before; zero
 *     unless somebody set it back
 */
public record Appended(long first, int count, Instant time, Duration clockBehind) {}
