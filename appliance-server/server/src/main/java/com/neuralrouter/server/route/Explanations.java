package com.neuralrouter.server.route;

import com.neuralrouter.contract.RequestId;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How the last requests were decided: a ring of a fixed number, in memory, forgotten by a restart.
 * Names, numbers and times only; no content. Safe for all threads, without locks.
 */
public final class Explanations {

    /** How one request was decided, and what came of it. */
    public record Decided(RequestId request, RoutePlan plan, List<Tried> tried) {

        public Decided {
            tried = List.copyOf(tried);
        }
    }

    private final AtomicReferenceArray<@Nullable Decided> ring;
    private final ConcurrentMap<RequestId, Decided> byRequest = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong();

    /**
     * @param most how many requests are remembered
     */
    public Explanations(int most) {
        this.ring = new AtomicReferenceArray<>(most);
    }

    void add(RequestId request, RoutePlan plan, List<Tried> tried) {
        var decided = new Decided(request, plan, tried);
        int place = (int) (next.getAndIncrement() % ring.length());
        byRequest.put(request, decided);
        Decided before = ring.getAndSet(place, decided);
        if (before != null) {
            byRequest.remove(before.request(), before);
        }
    }

    /** How many requests are remembered. */
    public int most() {
        return ring.length();
    }

    /** Null if it is not remembered, or not any more. */
    public @Nullable Decided of(RequestId request) {
        return byRequest.get(request);
    }
}
