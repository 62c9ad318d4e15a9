package com.neuralrouter.server.backup;

import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.BackupDrill;
import com.neuralrouter.contract.BackupList;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.BackupRun.Operation;
import com.neuralrouter.contract.BackupRun.State;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.backup.BackupMaker.Made;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.secret.StreamKey;
import com.neuralrouter.server.store.StoreFailure;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The backups of a running site: made, verified, listed, and taken away when they are old. One run
 * at a time, on a thread of its own; whoever begins one asks {@link #list()} how it ends. Each step
 * is in the audit trail. Safe for all threads.
 */
public final class Backups implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Backups.class.getName());
    private static final int RUNS_REMEMBERED = 20;

    private final BackupMaker maker;
    private final BackupKeys keys;
    private final Folders folders;
    private final AdminTransactions transactions;
    private final Ids ids;
    private final Clock clock;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("backup").daemon().factory());
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock; newest first. */
    private final Deque<BackupRun> runs = new ArrayDeque<>();

    /** Whether keys were destroyed since the last backup of them began. */
    private volatile boolean keysStale;

    /** A folder for each kind, and for how long a backup stays in it. */
    public record Folders(
            BackupFolder data, Duration keepData, BackupFolder keys, Duration keepKeys) {
        BackupFolder of(BackupKind kind) {
            return switch (kind) {
                case DATA -> data;
                case KEYS -> keys;
            };
        }

        Duration keep(BackupKind kind) {
            return switch (kind) {
                case DATA -> keepData;
                case KEYS -> keepKeys;
            };
        }
    }

    public Backups(
            BackupMaker maker,
            BackupKeys keys,
            Folders folders,
            AdminTransactions transactions,
            Ids ids,
            Clock clock) {
        this.maker = maker;
        this.keys = keys;
        this.folders = folders;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Begins to make backups of those kinds, the data first. Throws {@link AdminRefused}. */
    public BackupRun create(Authorised by, List<BackupKind> kinds) {
        by.demand(Permission.BACKUPS_MANAGE);
        return begin(
                by,
                Operation.CREATE,
                run -> {
                    for (BackupKind kind : kinds) {
                        make(by, kind, run);
                    }
                });
    }

    /**
     * Makes a backup of the keys as soon as can be, because some were destroyed: now, or behind the
     * run that is under way. If that fails, the schedule tries again.
     *
     * @return when the last backup expires that still has them; empty if none has
     */
    public Optional<Instant> renewKeys(RequestId because) {
        lock.lock();
        try {
            keysStale = true;
            Optional<Instant> newest =
                    busy()
                            // Perhaps one of the keys, begun before they were destroyed.
                            ? Optional.of(clock.instant())
                            : folders.keys().all().stream()
                                    .reduce((_, later) -> later)
                                    .map(BackupFolder::madeAt);
            makeStaleKeys(because);
            return newest.map(at -> at.plus(folders.keepKeys()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a backup of the keys is wanted before its time. */
    boolean keysAreStale() {
        return keysStale;
    }

    private void makeStaleKeys(RequestId because) {
        lock.lock();
        try {
            if (keysStale && !busy()) {
                create(
                        Authorisation.ofAppliance("backup", Permission.BACKUPS_MANAGE, because),
                        List.of(BackupKind.KEYS));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins to verify a backup. Throws {@link AdminRefused} when there is none of that name. */
    public BackupRun verify(Authorised by, String name) {
        by.demand(Permission.BACKUPS_MANAGE);
        Path path = find(name);
        return begin(
                by,
                Operation.VERIFY,
                run -> {
                    BackupFile file = BackupFile.open(path);
                    Manifest manifest;
                    try (StreamKey key = keys.key(file.header().kind())) {
                        manifest = BackupMaker.verify(file, key);
                    }
                    run.named(name);
                    record(by, "backup.verified", name, facts(file.length(), manifest));
                });
    }

    /** Puts what a rehearsed restore came to into the trail. */
    public void recordDrill(Authorised by, BackupDrill drill) {
        by.demand(Permission.BACKUPS_MANAGE);
        record(
                by,
                drill.passed() ? "backup.drill_passed" : "backup.drill_failed",
                drill.backup(),
                Map.of(
                        "keyBackup", drill.keyBackup(),
                        "rows", "" + drill.rows(),
                        "credentialsOpened", "" + drill.credentialsOpened(),
                        "credentialsShredded", "" + drill.credentialsShredded(),
                        "detail", drill.detail()));
    }

    /** What there is, newest first. Throws {@link IOException} when a folder can't be read. */
    public BackupList list() throws IOException {
        var found = new ArrayList<Backup>();
        for (BackupFolder folder : List.of(folders.data(), folders.keys())) {
            for (Path path : folder.all()) {
                try {
                    found.add(wire(BackupFile.open(path)));
                } catch (BackupRefused damaged) {
                    LOG.log(Level.ERROR, "a backup is damaged why={0}", damaged.getMessage());
                }
            }
        }
        found.sort(Comparator.comparing(Backup::createdAt).reversed());
        return new BackupList(found, runs());
    }

    /** What was begun since the start, newest first; the last few. */
    List<BackupRun> runs() {
        lock.lock();
        try {
            return List.copyOf(runs);
        } finally {
            lock.unlock();
        }
    }

    private static Backup wire(BackupFile file) {
        BackupHeader header = file.header();
        return new Backup(
                file.path().getFileName().toString(),
                switch (header.kind()) {
                    case DATA -> Backup.Kind.DATA;
                    case KEYS -> Backup.Kind.KEYS;
                },
                header.createdAt(),
                file.length(),
                header.productVersion(),
                header.schemaVersion());
    }

    private Path find(String name) {
        if (BackupFolder.isName(name)) {
            for (BackupFolder folder : List.of(folders.data(), folders.keys())) {
                Path path = folder.path().resolve(name);
                if (Files.isRegularFile(path)) {
                    return path;
                }
            }
        }
        throw new AdminRefused(ProblemCode.NOT_FOUND, "There is no backup of that name.");
    }

    /** What is done in a run. */
    private interface Work {
        void run(Progress progress) throws IOException;
    }

    /** A run that is under way. */
    private final class Progress {
        private final BackupRun begun;
        private final List<String> names = new ArrayList<>();

        Progress(BackupRun begun) {
            this.begun = begun;
        }

        void named(String name) {
            names.add(name);
            replace(State.RUNNING, null, null);
        }

        void replace(State state, @Nullable Instant endedAt, @Nullable String problem) {
            lock.lock();
            try {
                runs.removeFirst();
                runs.addFirst(
                        new BackupRun(
                                begun.id(),
                                begun.operation(),
                                state,
                                begun.startedAt(),
                                endedAt,
                                names,
                                problem));
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether a run is under way. */
    boolean busy() {
        List<BackupRun> now = runs();
        return !now.isEmpty() && now.getFirst().state() == State.RUNNING;
    }

    private BackupRun begin(Authorised by, Operation operation, Work work) {
        lock.lock();
        try {
            if (busy()) {
                throw new AdminRefused(
                        ProblemCode.IN_USE,
                        "Work on backups is under way already; wait until it has ended.");
            }
            var run =
                    new BackupRun(
                            ids.next().toString(),
                            operation,
                            State.RUNNING,
                            clock.instant(),
                            null,
                            List.of(),
                            null);
            runs.addFirst(run);
            if (runs.size() > RUNS_REMEMBERED) {
                runs.removeLast();
            }
            var progress = new Progress(run);
            thread.execute(() -> run(by, progress, work));
            return run;
        } finally {
            lock.unlock();
        }
    }

    private void run(Authorised by, Progress progress, Work work) {
        try {
            work.run(progress);
            done(progress);
        } catch (IOException | RuntimeException failure) {
            String why = FailedWork.sentence(failure);
            LOG.log(Level.ERROR, "work on backups failed why={0}", why);
            recordFailure(by, progress.begun.operation(), why);
            progress.replace(State.FAILED, clock.instant(), why);
        }
    }

    /** In one step: nobody finds the run ended and the keys' backup behind it not begun. */
    private void done(Progress progress) {
        lock.lock();
        try {
            progress.replace(State.DONE, clock.instant(), null);
            makeStaleKeys(ids.nextRequest());
        } finally {
            lock.unlock();
        }
    }

    private void recordFailure(Authorised by, Operation operation, String why) {
        try {
            record(by, "backup.failed", operation.name(), Map.of("why", why));
        } catch (StoreFailure failure) {
            // The log has it; a store that takes no entry must not hide why the backup failed.
            LOG.log(Level.ERROR, "a failed backup could not be recorded");
        }
    }

    private void make(Authorised by, BackupKind kind, Progress progress) throws IOException {
        BackupFolder folder = folders.of(kind);
        folder.sweep();
        Made made = kind == BackupKind.KEYS ? makeOfKeys(folder) : maker.make(folder);
        String name = made.path().getFileName().toString();
        record(by, "backup.created", name, facts(made.bytes(), made.manifest()));
        progress.named(name);
        for (Path old : folder.expired(clock.instant().minus(folders.keep(kind)))) {
            Files.deleteIfExists(old);
            record(by, "backup.expired", old.getFileName().toString(), Map.of());
        }
    }

    /** What is destroyed from here on may be in it. */
    private Made makeOfKeys(BackupFolder folder) throws IOException {
        boolean wereStale = keysStale;
        keysStale = false;
        boolean made = false;
        try {
            Made result = maker.make(folder);
            made = true;
            return result;
        } finally {
            if (!made && wereStale) {
                keysStale = true;
            }
        }
    }

    private static Map<String, String> facts(long bytes, Manifest manifest) {
        return Map.of(
                "bytes", "" + bytes,
                "rows", "" + manifest.rows(),
                "siteVersion", "" + manifest.siteVersion(),
                "auditEntries", "" + manifest.audit().sequence());
    }

    private void record(Authorised by, String action, String what, Map<String, String> details) {
        transactions.record(
                by.actor(), by.requestId(), AuditEvent.done(action, "backup/" + what, details));
    }

    /** Waits for the run that is under way. */
    @Override
    public void close() {
        thread.close();
    }
}
