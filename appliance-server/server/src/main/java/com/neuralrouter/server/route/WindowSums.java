package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderHealth.Breach;
import com.neuralrouter.contract.ProviderHealth.Measure;

import java.util.ArrayList;
import java.util.List;

/**
 * What requests met at a provider in a window of time.
 *
 * @param unanswered how many were not answered at all
 * @param errors how many were answered with an error of the provider's own
 * @param firstTokenMillis within which nineteen of twenty answers began, to a fifth; 0 of none
 * @param tokensPerSecond while answers were written; 0 if none was
 */
record WindowSums(
        long requests, long unanswered, long errors, long firstTokenMillis, long tokensPerSecond) {

    /** The share that was answered, in thousandths. */
    long availability() {
        return requests == 0 ? 1_000 : (requests - unanswered) * 1_000 / requests;
    }

    /** The share that was answered with an error, in thousandths. */
    long errorRate() {
        return requests == 0 ? 0 : errors * 1_000 / requests;
    }

    /**
     * What of the promise is broken.
     *
     * @param least fewer requests are no judgement
     */
    List<Breach> breaches(Sla sla, int least) {
        var found = new ArrayList<Breach>(1);
        if (requests < least) {
            return found;
        }
        if (sla.availability() > 0 && availability() < sla.availability()) {
            found.add(new Breach(Measure.AVAILABILITY, sla.availability(), availability()));
        }
        if (sla.errors() > 0 && errorRate() > sla.errors()) {
            found.add(new Breach(Measure.ERRORS, sla.errors(), errorRate()));
        }
        if (sla.firstTokenMillis() > 0 && firstTokenMillis > sla.firstTokenMillis()) {
            found.add(
                    new Breach(
                            Measure.FIRST_TOKEN_MILLIS, sla.firstTokenMillis(), firstTokenMillis));
        }
        if (sla.tokensPerSecond() > 0
                && tokensPerSecond > 0
                && tokensPerSecond < sla.tokensPerSecond()) {
            found.add(
                    new Breach(Measure.TOKENS_PER_SECOND, sla.tokensPerSecond(), tokensPerSecond));
        }
        return found;
    }
}
