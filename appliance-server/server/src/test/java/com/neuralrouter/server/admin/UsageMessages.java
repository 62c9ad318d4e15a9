package com.neuralrouter.server.admin;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.RequestCosts;
import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageQuery.Period;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.contract.UsageReport.UsageSums;
import com.neuralrouter.contract.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One example of each record about what requests came to. */
final class UsageMessages {
    private static final Instant SINCE = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-02-01T00:00:00Z");

    private UsageMessages() {}

    static void addTo(Map<String, Object> all) {
        LimitMessages.addTo(all);
        all.put(
                "UsageQuery",
                new UsageQuery(
                        SINCE,
                        UNTIL,
                        List.of(Dimension.WORKSPACE, Dimension.API_KEY),
                        Period.DAY,
                        "research",
                        "chat app",
                        "llama-3",
                        "vllm-a"));
        all.put("UsageQuery-all", new UsageQuery(SINCE, UNTIL, null, null, null, null, null, null));
        all.put("UsageReport", new UsageReport(SINCE, UNTIL, rows(), List.of(sums()), 3));
        all.put("UsageExport", new UsageExport("usage-2027-01-01-2027-02-01.csv", "currency\r\n"));
        all.put("RequestCosts", costs());
        all.put("RequestCosts-unknown", noCosts());
    }

    static RequestCosts costs() {
        return new RequestCosts(
                10, 5, 40, 12_345L, "EUR", "2026112901+5f0c9a1b2c3d", 250, 1_200, 168L);
    }

    static RequestCosts noCosts() {
        return new RequestCosts(0, 0, 0, null, null, null, 0, 0);
    }

    private static List<UsageRow> rows() {
        return List.of(
                new UsageRow(
                        SINCE,
                        new WorkspaceId(new UUID(0, 1)),
                        "research",
                        new ApiKeyId(new UUID(0, 3)),
                        "chat app",
                        "llama-3",
                        "vllm-a",
                        sums()),
                new UsageRow(null, null, null, null, null, null, null, sums()));
    }

    private static UsageSums sums() {
        return new UsageSums("EUR", 100, 3, 2, 1, 10_000, 4_000, 500, 2_000, 300, 12_345, 678_901);
    }
}
