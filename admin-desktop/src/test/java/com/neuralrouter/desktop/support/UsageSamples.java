package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.contract.UsageReport.UsageSums;
import com.neuralrouter.contract.WorkspaceId;

import java.util.List;

/** What the requests of {@link Samples} came to. */
public final class UsageSamples {
    private static final long EURO = 1_000_000;

    private UsageSamples() {}

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
