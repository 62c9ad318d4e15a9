package com.neuralrouter.server.route;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.route.Attempt.Standing;
import com.neuralrouter.server.route.ProviderGates.Place;
import com.neuralrouter.server.route.Tried.Outcome;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The attempts of one request, one after the other: who is asked next, whether anybody is, and what
 * came of it. Every attempt but the first needs a token of the route's {@link RetryBudget}. A plan
 * with a single upstream is tried once more after a failure that may pass, when the provider's own
 * wish to be left alone, or a short pause drawn by chance, is over. After the answer's first byte
 * there is no further attempt: the caller asks for none. Owned by the request's thread.
 */
public final class Attempts {
    /** Nobody waits longer than this to be asked once more, ms. */
    private static final long LONGEST_WAIT = 5_000;

    private static final long SHORTEST_WAIT = 50;
    private static final long USUAL_WAIT = 250;

    /** Numbers of the draw that no plan takes. */
    private static final int WAIT_DRAW = 3_000;

    /**
     * @param deadline by when all must be over, {@link System#nanoTime()}
     */
    record Course(RequestId request, RoutePlan plan, long deadline) {}

    private final Resilience shared;
    private final Course course;
    private final RetryBudget budget;
    private final Deque<Attempt> waiting;
    private final List<Tried> tried = new ArrayList<>(2);
    private final long began = System.nanoTime();

    private @Nullable Attempt current;
    private @Nullable Place place;
    private @Nullable UpstreamTrack track;
    private long currentBegan;
    private boolean answering;
    private int made;
    private boolean triedAgain;
    private boolean ended;

    Attempts(Resilience shared, Course course, RetryBudget budget) {
        this.shared = shared;
        this.course = course;
        this.budget = budget;
        this.waiting = new ArrayDeque<>(course.plan().attempts());
    }

    /** Who is asked now; null if nobody is any more. The attempt before it has been reported. */
    public @Nullable Attempt next() {
        while (!waiting.isEmpty() && !over()) {
            Attempt attempt = waiting.removeFirst();
            if (made > 0 && !budget.take(shared.health().now())) {
                note(attempt, Outcome.NO_BUDGET, "too many requests needed another attempt");
                waiting.clear();
                return null;
            }
            if (enters(attempt)) {
                made++;
                return attempt;
            }
        }
        return null;
    }

    private boolean over() {
        return System.nanoTime() - course.deadline() >= 0 || Thread.currentThread().isInterrupted();
    }

