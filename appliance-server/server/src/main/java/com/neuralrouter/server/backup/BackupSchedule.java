package com.neuralrouter.server.backup;

import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.id.Ids;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Makes backups when they are due: a kind is due when the newest of it is older than its interval,
 * which also makes up for what was missed while no server ran, and the keys when some were
 * destroyed that the newest has. A failed run is repeated, first after a minute, then each time
 * after twice as long, at the latest after an hour. One for each running appliance; its thread only
 * asks and begins.
 */
public final class BackupSchedule implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BackupSchedule.class.getName());
    private static final Duration ASKED_EVERY = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Backups backups;
    private final Backups.Folders folders;
    private final Every every;
    private final Ids ids;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("backup-schedule").daemon().factory());

    /** How often each kind is made; zero for never. */
    public record Every(Duration data, Duration keys) {
        Duration of(BackupKind kind) {
            return switch (kind) {
                case DATA -> data;
                case KEYS -> keys;
            };
        }
    }

    public BackupSchedule(
            Backups backups, Backups.Folders folders, Every every, Ids ids, Clock clock) {
        this.backups = backups;
        this.folders = folders;
        this.every = every;
        this.ids = ids;
        this.clock = clock;
    }

    /** From now on asks twice a minute; the first time when the start is well over. */
    public void start() {
        thread.scheduleWithFixedDelay(
                this::askSafely,
                2 * ASKED_EVERY.toSeconds(),
                ASKED_EVERY.toSeconds(),
                TimeUnit.SECONDS);
    }

    /** An exception would end the schedule silently. */
    private void askSafely() {
        try {
            ask();
        } catch (IOException | RuntimeException failure) {
            LOG.log(
                    Level.ERROR,
                    "the backups can''t be looked after cause={0}",
                    failure.getClass());
        }
    }

    /** Begins what is due. */
    void ask() throws IOException {
        if (backups.busy() || clock.instant().isBefore(notBefore())) {
            return;
        }
        var due = new ArrayList<BackupKind>();
        for (BackupKind kind : BackupKind.values()) {
            if (isDue(kind)) {
                due.add(kind);
            }
        }
        if (!due.isEmpty()) {
            backups.create(
                    Authorisation.ofAppliance(
                            "backup", Permission.BACKUPS_MANAGE, ids.nextRequest()),
                    due);
        }
    }

    private boolean isDue(BackupKind kind) throws IOException {
        if (kind == BackupKind.KEYS && backups.keysAreStale()) {
            return true;
        }
        Duration interval = every.of(kind);
        if (interval.isZero()) {
            return false;
        }
        List<Path> all = folders.of(kind).all();
        return all.isEmpty()
                || !clock.instant().isBefore(BackupFolder.madeAt(all.getLast()).plus(interval));
    }

    /** After failures in a row, when the next attempt may be. */
    private Instant notBefore() throws IOException {
        int failures = 0;
        Instant last = Instant.MIN;
        for (BackupRun run : backups.list().runs()) {
            if (run.operation() != BackupRun.Operation.CREATE) {
                continue;
            }
            if (run.state() != BackupRun.State.FAILED) {
                break;
            }
            if (failures == 0) {
                last = run.startedAt();
            }
            failures++;
        }
        if (failures == 0) {
            return Instant.MIN;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 6));
        return last.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
