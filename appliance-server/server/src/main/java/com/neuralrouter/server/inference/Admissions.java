package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.budget.Price;
import com.neuralrouter.server.budget.Reservation;
import com.neuralrouter.server.budget.Reservation.UsedUp;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.dialect.RateHeaders;
import com.neuralrouter.server.limit.Hold;
import com.neuralrouter.server.limit.Hold.Need;
import com.neuralrouter.server.limit.Hold.NoRoom;
import com.neuralrouter.server.limit.Meter.Reading;
import com.neuralrouter.server.limit.TokenEstimate;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.snapshot.Allowances.Applying;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Lets requests in as far as limits and budgets allow: what a request may need at the most is held
 * before it goes anywhere. Safe for all threads; waits for nobody.
 */
public final class Admissions {
    /** An answer that comes whole can't be ended: it gets a length, if nobody else gave it one. */
    private static final long WHOLE_ANSWER = 4_096;

    private static final Set<Operation> GENERATING =
            EnumSet.of(
                    Operation.CHAT_COMPLETIONS,
                    Operation.COMPLETIONS,
                    Operation.RESPONSES,
                    Operation.MESSAGES);

    /**
     * A request that wants to be let in.
     *
     * @param permitted how many output tokens policy gives it if it asks for no number
     * @param plan where it would go
     * @param beganMillis when it came, epoch milliseconds
     */
    record Asked(
            Operation operation,
            InferenceRequest request,
            OptionalInt permitted,
            RoutePlan plan,
            Prices prices,
            long beganMillis) {

        boolean generates() {
            return GENERATING.contains(operation);
        }

        /** How long the answer may be with all of its choices; negative if nobody said. */
        long output() {
            if (!generates()) {
                return 0;
            }
            long asked = request.outputTokens();
            long each = asked == PolicyFacts.NOT_REQUESTED ? permitted.orElse(-1) : asked;
            return each * request.choices();
        }
    }

    /**
     * Throws {@link InferenceRefused}.
     *
     * @param headers takes what the app is told of its limits, whether it is let in or not
     */
    Admission admit(
            Applying applying,
            Asked asked,
            RateHeaders format,
            BiConsumer<String, String> headers) {
        if (applying.nothing()) {
            return Admission.free(asked.permitted());
        }
        long input = applying.countsTokens() ? input(asked.request()) : 0;
        var hold = new Hold();
        NoRoom none =
                hold.take(
                        applying.limits(),
                        new Need(input, Math.max(0, asked.output()), asked.output() >= 0));
        tell(hold, format, asked.beganMillis(), headers);
        if (none != null) {
            throw refusal(none);
        }
        try {
            return reserved(applying, asked, input, hold);
        } catch (InferenceRefused refused) {
            hold.giveBack();
            if (refused.code() == ProblemCode.BUDGET_EXHAUSTED) {
                headers.accept("x-should-retry", "false");
            }
            throw refused;
        }
    }

    private static Admission reserved(Applying applying, Asked asked, long input, Hold hold) {
        Price most = most(asked);
        var reservation = new Reservation(most == null ? Price.NOTHING : most);
        reservation.charge(applying.budgets(), asked.beganMillis());
        if (reservation.countsMoney() && most == null) {
            throw InferenceRefused.because(
                    ProblemCode.POLICY_REFUSED,
                    "A budget in money applies, and no price is known for this model.");
        }
        OptionalInt cap = asked.permitted();
        long output = asked.request().stream() ? Math.min(1, asked.output()) : asked.output();
        if (output < 0 && !asked.request().stream()) {
            int choices = asked.request().choices();
            long each = Math.clamp(reservation.affordable(input) / choices, 1, WHOLE_ANSWER);
            output = each * choices;
            cap = reservation.counts() ? OptionalInt.of((int) each) : cap;
        }
        UsedUp usedUp = reservation.open(input, Math.max(output, 0));
        if (usedUp != null) {
            throw refusal(usedUp, asked.beganMillis());
        }
        return new Admission(
                hold,
                reservation,
                most == null ? Price.NOTHING : most,
                cap,
                applying.countsTokens() ? input : Long.MAX_VALUE);
    }

    /** The dearest that it may come to; null if the price of one upstream is not known. */
    private static @Nullable Price most(Asked asked) {
        RoutePlan plan = asked.plan();
        @Nullable Price most = Price.NOTHING;
        for (Attempt attempt : plan.attempts()) {
            most = dearer(most, asked.prices().of(attempt.upstream()));
        }
        for (Route.Upstream reserve : plan.reserves()) {
            most = dearer(most, asked.prices().of(reserve));
        }
        return most;
    }

    private static @Nullable Price dearer(@Nullable Price one, @Nullable Price other) {
        return one == null || other == null ? null : one.or(other);
    }

    private static long input(InferenceRequest request) {
        long known = request.inputTokens();
        return known >= 0 ? known : TokenEstimate.of(request.content());
    }

    private static void tell(
            Hold hold, RateHeaders format, long nowMillis, BiConsumer<String, String> headers) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        Reading requests = hold.requests();
        if (requests != null) {
            format.requests(rate(requests), now, headers);
        }
        Reading tokens = hold.tokens();
        if (tokens != null) {
            format.tokens(rate(tokens), now, headers);
        }
    }

    private static RateHeaders.Rate rate(Reading reading) {
        return new RateHeaders.Rate(
                reading.perMinute(), reading.remaining(), Duration.ofNanos(reading.resetNanos()));
    }

    private static InferenceRefused refusal(NoRoom none) {
        String limit =
                "the limit of %d %s of %s"
                        .formatted(none.limit(), none.what(), none.subject().words());
        if (none.retryMillis() == Long.MAX_VALUE) {
            return InferenceRefused.because(
                    ProblemCode.RATE_LIMITED,
                    "The request may need more than "
                            + limit
                            + " allows at any time. Make it"
                            + " shorter, or ask for fewer output tokens.");
        }
        return InferenceRefused.retryLater(
                ProblemCode.RATE_LIMITED,
                "The request would exceed " + limit + ". Wait and try again.",
                none.retryMillis());
    }

    private static InferenceRefused refusal(UsedUp usedUp, long nowMillis) {
        long resets = usedUp.resetsMillis();
        return resets == Long.MAX_VALUE
                ? InferenceRefused.because(ProblemCode.BUDGET_EXHAUSTED, sentence(usedUp))
                : InferenceRefused.retryLater(
                        ProblemCode.BUDGET_EXHAUSTED, sentence(usedUp), resets - nowMillis);
    }

    /** What an app is told of a budget that is used up. */
    static String sentence(UsedUp usedUp) {
        return "The budget '%s' of %s is used up, or has too little left for this request%s."
                .formatted(
                        usedUp.account().name(),
                        usedUp.account().subject().words(),
                        usedUp.resetsMillis() == Long.MAX_VALUE
                                ? ""
                                : "; it is whole again at "
                                        + Instant.ofEpochMilli(usedUp.resetsMillis()));
    }
}
