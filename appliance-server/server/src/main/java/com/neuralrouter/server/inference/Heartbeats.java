package com.neuralrouter.server.inference;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks after streams whose upstream is quiet: one thread for all of them, so that a stream that
 * flows costs nothing more. Safe for all threads.
 */
public final class Heartbeats implements AutoCloseable {
    private static final long ROUND_MILLIS = 100;

    private final long quietNanos;
    private final Set<ClientStream> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("stream-heartbeats").factory());

    /**
     * @param quiet how long a stream may be silent before a comment is sent
     */
    public Heartbeats(Duration quiet) {
        this.quietNanos = quiet.toNanos();
        rounds.scheduleWithFixedDelay(
                this::round, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    void watch(ClientStream stream) {
        streams.add(stream);
    }

    void forget(ClientStream stream) {
        streams.remove(stream);
    }

    private void round() {
        long now = System.nanoTime();
        for (ClientStream stream : streams) {
            stream.beatIfQuiet(now, quietNanos);
        }
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
