package com.neuralrouter.server.admin;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.BudgetDocument.Per;
import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.LimitLevel;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.SiteDocument;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The messages about limits and budgets, for {@link WireMessages}. */
final class LimitMessages {
    private static final LimitsDocument LIMITS = new LimitsDocument(60, 200_000, 20);
    private static final BudgetDocument BUDGET =
            new BudgetDocument(
                    "monthly",
                    Per.MONTH,
                    "Europe/Berlin",
                    new BigDecimal("2500.5"),
                    2_000_000L,
                    List.of(50, 95));

    private LimitMessages() {}

    static void addTo(Map<String, Object> all) {
        all.put(
                "SiteDocument-limits",
                new SiteDocument(
                        SiteDocument.API_VERSION,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        LIMITS,
                        List.of(BUDGET)));
        all.put(
                "LimitStatus",
                new LimitStatus(
                        LimitLevel.KEY,
                        "research",
                        "chat app",
                        new LimitStatus.Rate(60, 59, 1_000),
                        new LimitStatus.Rate(200_000, 150_000, 15_000),
                        new LimitStatus.Concurrent(20, 3)));
        all.put(
                "LimitStatus-site",
                new LimitStatus(
                        LimitLevel.SITE,
                        null,
                        null,
                        new LimitStatus.Rate(6_000, 6_000, 0),
                        null,
                        null));
        all.put(
                "BudgetStatus",
                new BudgetStatus(
                        LimitLevel.WORKSPACE,
                        "research",
                        null,
                        "monthly",
                        Per.MONTH,
                        Instant.parse("2027-01-31T23:00:00Z"),
                        Instant.parse("2027-02-28T23:00:00Z"),
                        new BudgetStatus.Spent(2_500_000_000L, 812_345_678L, 1_200_000),
                        null));
        all.put(
                "BudgetStatus-total",
                new BudgetStatus(
                        LimitLevel.KEY,
                        "research",
                        "chat app",
                        "trial",
                        Per.TOTAL,
                        Instant.parse("2027-01-31T12:00:00.123Z"),
                        null,
                        null,
                        new BudgetStatus.Spent(2_000_000, 1_999_000, 500)));
    }
}
