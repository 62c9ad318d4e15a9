package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.BudgetDocument.Per;
import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.BudgetStatus.Spent;
import com.neuralrouter.contract.LimitLevel;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.LimitStatus.Concurrent;
import com.neuralrouter.contract.LimitStatus.Rate;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.contract.UsageReport.UsageSums;
import com.neuralrouter.contract.WorkspaceId;

import java.time.Instant;
import java.util.List;

/** What the requests of {@link Samples} came to, and what may still be used. */
public final class UsageSamples {
    private static final long EURO = 1_000_000;

    private UsageSamples() {}

    static List<LimitStatus> limits() {
        return List.of(
                new LimitStatus(
                        LimitLevel.SITE,
                        null,
                        null,
                        new Rate(6_000, 4_420, 15_800),
                        null,
                        new Concurrent(400, 61)),
                new LimitStatus(
                        LimitLevel.KEY,
                        "claims-assistant",
                        "claims-batch",
                        new Rate(120, 0, 60_000),
                        new Rate(200_000, 31_000, 50_700),
                        null));
    }

    static List<BudgetStatus> budgets() {
        return List.of(
                new BudgetStatus(
                        LimitLevel.WORKSPACE,
                        "research",
                        null,
                        "month",
                        Per.MONTH,
                        Instant.parse("2026-11-01T00:00:00Z"),
                        Instant.parse("2026-12-01T00:00:00Z"),
                        new Spent(500 * EURO, 431 * EURO, EURO / 2),
                        new Spent(40_000_000, 12_400_000, 8_000)));
    }

    static List<UsageRow> rows() {
        return List.of(
                row(11, "claims-assistant", 18_204, 412 * EURO),
                row(12, "code-review", 9_377, 96 * EURO + 420_000),
                row(15, "research", 1_020, 431 * EURO + 75_000));
    }

    private static UsageRow row(int number, String workspace, long requests, long cost) {
        return new UsageRow(
                null,
                Samples.id(WorkspaceId::of, number),
                workspace,
                null,
                null,
                null,
                null,
                sums(requests, cost));
    }

    static UsageSums total() {
        return sums(28_601, 939 * EURO + 495_000);
    }

    private static UsageSums sums(long requests, long cost) {
        return new UsageSums(
                "EUR",
                requests,
                requests / 90,
                requests / 400,
                0,
                requests * 812,
                requests * 96,
                0,
                requests * 240,
                requests * 12,
                cost,
                requests * 1_400_000);
    }
}
