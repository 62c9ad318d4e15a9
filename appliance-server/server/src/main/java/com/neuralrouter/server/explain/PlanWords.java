package com.neuralrouter.server.explain;

import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Explanation.Attempted;
import com.neuralrouter.contract.Explanation.Candidate;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.route.RoutePlan.Dropped;
import com.neuralrouter.server.route.Tried;
import com.neuralrouter.server.route.condition.Condition;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A plan in the words of the admin API. */
final class PlanWords {
    private PlanWords() {}

    static Explanation explanation(@Nullable RequestId request, RoutePlan plan, List<Tried> tried) {
        var candidates = new ArrayList<Candidate>();
        for (Attempt attempt : plan.attempts()) {
            candidates.add(
                    candidate(
                            attempt.upstream(),
                            candidates.size() + 1,
                            attempt.standing().name(),
                            attempt.score()));
        }
        for (Route.Upstream reserve : plan.reserves()) {
            candidates.add(candidate(reserve, 0, reserve.choice().use().name(), 0));
        }
        for (Route.Upstream shadow : plan.shadows()) {
            candidates.add(candidate(shadow, 0, shadow.choice().use().name(), 0));
        }
        for (Dropped dropped : plan.dropped()) {
            candidates.add(candidate(dropped.upstream(), 0, dropped.reason().name(), 0));
        }
        return new Explanation(
                request,
                plan.route().name(),
                plan.route().model(),
                plan.route().ways().strategy(),
                Long.toHexString(plan.seed()),
                candidates,
                tried.stream().map(PlanWords::attempted).toList(),
                outcome(request, tried));
    }

    private static Candidate candidate(
            Route.Upstream upstream, int place, String verdict, double score) {
        Condition when = upstream.choice().when();
        boolean known = Double.isFinite(score) && score < Double.MAX_VALUE;
        return new Candidate(
                upstream.endpoint().name(),
                upstream.model(),
                place,
                verdict,
                known ? score : -1,
                when == null ? "" : when.text());
    }

    private static Attempted attempted(Tried step) {
        return new Attempted(
                step.attempt().endpoint().name(),
                step.attempt().model(),
                step.outcome().name(),
                step.at(),
                step.micros(),
                step.result(),
                connection(step.connection()));
    }

    private static Explanation.@Nullable Connection connection(Connection over) {
        return switch (over.use()) {
            case NONE -> null;
            case KEPT, MADE ->
                    new Explanation.Connection(
                            over.use() == Connection.Use.KEPT,
                            over.lookupMicros(),
                            over.tcpMicros(),
                            over.tlsMicros());
        };
    }

    private static @Nullable String outcome(@Nullable RequestId request, List<Tried> tried) {
        if (request == null) {
            return null;
        }
        boolean answered =
                tried.stream().anyMatch(step -> step.outcome() == Tried.Outcome.ANSWERED);
        return answered ? "ANSWERED" : "FAILED";
    }
}
