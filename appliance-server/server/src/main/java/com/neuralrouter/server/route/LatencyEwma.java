package com.neuralrouter.server.route;

import java.util.concurrent.atomic.AtomicReference;

/**
 * How long an upstream takes to begin its answers: an exponentially weighted moving average that
 * jumps to a peak at once and forgets it slowly, as Finagle's "peak EWMA" balancer does. A longer
 * time is taken as it is; a shorter one moves the average by as much as the time since the last one
 * weighs. Safe for all threads, without locks.
 */
final class LatencyEwma {
    private static final double DECAY_MILLIS = 10_000;

    private record State(double millis, long at) {}

    private final AtomicReference<State> state = new AtomicReference<>(new State(0, 0));

    /**
     * @param millis how long it took
     * @param now epoch milliseconds
     */
    void observe(double millis, long now) {
        state.updateAndGet(before -> {
            if (millis >= before.millis()) {
                return new State(millis, now);
            }
            double kept = Math.exp(-Math.max(0, now - before.at()) / DECAY_MILLIS);
            return new State(before.millis() * kept + millis * (1 - kept), now);
        });
    }

    /**
     * The average now; without new observations it falls, so that an upstream that was slow once is
     * tried again. 0 if there has been none.
     */
    double millis(long now) {
        State last = state.get();
        return last.millis() * Math.exp(-Math.max(0, now - last.at()) / DECAY_MILLIS);
    }
}
