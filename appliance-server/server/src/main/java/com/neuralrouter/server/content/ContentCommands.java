package com.neuralrouter.server.content;

import com.neuralrouter.contract.ContentOf;
import com.neuralrouter.contract.EraseContent;
import com.neuralrouter.contract.ErasedContent;
import com.neuralrouter.contract.ExportContent;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.KeptContentHead;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.admin.Pages;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.content.KeptContentStore.Row;
import com.neuralrouter.server.content.KeptContentStore.Wanted;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is done about content that is kept: reading, giving it out, erasing. Each takes a reason and
 * leaves an entry, reading before anything is shown. Safe for all threads.
 */
public final class ContentCommands {
    private static final int TEXT = 500;

    /** Of an export, so that a page stays small although contents may be large. */
    private static final int PAGE = 50;

    private static final long PAGE_BYTES = 4 << 20;
    private static final int ERASED_AT_ONCE = 1_000;

    private final AdminTransactions transactions;
    private final SiteReads reads;
    private final SealedContent sealed;
    private final Function<RequestId, Optional<Instant>> keyBackups;
    private final KeptContentStore store = new KeptContentStore();
    private final WorkspaceStore workspaces = new WorkspaceStore();
    private final Clock clock;

    /**
     * @param keyBackups makes a backup of the keys without those that were destroyed, and tells
     *     when the last one expires that has them; given the request that destroyed them
     */
    public ContentCommands(
            AdminTransactions transactions,
            SiteReads reads,
            SealedContent sealed,
            Function<RequestId, Optional<Instant>> keyBackups,
            Clock clock) {
        this.transactions = transactions;
        this.reads = reads;
        this.sealed = sealed;
        this.keyBackups = keyBackups;
        this.clock = clock;
    }

    /** Of which requests content is kept, the oldest first; not the content. */
    public Page<KeptContentHead> list(WorkspaceId workspace, @Nullable UUID after, int limit) {
        List<Row> rows =
                reads.read(tx ->
                        store.of(
                                tx,
                                new Wanted(workspace, null, null, null),
                                after,
                                Columns.now(clock),
                                limit + 1));
        return Pages.of(rows, limit, Row::head, row -> row.request().toString());
    }

    public KeptContent read(Authorised by, ReadContent wanted) {
        by.demand(Permission.CONTENT_READ);
        String reason = Names.demandLabel("reason", wanted.reason(), TEXT);
        return transactions.run(
                by,
                tx -> {
                    Row row =
                            store.find(tx, wanted.request(), Columns.now(clock))
                                    .orElseThrow(() ->
                                            AdminRefused.notFound(
                                                    "content of request", wanted.request()));
                    return Audited.of(
                            sealed.open(tx, row),
                            AuditEvent.doneIn(
                                    workspace(tx, row.head().workspace()).name(),
                                    "content.read",
                                    "request/" + wanted.request(),
                                    Map.of("why", reason)));
                });
    }

    /** All that is meant, page by page. */
    public Page<KeptContent> export(Authorised by, ExportContent wanted) {
        by.demand(Permission.CONTENT_READ);
        String reason = Names.demandLabel("reason", wanted.reason(), TEXT);
        Wanted meant = meant(wanted.of());
        return transactions.run(
                by,
                tx -> {
                    Workspace workspace = workspace(tx, meant.workspace());
                    UUID after = wanted.after() == null ? null : wanted.after().value();
                    List<Row> rows = store.of(tx, meant, after, Columns.now(clock), PAGE + 1);
                    List<Row> page = upTo(rows);
                    boolean more = page.size() < rows.size();
                    return Audited.of(
                            new Page<>(
                                    page.stream().map(row -> sealed.open(tx, row)).toList(),
                                    more ? page.getLast().request().toString() : null),
                            AuditEvent.doneIn(
                                    workspace.name(),
                                    "content.exported",
                                    ContentErasure.target(meant),
                                    Map.of("why", reason, "count", "" + page.size())));
                });
    }

    /** As many as go into a page, and one at least. */
    private static List<Row> upTo(List<Row> rows) {
        var page = new ArrayList<Row>();
        long bytes = 0;
        for (Row row : rows.subList(0, Math.min(PAGE, rows.size()))) {
            bytes += row.head().bytes();
            if (!page.isEmpty() && bytes > PAGE_BYTES) {
                break;
            }
            page.add(row);
        }
        return page;
    }

    /** Can't be undone: the keys of what is meant are destroyed. */
    public ErasedContent erase(Authorised by, EraseContent wanted) {
        by.demand(Permission.CONTENT_ERASE);
        String reason = Names.demandLabel("reason", wanted.reason(), TEXT);
        Wanted meant = meant(wanted.of());
        long erased =
                transactions.run(
                        by,
                        tx -> {
                            Workspace workspace = workspace(tx, meant.workspace());
                            long count = eraseIn(tx, meant);
                            return Audited.of(
                                    count,
                                    AuditEvent.doneIn(
                                            workspace.name(),
                                            ContentErasure.ACTION,
                                            ContentErasure.target(meant),
                                            Map.of("why", reason, "count", "" + count)));
                        });
        Instant expires = erased == 0 ? null : keyBackups.apply(by.requestId()).orElse(null);
        return new ErasedContent(erased, expires);
    }

    private long eraseIn(Tx tx, Wanted meant) {
        long erased = 0;
        while (true) {
            List<UUID> some = store.requests(tx, meant, null, ERASED_AT_ONCE);
            if (some.isEmpty()) {
                return erased;
            }
            store.erase(tx, some);
            erased += some.size();
        }
    }

    private Wanted meant(ContentOf of) {
        long said =
                Stream.of(of.subject(), of.apiKey(), of.request())
                        .filter(each -> each != null)
                        .count();
        if (said > 1) {
            throw AdminRefused.field("of", "must name one of subject, apiKey and request");
        }
        String subject =
                of.subject() == null
                        ? null
                        : sealed.subject(
                                of.workspace(),
                                Names.demandLabel("of.subject", of.subject(), TEXT));
        return new Wanted(of.workspace(), subject, of.apiKey(), of.request());
    }

    private Workspace workspace(Tx tx, WorkspaceId id) {
        return workspaces.find(tx, id).orElseThrow(() -> AdminRefused.notFound("workspace", id));
    }
}
