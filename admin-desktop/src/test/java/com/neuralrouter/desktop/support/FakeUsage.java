package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.UsageClient;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of a {@link FakeAdminClient} about usage. */
public final class FakeUsage implements UsageClient {
    public final List<UsageReport.UsageRow> rows = new CopyOnWriteArrayList<>();

    /** What was asked for last. */
    public volatile @Nullable UsageQuery asked;

    private final FakeAnswers answers;

    FakeUsage(FakeAnswers answers) {
        this.answers = answers;
    }

    @Override
    public Answer<UsageReport> usage(UsageQuery query) {
        return answers.read(
                "usage",
                () -> {
                    asked = query;
                    return new UsageReport(
                            query.since(),
                            query.until(),
                            rows,
                            rows.isEmpty() ? List.of() : List.of(UsageSamples.total()),
                            0);
                });
    }

    @Override
    public Answer<UsageExport> exportUsage(UsageQuery query) {
        return answers.change(
                "exportUsage", () -> new UsageExport("usage.csv", "workspace,cost\r\n"));
    }
}
