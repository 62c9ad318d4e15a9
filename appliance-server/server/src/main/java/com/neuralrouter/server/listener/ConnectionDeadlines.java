package com.neuralrouter.server.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLEngine;

/**
 * Cuts the connections of clients that let the appliance wait too long, which Helidon 4.5 does not
 * do by itself. Every connection runs on a virtual thread of its own; while that thread waits for
 * its client it leaves a deadline in its {@link ClientWait}. A sweep looks at all of them a few
 * times a second and interrupts those that are late, and an interrupt closes the channel that its
 * thread is blocked in ({@link java.nio.channels.InterruptibleChannel}).
 */
final class ConnectionDeadlines implements AutoCloseable {
    private static final long SWEEP_MILLIS = 200;

    private final ClientDeadlines limits;
    private final Set<ClientWait> connections = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("connection-deadlines").factory());

    ConnectionDeadlines(ClientDeadlines limits) {
        this.limits = limits;
        sweeper.scheduleWithFixedDelay(
                this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    ClientDeadlines limits() {
        return limits;
    }

    /** Registers the connection that the current thread serves from now on, until it ends. */
    ClientWait register(SSLEngine engine) {
        var wait = new ClientWait(engine, limits);
        connections.add(wait);
        return wait;
    }

    /** How many connections there are, those included that ended since the last sweep. */
    int connections() {
        return connections.size();
    }

    private void sweep() {
        long now = System.nanoTime();
        connections.removeIf(ClientWait::ended);
        for (ClientWait wait : connections) {
            wait.cutIfLate(now);
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
