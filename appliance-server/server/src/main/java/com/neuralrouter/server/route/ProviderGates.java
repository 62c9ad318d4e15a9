package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many requests a provider has at once, where its declaration says so: what is more waits for a
 * short while, first come, first served, when it has nowhere else to go. Safe for all threads.
 */
final class ProviderGates {
    private record Gate(int most, Semaphore places) {}

    private final ConcurrentMap<ProviderId, Gate> gates = new ConcurrentHashMap<>();

    /** A place at a provider; given back once. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    private static final Place FREE = () -> {};

    /**
     * Takes a place. Null if there is none.
     *
     * @param waitMillis how long to wait for one; 0 for not at all
     */
    @Nullable Place enter(ProviderId provider, Terms.Capacity capacity, long waitMillis)
            throws InterruptedException {
        if (capacity.most() == 0) {
            return FREE;
        }
        Semaphore places = gate(provider, capacity.most());
        boolean mayWait = waitMillis > 0 && places.getQueueLength() < capacity.queued();
        boolean in =
                mayWait
                        ? places.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)
                        : places.tryAcquire();
        return in ? places::release : null;
    }

    /**
     * Takes a place that nobody else is likely to want: only while at least half of them are free.
     * Null if there is none.
     */
    @Nullable Place enterSpare(ProviderId provider, Terms.Capacity capacity) {
        if (capacity.most() == 0) {
            return FREE;
        }
        Semaphore places = gate(provider, capacity.most());
        boolean spare = places.availablePermits() > capacity.most() / 2;
        return spare && places.tryAcquire() ? places::release : null;
    }

    /** Another number makes another gate; who is inside gives back to the one it came through. */
    private Semaphore gate(ProviderId provider, int most) {
        Gate gate = gates.get(provider);
        if (gate != null && gate.most() == most) {
            return gate.places();
        }
        return gates.compute(
                        provider,
                        (_, before) ->
                                before != null && before.most() == most
                                        ? before
                                        : new Gate(most, new Semaphore(most, true)))
                .places();
    }
}
