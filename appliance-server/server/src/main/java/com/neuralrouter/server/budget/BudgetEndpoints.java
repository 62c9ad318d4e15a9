package com.neuralrouter.server.budget;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.limit.SubjectNames;
import com.neuralrouter.server.workspace.WorkspaceStore;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** {@code GET /admin/v1/budgets}. Safe for all threads. */
public final class BudgetEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final WorkspaceStore workspaces;
    private final BudgetBook book;
    private final Clock clock;

    public BudgetEndpoints(
            SiteReads reads, WorkspaceStore workspaces, BudgetBook book, Clock clock) {
        this.reads = reads;
        this.workspaces = workspaces;
        this.book = book;
        this.clock = clock;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.BUDGETS, this::list);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.LIMITS_READ);
        var names = new SubjectNames(reads, workspaces);
        long now = clock.millis();
        List<BudgetStatus> all =
                book.all().stream()
                        .map(account -> wire(account, names, now))
                        .sorted(
                                Comparator.comparing(BudgetStatus::level)
                                        .thenComparing(status -> text(status.workspace()))
                                        .thenComparing(status -> text(status.key()))
                                        .thenComparing(BudgetStatus::name))
                        .toList();
        return AdminAnswer.ok(new Page<>(all, null));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static BudgetStatus wire(Account account, SubjectNames names, long now) {
        Subject subject = account.subject();
        Terms terms = account.terms();
        Account.Window window = account.at(now);
        long ends = window.span.ends();
        return new BudgetStatus(
                subject.level(),
                names.workspace(subject),
                SubjectNames.own(subject),
                account.name(),
                terms.per(),
                Instant.ofEpochMilli(window.span.began()),
                ends == Long.MAX_VALUE ? null : Instant.ofEpochMilli(ends),
                spent(window.money, terms.money()),
                spent(window.tokens, terms.tokens()));
    }

    private static BudgetStatus.@Nullable Spent spent(Purse purse, long limit) {
        return limit == Terms.ANY
                ? null
                : new BudgetStatus.Spent(limit, purse.spent(), purse.reserved());
    }
}
