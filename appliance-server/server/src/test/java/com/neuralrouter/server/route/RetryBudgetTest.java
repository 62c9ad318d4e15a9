package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final RetryBudget budget = new RetryBudget(0);

    private int taken(int tries, long now) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budget.take(now) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void beginsWithEnoughForASingleRequest() {
        assertThat(taken(100, 0)).isEqualTo(10);
    }

    @Test
    void growsByAFifthOfTheRequests() {
        taken(100, 0);
        for (int i = 0; i < 200; i++) {
            budget.request(0);
        }

        assertThat(taken(100, 0)).isEqualTo(40);
    }

    @Test
    void growsByTenASecondSoThatAQuietRouteCanFailOver() {
        taken(100, 0);

        assertThat(taken(100, 1_000)).isEqualTo(10);
    }

    @Test
    void neverHoldsMoreThanAHundred() {
        for (int i = 0; i < 100_000; i++) {
            budget.request(0);
        }

        assertThat(taken(1_000, 3_600_000)).isEqualTo(100);
    }
}
