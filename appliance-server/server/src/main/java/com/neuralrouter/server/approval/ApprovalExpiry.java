package com.neuralrouter.server.approval;

import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.id.Ids;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Records in the trail that proposals have expired. They can't be approved from the moment on at
 * which they expire, whether this has recorded it or not. One for each running appliance, with a
 * thread of its own.
 */
public final class ApprovalExpiry implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ApprovalExpiry.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final SiteReads reads;
    private final ApprovalStore store;
    private final ApprovalCommands commands;
    private final Ids ids;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("approval-expiry").daemon().factory());

    public ApprovalExpiry(
            SiteReads reads, ApprovalStore store, ApprovalCommands commands, Ids ids, Clock clock) {
        this.reads = reads;
        this.store = store;
        this.commands = commands;
        this.ids = ids;
        this.clock = clock;
    }

    public void start() {
        thread.scheduleWithFixedDelay(
                this::lookSafely, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    /** An exception would end the schedule silently. */
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.WARNING,
                    "expired approvals could not be recorded cause={0}",
                    failure.getClass());
        }
    }

    void look() {
        Instant now = clock.instant();
        boolean any =
                reads.read(tx ->
                        store.undecided(tx).stream()
                                .anyMatch(each -> each.state(now) == State.EXPIRED));
        if (any) {
            commands.expire(
                    Authorisation.ofAppliance(
                            "approvals", Permission.APPROVALS_DECIDE, ids.nextRequest()));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
