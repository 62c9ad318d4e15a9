package com.neuralrouter.server.provider.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Cuts connections whose deadline has passed: those in use that a provider keeps waiting, in
 * whatever it is (handshake, write, head, body), and idle ones that have been kept long enough.
 *
 * <p>One thread looks at all of them ten times a second. That costs less than a socket timeout,
 * which makes the runtime set and cancel a timer for each read, and unlike one it also ends writes
 * and handshakes that a provider drips. Safe for all threads.
 */
final class DeadlineWatch implements AutoCloseable {
    private static final Duration ROUND = Duration.ofMillis(100);

    private final Set<UpstreamConnection> connections = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("upstream-deadlines").factory());

    DeadlineWatch() {
        rounds.scheduleWithFixedDelay(
                this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    void add(UpstreamConnection connection) {
        connections.add(connection);
        if (rounds.isShutdown()) {
            connection.cut();
        }
    }

    void remove(UpstreamConnection connection) {
        connections.remove(connection);
    }

    private void round() {
        long now = System.nanoTime();
        for (UpstreamConnection connection : connections) {
            connection.cutIfLate(now);
        }
    }

    /** Cuts every connection there is. */
    @Override
    public void close() {
        rounds.shutdownNow();
        for (UpstreamConnection connection : connections) {
            connection.cut();
        }
    }
}
