package com.neuralrouter.server.limit;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.workspace.WorkspaceStore;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;

/** {@code GET /admin/v1/limits}. Safe for all threads. */
public final class LimitEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final WorkspaceStore workspaces;
    private final LimitBook book;

    public LimitEndpoints(SiteReads reads, WorkspaceStore workspaces, LimitBook book) {
        this.reads = reads;
        this.workspaces = workspaces;
        this.book = book;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.LIMITS, this::list);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.LIMITS_READ);
        var names = new SubjectNames(reads, workspaces);
        List<LimitStatus> all =
                book.all().stream()
                        .map(limits -> wire(limits, names))
                        .sorted(
                                Comparator.comparing(LimitStatus::level)
                                        .thenComparing(status -> text(status.workspace()))
                                        .thenComparing(status -> text(status.name())))
                        .toList();
        return AdminAnswer.ok(new Page<>(all, null));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static LimitStatus wire(Limits limits, SubjectNames names) {
        Subject subject = limits.subject();
        Places places = limits.places();
        return new LimitStatus(
                subject.level(),
                names.workspace(subject),
                SubjectNames.own(subject),
                rate(limits.requests()),
                rate(limits.tokens()),
                places == null ? null : new LimitStatus.Concurrent(places.limit(), places.taken()));
    }

    private static LimitStatus.@Nullable Rate rate(@Nullable Meter meter) {
        if (meter == null) {
            return null;
        }
        Meter.Reading now = meter.reading();
        return new LimitStatus.Rate(
                now.perMinute(), now.remaining(), (now.resetNanos() + 999_999) / 1_000_000);
    }
}
