package com.neuralrouter.server.route;

import com.neuralrouter.contract.RequestId;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How the last requests were decided: a ring of a fixed number, in memory, forgotten by a restart.
 * Names, numbers and times only; no content. Safe for all threads.
 *
 * <p>What is ordinary is kept as numbers in arrays that are there from the start ({@link
 * OrdinaryPlans}): ten thousand plans that live for a second each, until the ring comes round, were
 * half of what the garbage collector had to copy. What is not ordinary is kept as it is.
 */
public final class Explanations {
    private static final int FREE = 0;
    private static final int BUSY = 1;

    /** How one request was decided, and what came of it. */
    public record Decided(RequestId request, RoutePlan plan, List<Tried> tried) {

        public Decided {
            tried = List.copyOf(tried);
        }
    }

    private final AtomicLong next = new AtomicLong();

    /** Whether somebody reads or writes a place; the parts below belong to whoever has it. */
    private final AtomicIntegerArray state;

    /** Two numbers for each place: the request's id. */
    private final long[] ids;

    private final OrdinaryPlans ordinary;

    /** Null where what there is is ordinary. */
    private final @Nullable Decided[] unusual;

    /**
     * @param most how many requests are remembered
     */
    public Explanations(int most) {
        this.state = new AtomicIntegerArray(most);
        this.ids = new long[2 * most];
        this.ordinary = new OrdinaryPlans(most);
        this.unusual = new @Nullable Decided[most];
    }

    void add(RequestId request, RoutePlan plan, List<Tried> tried) {
        int place = (int) (next.getAndIncrement() % unusual.length);
        if (!state.compareAndSet(place, FREE, BUSY)) {
            return; // The ring came round during one step of a thread: this one is not remembered.
        }
        try {
            ids[2 * place] = request.value().getMostSignificantBits();
            ids[2 * place + 1] = request.value().getLeastSignificantBits();
            boolean kept = ordinary.keep(place, plan, tried);
            if (!kept) {
                unusual[place] = new Decided(request, plan, tried);
            } else if (unusual[place] != null) {
                unusual[place] = null;
            }
        } finally {
            state.setRelease(place, FREE);
        }
    }

    /** How many requests are remembered. */
    public int most() {
        return unusual.length;
    }

    /** Null if it is not remembered, or not any more. Looks at all of them: people ask seldom. */
    public @Nullable Decided of(RequestId request) {
        long high = request.value().getMostSignificantBits();
        long low = request.value().getLeastSignificantBits();
        for (int place = 0; place < unusual.length; place++) {
            while (!state.compareAndSet(place, FREE, BUSY)) {
                Thread.onSpinWait();
            }
            try {
                if (ids[2 * place] == high && ids[2 * place + 1] == low) {
                    Decided whole = unusual[place];
                    return whole != null ? whole : ordinary.at(place, request);
                }
            } finally {
                state.setRelease(place, FREE);
            }
        }
        return null;
    }
}