    private boolean enters(Attempt attempt) {
        Terms.Capacity capacity = attempt.upstream().terms().capacity();
        boolean elsewhere = !waiting.isEmpty();
        long left = TimeUnit.NANOSECONDS.toMillis(course.deadline() - System.nanoTime());
        long wait = elsewhere ? 0 : Math.clamp(capacity.queueMillis(), 0, Math.max(0, left));
        currentBegan = System.nanoTime();
        try {
            place = shared.gates().enter(attempt.provider(), capacity, wait);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (place == null) {
            note(attempt, Outcome.BUSY, "it has " + capacity.most() + " requests at once already");
            return false;
        }
        current = attempt;
        answering = false;
        currentBegan = System.nanoTime();
        track = shared.health().track(attempt.provider(), attempt.model());
        track.begun();
        return true;
    }

    /** By when the current attempt must be over, {@link System#nanoTime()}. */
    public long deadline() {
        Attempt attempt = current;
        int total = attempt == null ? 0 : attempt.upstream().terms().totalMillis();
        long own = currentBegan + TimeUnit.MILLISECONDS.toNanos(total);
        return total == 0 || own - course.deadline() > 0 ? course.deadline() : own;
    }

    /** It was not asked after all, because it can't serve the request. */
    public void unsuitable(String reason) {
        Attempt attempt = leave();
        made--;
        note(attempt, Outcome.UNSUITABLE, reason);
    }

    /** The current attempt failed before its answer began. */
    public void failed(ProviderFailure failure) {
        Attempt attempt = leave();
        note(attempt, Outcome.FAILED, failure.reason());
        shared.health().failed(attempt.provider(), attempt.model(), failure);
        if (waiting.isEmpty() && !triedAgain && course.plan().attempts().size() == 1) {
            tryAgain(attempt, failure);
        }
    }

    /** Puts the only upstream there once more, when what it failed of may pass. */
    private void tryAgain(Attempt attempt, ProviderFailure failure) {
        triedAgain = true;
        long wait = passesIn(failure);
        long left = TimeUnit.NANOSECONDS.toMillis(course.deadline() - System.nanoTime());
        if (wait >= 0 && wait < left && shared.pause().millis(wait)) {
            waiting.add(attempt);
        }
    }

    /** After how many milliseconds it may be better; -1 if that is not to be expected soon. */
    private long passesIn(ProviderFailure failure) {
        double jitter = new Draw(course.plan().seed()).number(WAIT_DRAW);
        long usual = SHORTEST_WAIT + (long) (jitter * (USUAL_WAIT - SHORTEST_WAIT));
        return switch (failure) {
            case ProviderFailure.Throttled throttled -> {
                long wish = throttled.retryAfterMillis();
                yield wish < 0 || wish > LONGEST_WAIT ? -1 : wish + usual - SHORTEST_WAIT;
            }
            case ProviderFailure.Unreachable _ -> usual;
            case ProviderFailure.Rejected rejected ->
                    switch (rejected.status()) {
                        case 408, 500, 502, 503, 504, 529 -> usual;
                        default -> -1;
                    };
            default -> -1;
        };
    }

    /**
     * An answer says that the request itself can't be served there, in a way that the route may
     * have a reserve for.
     *
     * @param use what the reserve must be there for
     * @return whether there is one, which is asked next; the answer is then not for the app, unless
     *     the reserve fails
     */
    public boolean declined(Use use, String reason) {
        List<Attempt> reserves =
                course.plan().reserves().stream()
                        .filter(upstream -> upstream.choice().use() == use)
                        .filter(upstream -> !wasTried(upstream))
                        .map(upstream -> new Attempt(upstream, Standing.READY))
                        .toList();
        if (reserves.isEmpty()) {
            return false;
        }
        Attempt attempt = leave();
        note(attempt, Outcome.FAILED, reason);
        waiting.clear();
        waiting.addAll(reserves);
        return true;
    }

    /** Whether there is a reserve at all, so that an answer is worth a look. */
    public boolean hasReserves() {
        return !course.plan().reserves().isEmpty();
    }

    private boolean wasTried(Route.Upstream upstream) {
        return current != null && current.upstream().equals(upstream)
                || tried.stream().anyMatch(one -> one.attempt().upstream().equals(upstream));
    }

    /** The answer is here, or its first piece is. */
    public void answers() {
        Attempt attempt = current;
        if (attempt != null && !answering) {
            answering = true;
            long nanos = System.nanoTime() - currentBegan;
            note(attempt, Outcome.ANSWERED, "it answered");
            if (track != null) {
                track.latency().observe(nanos / 1e6, shared.health().now());
            }
            shared.health().began(attempt.provider(), nanos);
        }
    }

    /**
     * The request has ended, whichever way; a second time does nothing.
     *
     * @param outputTokens how many the answer had
     */
    public void ended(long outputTokens) {
        if (ended) {
            return;
        }
        ended = true;
        Attempt attempt = current;
        if (attempt != null) {
            Tried answer = tried.isEmpty() ? null : tried.getLast();
            if (answering && answer != null && outputTokens > 0) {
                long nanos = System.nanoTime() - currentBegan - answer.micros() * 1_000;
                shared.health().wrote(attempt.provider(), outputTokens, nanos);
            }
            leave();
        }
        shared.explanations().add(course.request(), course.plan(), tried);
    }

    /** What came of each step so far. */
    public List<Tried> tried() {
        return List.copyOf(tried);
    }

    private Attempt leave() {
        Attempt attempt = current;
        if (attempt == null) {
            throw new IllegalStateException("no attempt is under way");
        }
        current = null;
        if (place != null) {
            place.close();
            place = null;
        }
        if (track != null) {
            track.ended();
            track = null;
        }
        return attempt;
    }

    private void note(Attempt attempt, Outcome outcome, String result) {
        long now = System.nanoTime();
        tried.add(
                new Tried(
                        attempt,
                        outcome,
                        (currentBegan - began) / 1_000,
                        (now - currentBegan) / 1_000,
                        result));
    }
}
