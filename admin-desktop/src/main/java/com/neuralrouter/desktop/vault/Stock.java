package com.neuralrouter.desktop.vault;

import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.BackupList;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.desktop.ui.Tone;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The backups that there are, the work on them, and what the audit trail tells of both. */
public record Stock(BackupList list, History history) {
    /**
     * A backup, and when it was last found whole.
     *
     * @param verifiedAt empty if it never was, as far as is known
     */
    public record Kept(Backup backup, Optional<Instant> verifiedAt) {}

    /** A backup is made every day unless somebody decided otherwise: then one was missed. */
    static final Duration TOO_OLD = Duration.ofHours(48);

    /** A drill that long ago says little about the site of today. */
    static final Duration DRILL_TOO_OLD = Duration.ofDays(90);

    /** The newest of that kind. */
    Optional<Backup> newest(Backup.Kind kind) {
        return list.backups().stream().filter(each -> each.kind() == kind).findFirst();
    }

    /** The run that is under way. */
    Optional<BackupRun> running() {
        return list.runs().stream()
                .filter(run -> run.state() == BackupRun.State.RUNNING)
                .findFirst();
    }

    /** When that backup was last found whole, as far as is known. */
    Optional<Instant> verifiedAt(Backup backup) {
        return list.runs().stream()
                .filter(run -> run.operation() == BackupRun.Operation.VERIFY)
                .filter(run -> run.state() == BackupRun.State.DONE)
                .filter(run -> run.backups().contains(backup.name()))
                .flatMap(run -> Stream.ofNullable(run.endedAt()))
                .findFirst()
                .or(() -> Optional.ofNullable(history.verified().get(backup.name())));
    }

    /** All backups, newest first. */
    List<Kept> kept() {
        return list.backups().stream().map(each -> new Kept(each, verifiedAt(each))).toList();
    }

    /** With a run that has just begun. */
    Stock with(BackupRun begun) {
        var runs = new ArrayList<>(list.runs());
        runs.addFirst(begun);
        return new Stock(new BackupList(list.backups(), runs), history);
    }

    /** What somebody should look at. */
    List<Warning> warnings(Instant now) {
        var warnings = new ArrayList<Warning>();
        for (Backup.Kind kind : Backup.Kind.values()) {
            age(kind, now, warnings);
        }
        list.runs().stream()
                .filter(run -> run.operation() == BackupRun.Operation.CREATE)
                .filter(run -> run.state() != BackupRun.State.RUNNING)
                .findFirst()
                .flatMap(last -> Optional.ofNullable(last.problem()))
                .ifPresent(
                        why -> warnings.add(Warning.of(Tone.DANGER, "vault.warning.failed", why)));
        drill(now, warnings);
        return List.copyOf(warnings);
    }

    private void age(Backup.Kind kind, Instant now, List<Warning> warnings) {
        var newest = newest(kind);
        var ending = kind == Backup.Kind.DATA ? "data" : "keys";
        if (newest.isEmpty()) {
            warnings.add(Warning.of(Tone.DANGER, "vault.warning.none." + ending));
            return;
        }
        var age = Duration.between(newest.get().createdAt(), now);
        if (age.compareTo(TOO_OLD) > 0) {
            warnings.add(Warning.of(Tone.WARNING, "vault.warning.old." + ending, age.toDays()));
        }
    }

    private void drill(Instant now, List<Warning> warnings) {
        var last = history.drill();
        if (last.isEmpty()) {
            if (history.whole() && !list.backups().isEmpty()) {
                warnings.add(Warning.of(Tone.WARNING, "vault.warning.drill.none"));
            }
            return;
        }
        if (!last.get().passed()) {
            warnings.add(Warning.of(Tone.DANGER, "vault.warning.drill.failed"));
            return;
        }
        var age = Duration.between(last.get().at(), now);
        if (age.compareTo(DRILL_TOO_OLD) > 0) {
            warnings.add(Warning.of(Tone.WARNING, "vault.warning.drill.old", age.toDays()));
        }
    }
}
