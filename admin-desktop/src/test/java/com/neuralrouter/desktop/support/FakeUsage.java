package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.UsageClient;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of a {@link FakeAdminClient} about usage, limits and budgets. */
public final class FakeUsage implements UsageClient {
    public final List<LimitStatus> limits = new CopyOnWriteArrayList<>();
    public final List<BudgetStatus> budgets = new CopyOnWriteArrayList<>();
    public final List<UsageReport.UsageRow> rows = new CopyOnWriteArrayList<>();

    /** What was asked for last. */
    public volatile @Nullable UsageQuery asked;

    private final FakeAnswers answers;

    FakeUsage(FakeAnswers answers) {
        this.answers = answers;
    }

    @Override
    public Answer<Page<LimitStatus>> limits(String cursor) {
        return answers.read("limits", () -> new Page<>(limits, null));
    }

    @Override
    public Answer<Page<BudgetStatus>> budgets(String cursor) {
        return answers.read("budgets", () -> new Page<>(budgets, null));
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
