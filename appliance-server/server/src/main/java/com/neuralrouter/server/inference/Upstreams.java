package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.inference.Calls.Asked;
import com.neuralrouter.server.inference.Calls.Prepared;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderFailure.RequestRefused;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.route.Attempts;
import com.neuralrouter.server.route.Resilience;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.snapshot.WorkspaceView;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Asks the upstreams of a plan, one after the other, until one answers; of embeddings, where the
 * route says so, a second one at the same time. Whatever goes wrong before the app has seen a byte
 * leads to the next one. Who is next is decided by {@link Attempts}, what an answer is by {@link
 * Calls}. Safe for all threads.
 */
public final class Upstreams {
    private final Calls calls;
    private final Resilience resilience;
    private final Shadows shadows;
    private final Duration total;

    /**
     * @param total how long all attempts of a request may take together, the answer included
     */
    public Upstreams(Calls calls, Resilience resilience, Shadows shadows, Duration total) {
        this.calls = calls;
        this.resilience = resilience;
        this.shadows = shadows;
        this.total = total;
    }

    /**
     * Throws {@link InferenceRefused} when nobody answers.
     *
     * @param cap how many output tokens the request gets if it did not ask for a number
     */
    Served ask(
            RoutePlan plan,
            Operation operation,
            InferenceRequest request,
            OptionalInt cap,
            WorkspaceView workspace,
            Exchange exchange) {
        long deadline = System.nanoTime() + plan.route().ways().totalOr(total).toNanos();
        Attempts attempts = resilience.begin(exchange.id(), plan, deadline);
        exchange.follows(attempts);
        var wanted = new Wanted(operation, request, cap, exchange.passedOn(), workspace);
        shadows.copy(plan, wanted, exchange, deadline);
        var asking = new Asking(attempts, wanted, exchange);
        int hedgeAfter =
                operation == Operation.EMBEDDINGS ? plan.route().ways().hedgeAfterMillis() : 0;
        for (Attempt attempt; (attempt = next(attempts, exchange)) != null; ) {
            ProviderCall call = prepared(attempt, asking);
            if (call == null && operation == Operation.COUNT_TOKENS) {
                return new Served.Counted(attempt, Tokens.estimate(request.bytes(), 0).input());
            }
            if (call == null) {
                continue;
            }
            Served served =
                    hedgeAfter > 0
                            ? raced(attempt, call, hedgeAfter, asking)
                            : concluded(attempt, calls.ask(attempt, call), asking);
            if (served != null) {
                return served;
            }
            if (asking.failures.pointless()) {
                break;
            }
        }
        if (asking.declined != null) {
            return asking.declined;
        }
        throw asking.failures.refusal(plan, attempts.tried());
    }

    /** Waits for the turn of the next attempt. */
    private static @Nullable Attempt next(Attempts attempts, Exchange exchange) {
        long asked = System.nanoTime();
        Attempt next = attempts.next();
        exchange.waited(System.nanoTime() - asked);
        return next;
    }

    /** One request on its way. Owned by the request's thread. */
    private static final class Asking {
        final Attempts attempts;
        final Wanted wanted;
        final Exchange exchange;
        final UpstreamFailures failures = new UpstreamFailures();

        /** An answer that the app gets if no reserve has a better one. */
        private @Nullable Served declined;

        Asking(Attempts attempts, Wanted wanted, Exchange exchange) {
            this.attempts = attempts;
            this.wanted = wanted;
            this.exchange = exchange;
        }

        void failed(Attempt attempt, ProviderFailure failure) {
            attempts.failed(failure);
            failures.add(attempt.endpoint().name(), failure);
        }

        void unsuitable(Attempt attempt, ProviderFailure why) {
            attempts.unsuitable(why.reason());
            failures.add(attempt.endpoint().name(), why);
        }
    }

    /** The call that is made next; null if that upstream can't serve the request. */
    private @Nullable ProviderCall prepared(Attempt attempt, Asking asking) {
        RequestId id = asking.exchange.id();
        return switch (calls.prepare(
                id,
                attempt.upstream(),
                asking.wanted,
                asking.attempts.deadline(),
                asking.attempts.connected())) {
            case Prepared.Ready(ProviderCall call) -> {
                asking.exchange.attempted(attempt);
                yield call;
            }
            case Prepared.Unsuitable(ProviderFailure why) -> {
                asking.unsuitable(attempt, why);
                yield null;
            }
        };
    }

    /**
     * Asks one upstream, and if that has not answered after a while another one as well; the first
     * answer counts, and who is late is cut off. Null if there is none; then the failures have been
     * noted.
     */
    private @Nullable Served raced(
            Attempt first, ProviderCall call, int afterMillis, Asking asking) {
        try (var race = new Race(calls, asking.exchange.id())) {
            race.start(first, call);
            Race.Finish finish = race.within(afterMillis);
            if (finish == null) {
                startBeside(race, first, asking);
            }
            while (finish != null || race.running()) {
                Race.Finish done = finish == null ? race.next() : finish;
                finish = null;
                asking.attempts.turnTo(done.attempt());
                Served served = concluded(done.attempt(), done.asked(), asking);
                if (served != null) {
                    asking.exchange.overtook(asking.attempts.overtaken());
                    asking.exchange.servedBy(done.attempt());
                    return served;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            asking.failed(first, new ProviderFailure.Cancelled("the appliance is stopping"));
        }
        return null;
    }

    private void startBeside(Race race, Attempt first, Asking asking) {
        Attempt second = asking.attempts.nextBeside();
        if (second == null) {
            return;
        }
        if (!asking.exchange.affordsAnother()) {
            asking.attempts.unpaid();
            return;
        }
        ProviderCall call = prepared(second, asking);
        if (call != null) {
            race.start(second, call);
        }
        asking.attempts.turnTo(first);
    }

    /** The answer, or null if there is none for the app yet; then what came has been noted. */
    private static @Nullable Served concluded(Attempt attempt, Asked asked, Asking asking) {
        return switch (asked) {
            case Asked.Answered(Served served) -> unlessDeclined(served, asking);
            case Asked.Failed(ProviderFailure failure) -> {
                if (!declined(failure, asking)) {
                    asking.failed(attempt, failure);
                }
                yield null;
            }
        };
    }

    /** Whether the route has a reserve for what the provider has against the request. */
    private static boolean declined(ProviderFailure failure, Asking asking) {
        return failure instanceof RequestRefused refused
                && asking.attempts.hasReserves()
                && Objection.in(refused.message())
                        .map(use -> asking.attempts.declined(use, refused.reason()))
                        .orElse(false);
    }

    /** Null if a reserve is asked first; the answer is kept in case that fails. */
    private static @Nullable Served unlessDeclined(Served served, Asking asking) {
        if (served instanceof Served.Whole whole
                && whole.status() / 100 == 4
                && asking.attempts.hasReserves()) {
            boolean reserve =
                    Objection.in(whole.body())
                            .map(use ->
                                    asking.attempts.declined(
                                            use, "the provider answered " + whole.status()))
                            .orElse(false);
            if (reserve) {
                asking.declined = served;
                return null;
            }
        }
        asking.attempts.answers();
        return served;
    }
}
