package com.neuralrouter.server.content;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.content.KeptContentStore.Wanted;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.policy.Retention;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Takes away kept content: what has reached its end, what the policies in force would not keep that
 * long any more, and what nothing opens. A few hundred requests at a time, each hour. One thread of
 * its own, from {@link #start} to {@link #close}.
 */
public final class ContentSweep implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ContentSweep.class.getName());
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 1_000;

    private final AdminTransactions transactions;
    private final SiteReads reads;
    private final Function<WorkspaceId, Optional<Retention>> inForce;
    private final KeptContentStore store = new KeptContentStore();
    private final ContentKeyStore keys = new ContentKeyStore();
    private final Ids ids;
    private final Clock clock;
    private final ScheduledExecutorService sweeping =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("content-sweep").daemon().factory());

    /**
     * @param inForce for how long the workspace's policies keep content now; empty while that is
     *     not known
     */
    public ContentSweep(
            AdminTransactions transactions,
            SiteReads reads,
            Function<WorkspaceId, Optional<Retention>> inForce,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.reads = reads;
        this.inForce = inForce;
        this.ids = ids;
        this.clock = clock;
    }

    public void start() {
        sweeping.scheduleWithFixedDelay(this::look, 1, 60, TimeUnit.MINUTES);
    }

    private void look() {
        try {
            sweep();
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "content that is over could not be removed cause={0}",
                    failure.getClass().getName());
        }
    }

    /** Returns of how many requests the content is gone now. */
    long sweep() {
        long gone = 0;
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            List<UUID> over = reads.read(this::over);
            if (over.isEmpty()) {
                return gone;
            }
            remove(over);
            gone += over.size();
        }
        return gone;
    }

    private List<UUID> over(Tx tx) {
        Instant now = Columns.now(clock);
        var over = new ArrayList<>(store.expired(tx, now, BATCH));
        if (over.isEmpty()) {
            for (WorkspaceId workspace : store.workspaces(tx)) {
                Instant keptBy = keptBy(workspace, now);
                if (keptBy != null) {
                    over.addAll(
                            store.requests(
                                    tx, new Wanted(workspace, null, null, null), keptBy, BATCH));
                }
            }
        }
        return over.isEmpty() ? store.keyless(tx, BATCH) : over;
    }

    /** What was kept then or before is kept too long; null where that is not known. */
    private @Nullable Instant keptBy(WorkspaceId workspace, Instant now) {
        return inForce.apply(workspace)
                .map(kept -> now.minus(Duration.ofDays(kept.wholeDays())))
                .orElse(null);
    }

    private void remove(List<UUID> over) {
        var self =
                Authorisation.ofAppliance("content", Permission.CONTENT_ERASE, ids.nextRequest());
        transactions.run(
                self,
                tx -> {
                    store.erase(tx, over);
                    keys.destroyUnused(tx);
                    return Audited.of(
                            over.size(),
                            AuditEvent.done(
                                    "content.expired",
                                    "content",
                                    Map.of("count", String.valueOf(over.size()))));
                });
    }

    @Override
    public void close() {
        sweeping.shutdownNow();
    }
}
