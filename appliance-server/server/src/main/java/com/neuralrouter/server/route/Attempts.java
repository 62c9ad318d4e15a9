package com.neuralrouter.server.route;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.server.provider.Connection;
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
import java.util.function.Consumer;

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

    /** Who is asked now. */
    private @Nullable Step current;

    /** Who is asked at the same time; null but where a request is hedged. */
    private @Nullable Step beside;

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
            Step step = entered(attempt);
            if (step != null) {
                current = step;
                answering = false;
                made++;
                return attempt;
            }
        }
        return null;
    }

    /**
     * Who is asked as well, because the current one takes its time; null if nobody is. Only those
     * are that nothing speaks against, and it takes of the budget what any further attempt takes.
     * From here on the calls are about that one, see {@link #turnTo}.
     */
    public @Nullable Attempt nextBeside() {
        Attempt attempt = waiting.peekFirst();
        boolean may = attempt != null && attempt.standing() == Standing.READY && beside == null;
        if (!may || attempt == null || over()) {
            return null;
        }
        waiting.removeFirst();
        if (!budget.take(shared.health().now())) {
            note(attempt, Outcome.NO_BUDGET, "too many requests needed another attempt");
            return null;
        }
        Step step = entered(attempt);
        if (step != null) {
            beside = current;
            current = step;
            made++;
        }
        return step == null ? null : attempt;
    }

    /** Of two that are asked at the same time, the calls are about this one from here on. */
    public void turnTo(Attempt attempt) {
        Step other = beside;
        if (other != null && other.attempt == attempt) {
            beside = current;
            current = other;
        }
    }

    /**
     * The other one of two that are asked at the same time is not waited for any more: who that is;
     * null if nobody else is asked.
     */
    public @Nullable Attempt overtaken() {
        Step other = beside;
        if (other == null) {
            return null;
        }
        beside = null;
        other.ended();
        note(other, Outcome.OVERTAKEN, "the other one answered first");
        // It would have taken at least that long: strategies that go by latency must know.
        observe(other, System.nanoTime() - other.began);
        return other.attempt;
    }

    private boolean over() {
        return System.nanoTime() - course.deadline() >= 0 || Thread.currentThread().isInterrupted();
    }

    /** Null if there is no place for it. */
    private @Nullable Step entered(Attempt attempt) {
        Terms.Capacity capacity = attempt.upstream().terms().capacity();
        boolean elsewhere = !waiting.isEmpty() || current != null;
        long left = TimeUnit.NANOSECONDS.toMillis(course.deadline() - System.nanoTime());
        long wait = elsewhere ? 0 : Math.clamp(capacity.queueMillis(), 0, Math.max(0, left));
        long asked = System.nanoTime();
        Place place;
        try {
            place = shared.gates().enter(attempt.provider(), capacity, wait);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return null;
        }
        if (place == null) {
            note(
                    attempt,
                    Outcome.BUSY,
                    "it has " + capacity.most() + " requests at once already",
                    asked,
                    Connection.NONE);
            return null;
        }
        UpstreamTrack track = shared.health().track(attempt.provider(), attempt.model());
        track.begun();
        return new Step(attempt, place, track, System.nanoTime());
    }

    /** By when the current attempt must be over, {@link System#nanoTime()}. */
    public long deadline() {
        Step step = current;
        int total = step == null ? 0 : step.attempt.upstream().terms().totalMillis();
        if (step == null || total == 0) {
            return course.deadline();
        }
        long own = step.began + TimeUnit.MILLISECONDS.toNanos(total);
        return own - course.deadline() > 0 ? course.deadline() : own;
    }

    /** Is told which connection the current attempt goes over, by whichever thread. */
    public Consumer<Connection> connected() {
        Step step = current;
        return step == null ? _ -> {} : step;
    }

    /** It was not asked after all, because it can't serve the request. */
    public void unsuitable(String reason) {
        Step step = leave();
        made--;
        note(step, Outcome.UNSUITABLE, reason);
    }

    /**
     * It was not asked after all, because nobody would pay for two: it is asked only if the other
     * one fails.
     */
    public void unpaid() {
        Step step = leave();
        made--;
        waiting.addFirst(step.attempt);
        note(step, Outcome.NO_BUDGET, "limits or budgets have no room for two at once");
    }

    /** The current attempt failed before its answer began. */
    public void failed(ProviderFailure failure) {
        Step step = leave();
        Attempt attempt = step.attempt;
        note(step, Outcome.FAILED, failure.reason());
        shared.health().failed(attempt.provider(), attempt.model(), failure);
        boolean alone = course.plan().attempts().size() == 1;
        if (waiting.isEmpty() && !triedAgain && alone) {
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
        note(leave(), Outcome.FAILED, reason);
        waiting.clear();
        waiting.addAll(reserves);
        return true;
    }

    /** Whether there is a reserve at all, so that an answer is worth a look. */
    public boolean hasReserves() {
        return !course.plan().reserves().isEmpty();
    }

    private boolean wasTried(Route.Upstream upstream) {
        return isAsked(current, upstream)
                || isAsked(beside, upstream)
                || tried.stream().anyMatch(one -> one.attempt().upstream().equals(upstream));
    }

    private static boolean isAsked(@Nullable Step step, Route.Upstream upstream) {
        return step != null && step.attempt.upstream().equals(upstream);
    }

    /** The answer is here, or its first piece is. */
    public void answers() {
        Step step = current;
        if (step != null && !answering) {
            answering = true;
            long nanos = System.nanoTime() - step.began;
            tried.add(
                    Tried.answered(
                            step.attempt,
                            (step.began - began) / 1_000,
                            nanos / 1_000,
                            step.connection()));
            observe(step, nanos);
            shared.health().began(step.attempt.provider(), nanos);
        }
    }

    private void observe(Step step, long nanos) {
        step.track.latency().observe(nanos / 1e6, shared.health().now());
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
        overtaken();
        Step step = current;
        if (step != null) {
            Tried answer = answer();
            if (answering && answer != null && outputTokens > 0) {
                long nanos = System.nanoTime() - step.began - answer.micros() * 1_000;
                shared.health().wrote(step.attempt.provider(), outputTokens, nanos);
            }
            leave();
        }
        shared.explanations().add(course.request(), course.plan(), tried);
    }

    private @Nullable Tried answer() {
        for (Tried one : tried.reversed()) {
            if (one.outcome() == Outcome.ANSWERED) {
                return one;
            }
        }
        return null;
    }

    /** What came of each step so far. */
    public List<Tried> tried() {
        return List.copyOf(tried);
    }

    /** Ends the current attempt; another one that is asked at the same time becomes it. */
    private Step leave() {
        Step step = current;
        if (step == null) {
            throw new IllegalStateException("no attempt is under way");
        }
        step.ended();
        current = beside;
        beside = null;
        return step;
    }

    private void note(Step step, Outcome outcome, String result) {
        note(step.attempt, outcome, result, step.began, step.connection());
    }

    private void note(Attempt attempt, Outcome outcome, String result) {
        note(attempt, outcome, result, System.nanoTime(), Connection.NONE);
    }

    private void note(
            Attempt attempt, Outcome outcome, String result, long since, Connection over) {
        long now = System.nanoTime();
        tried.add(
                new Tried(
                        attempt,
                        outcome,
                        (since - began) / 1_000,
                        (now - since) / 1_000,
                        result,
                        over));
    }
}
