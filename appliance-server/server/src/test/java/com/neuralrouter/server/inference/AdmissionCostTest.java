package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.dialect.InferenceRequest;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

/**
 * What planning and limiting cost together at 1,000 routes and 100,000 keys; and what counting the
 * tokens of a request adds, which only a site with limits on tokens, or budgets, pays for.
 */
class AdmissionCostTest {
    private static final int ROUNDS = 30;
    private static final int REQUESTS = 10_000;

    @Test
    void planningAndLimitingTogetherAreBelowTenMicroseconds() {
        double micros =
                measured(new LargeSite(LargeSite.WIDE, false), LargeSite.request(2_000), REQUESTS);

        say("planning and limiting, 1,000 routes, 100,000 keys: %.0f ns a request", micros * 1e3);
        assertThat(micros).isLessThan(10);
    }

    @Test
    void withBudgetsAndTokensTheRestIsTheCountingOfTheText() {
        var site = new LargeSite(LargeSite.WIDE_TOKENS, true);
        double empty = measured(site, LargeSite.request(1), REQUESTS);
        double large = measured(site, LargeSite.request(4_000), REQUESTS / 10);

        say("with limits on tokens and budgets, a text of nothing: %.0f ns", empty * 1e3);
        say("the same with a text of 4 kB: %.0f ns", large * 1e3);
        assertThat(empty).isLessThan(20);
        assertThat(large).isLessThan(100);
    }

    private static double measured(LargeSite site, InferenceRequest request, int requests) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long began = processorTime();
            for (int i = 0; i < requests; i++) {
                site.serve(request, i);
            }
            best = Math.min(best, (processorTime() - began) / (double) requests / 1_000);
        }
        return best;
    }

    /** Of this thread alone: what else the machine does is not its cost. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void say(String text, double value) {
        System.out.printf(text + "%n", value);
    }
}
