package com.neuralrouter.server.route;

import com.neuralrouter.contract.ServiceDocument.OnBreach;
import com.neuralrouter.contract.ServiceDocument.SlaDocument;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * What a provider promises of its service, as the site declares it. What is 0 is not promised.
 *
 * @param windowMillis over which time it is judged
 * @param leastRequests fewer in a window are no judgement
 * @param availability the share of requests that it must answer at all, in thousandths
 * @param errors the largest share that it may answer with an error of its own, in thousandths
 * @param firstTokenMillis within which nineteen of twenty answers must have begun
 * @param tokensPerSecond how many it must write on average
 */
public record Sla(
        long windowMillis,
        int leastRequests,
        int availability,
        int errors,
        int firstTokenMillis,
        int tokensPerSecond,
        OnBreach onBreach) {
    private static final int WINDOW_SECONDS = 60;
    private static final int LEAST_REQUESTS = 20;

    static Sla of(SlaDocument sla) {
        return new Sla(
                Terms.or(sla.windowSeconds(), WINDOW_SECONDS) * 1_000L,
                Terms.or(sla.minRequests(), LEAST_REQUESTS),
                thousandths(sla.availabilityPercent()),
                thousandths(sla.errorPercent()),
                Terms.or(sla.firstTokenMillis(), 0),
                Terms.or(sla.tokensPerSecond(), 0),
                sla.onBreach() == null ? OnBreach.SUSPEND : sla.onBreach());
    }

    private static int thousandths(@Nullable BigDecimal percent) {
        return percent == null ? 0 : percent.movePointRight(1).intValue();
    }
}
