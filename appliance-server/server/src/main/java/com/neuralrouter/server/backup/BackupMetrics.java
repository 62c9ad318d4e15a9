package com.neuralrouter.server.backup;

import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** When backups were last made, and whether the last attempt went well. */
public final class BackupMetrics implements Metrics {
    private static final MetricFamily LAST =
            MetricFamily.gauge(
                    "backup_last_success_timestamp_seconds",
                    "When the newest backup in its folder was made, in Unix time; absent if there"
                            + " is none.",
                    "kind");
    private static final MetricFamily EVERY =
            MetricFamily.gauge(
                    "backup_interval_seconds",
                    "How often backups are to be made; 0 for never.",
                    "kind");
    private static final MetricFamily FAILED =
            MetricFamily.gauge(
                    "backup_last_run_failed",
                    "Whether the last backup that was begun since the start failed: 1 or 0.");

    public static final List<MetricFamily> FAMILIES = List.of(LAST, EVERY, FAILED);

    private final Backups backups;
    private final Backups.Folders folders;
    private final BackupSchedule.Every every;

    public BackupMetrics(Backups backups, Backups.Folders folders, BackupSchedule.Every every) {
        this.backups = backups;
        this.folders = folders;
        this.every = every;
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    /** Throws {@link UncheckedIOException} when a folder can't be read. */
    @Override
    public void writeTo(Exposition to) {
        try {
            for (BackupKind kind : BackupKind.values()) {
                List<Path> all = folders.of(kind).all();
                if (!all.isEmpty()) {
                    long at = BackupFolder.madeAt(all.getLast()).getEpochSecond();
                    to.add(LAST, at, kind.word());
                }
                to.add(EVERY, every.of(kind).toSeconds(), kind.word());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        to.add(FAILED, lastFailed() ? 1 : 0);
    }

    private boolean lastFailed() {
        return backups.runs().stream()
                .filter(run -> run.operation() == BackupRun.Operation.CREATE)
                .filter(run -> run.state() != BackupRun.State.RUNNING)
                .findFirst()
                .filter(run -> run.state() == BackupRun.State.FAILED)
                .isPresent();
    }
}
