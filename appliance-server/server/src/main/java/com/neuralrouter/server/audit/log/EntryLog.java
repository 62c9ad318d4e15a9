package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.Frontier;
import com.neuralrouter.tlog.HashReader;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;
import com.neuralrouter.tlog.TreeHash;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * An append-only log of entries that knows nothing of what they mean: numbered from 0 without a
 * gap, on the disk before they are acknowledged, encrypted there, and the leaves of a Merkle tree
 * (RFC 6962) whose root is signed. There is one for a running appliance, which {@link #close()}s it
 * last; safe for all threads.
 *
 * <p>Below its folder: {@code entries/}, the segments, from which all else follows; {@code
 * checkpoint}, the newest signed one, never of more than is durable; {@code hashes/}, the tree's
 * hashes, made again when they are missing or wrong; {@code lock}.
 *
 * <p>What can't be told from the folder alone: that all of it was put back to an older state, with
 * its checkpoint. For that others keep checkpoints, and the store knows its outbox.
 */
public final class EntryLog implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EntryLog.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** As many entries can be appended at once. */
    public static final int MOST_DRAFTS = BatchBuilder.MOST_ENTRIES;

    private final Parts parts;
    private final Recovery recovery;
    private final Checkpointer checkpointer;
    private final LogWriter writer;

    /** As far as the log is durable. Set by the writer's thread. */
    private final AtomicReference<LogEnd> end;

    private record Parts(
            LogFolder folder, EntryLogKeys keys, Segments segments, HashFiles hashes) {}

    /** Gives the log its folder, which it closes. */
    @FunctionalInterface
    interface FolderSource {
        LogFolder lock();
    }

    /**
     * What opening found.
     *
     * @param unclean whether the process before ended without closing the log
     * @param cutBytes what it left of a batch that nobody was told of, and is not in the log
     * @param unsigned how many entries are in the log behind its last checkpoint
     */
    public record Recovery(boolean unclean, long cutBytes, long unsigned) {}

    private EntryLog(
            Parts parts,
            Recovery recovery,
            AtomicReference<LogEnd> end,
            Checkpointer checkpointer,
            LogWriter writer) {
        this.parts = parts;
        this.recovery = recovery;
        this.end = end;
        this.checkpointer = checkpointer;
        this.writer = writer;
    }

    /** Whether a log was made in the folder, as far as can be told from its names. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(CheckpointFile.NAME))
                || Files.exists(folder.resolve(SegmentHeader.FOLDER));
    }

    /**
     * Makes a new site's log, or opens the one that was made and never written to. Owns the keys
     * from then on, whatever comes of it. Throws {@link AuditLogDamaged} if there are entries.
     */
    public static EntryLog create(Path folder, EntryLogKeys keys, Clock clock) {
        return create(() -> FolderOnDisk.lock(folder), keys, clock, RETRY);
    }

    static EntryLog create(FolderSource source, EntryLogKeys keys, Clock clock, Duration retry) {
        return owning(
                source,
                keys,
                folder -> {
                    var file = new CheckpointFile(folder);
                    SignedNote checkpoint = file.read(keys.origin(), keys.verifiers()).orElse(null);
                    if (LogOpening.hasSegments(folder)) {
                        throw new AuditLogDamaged(
                                SegmentHeader.FOLDER, "has entries where a new log was to be made");
                    }
                    SignedNote first =
                            checkpoint == null ? Checkpointer.first(file, keys, clock) : checkpoint;
                    return opened(folder, keys, first, clock, retry);
                });
    }

    /**
     * Opens a log. Owns the keys from then on, whatever comes of it. Throws {@link AuditLogDamaged}
     * unless it is whole and is the one that its checkpoint was signed for, and {@link
     * AuditUnavailable} if another process uses it or it can't be read.
     */
    public static EntryLog open(Path folder, EntryLogKeys keys, Clock clock) {
        return open(() -> FolderOnDisk.lock(folder), keys, clock, RETRY);
    }

    static EntryLog open(FolderSource source, EntryLogKeys keys, Clock clock, Duration retry) {
        return owning(
                source,
                keys,
                folder -> {
                    SignedNote checkpoint =
                            new CheckpointFile(folder)
                                    .read(keys.origin(), keys.verifiers())
                                    .orElseThrow(() ->
                                            new AuditLogDamaged(CheckpointFile.NAME, "is missing"));
                    return opened(folder, keys, checkpoint, clock, retry);
                });
    }

    /** Closes what it was given unless a log comes of it. */
    private static EntryLog owning(
            FolderSource source, EntryLogKeys keys, Function<LogFolder, EntryLog> opening) {
        LogFolder folder = null;
        EntryLog log = null;
        try {
            folder = source.lock();
            log = opening.apply(folder);
            return log;
        } finally {
            if (log == null) {
                keys.close();
                close(folder);
            }
        }
    }

    private static EntryLog opened(
            LogFolder folder,
            EntryLogKeys keys,
            SignedNote checkpoint,
            Clock clock,
            Duration retry) {
        Checkpoint signed = Checkpoint.parse(checkpoint.text());
        LogOpening.Opened opened = LogOpening.of(folder, keys.entries(), signed);
        Segments segments = opened.segments();
        HashFiles hashes = HashFiles.open(folder, segments, opened.end().size());
        var end = new AtomicReference<>(opened.end());
        var checkpointer =
                Checkpointer.start(new CheckpointFile(folder), keys, clock, checkpoint, end::get);
        var writer =
                LogWriter.start(
                        new LogWriter.Place(folder, keys.entries(), segments),
                        opened,
                        clock,
                        retry,
                        (before, leafHashes, after) -> {
                            hashes.append(before.size(), leafHashes);
                            end.set(after);
                            checkpointer.grownTo(after.size());
                        });
        long unsigned = opened.end().size() - signed.size();
        return new EntryLog(
                new Parts(folder, keys, segments, hashes),
                new Recovery(opened.unended() != null || unsigned > 0, opened.cutBytes(), unsigned),
                end,
                checkpointer,
                writer);
    }

    /** What opening found. */
    public Recovery recovery() {
        return recovery;
    }

    /**
     * Appends entries, one behind the other and all of them or none. When this returns, they are on
     * the disk; who calls meanwhile shares the force. Throws {@link AuditUnavailable}, what a draft
     * throws, and {@link IllegalArgumentException} for entries the log can't hold.
     *
     * @param drafts 1 to 256
     */
    public Appended append(List<Draft> drafts) {
        if (drafts.isEmpty() || drafts.size() > BatchBuilder.MOST_ENTRIES) {
            throw new IllegalArgumentException(drafts.size() + " entries at once");
        }
        return writer.append(List.copyOf(drafts));
    }

    /** Throws {@link AuditUnavailable} when an append would; costs nothing. */
    public void demandSound() {
        writer.demandSound();
    }

    /** Whether an append would be tried; one volatile read or two. */
    public boolean writable() {
        return writer.writable();
    }

    /** How many entries are in the log, on the disk. */
    public long size() {
        return end.get().size();
    }

    /** The highest number of the store's outbox that is in the log; 0 if there is none. */
    public long outboxMark() {
        return end.get().marks().outbox();
    }

    /** The highest position of an inference request that is in the log; 0 if there is none. */
    public long requestMark() {
        return end.get().marks().requests();
    }

    /** The outbox mark of the batch that holds the entry: never lower for a later one. */
    public long outboxMarkAt(long sequence) {
        return marksAt(sequence).outbox();
    }

    /** The request mark of the batch that holds the entry: never lower for a later one. */
    public long requestMarkAt(long sequence) {
        return marksAt(sequence).requests();
    }

    private Marks marksAt(long sequence) {
        if (sequence < 0 || sequence >= size()) {
            throw new IllegalArgumentException("no entry " + sequence + " in a log of " + size());
        }
        return parts.segments().batchOf(sequence).marks();
    }

    /** The time of the last entry; that of 1970 if there is none. */
    public Instant lastTime() {
        return LogEnd.time(end.get().micros());
    }

    /** The tree as it is now, not signed. */
    public Checkpoint tree() {
        LogEnd now = end.get();
        return new Checkpoint(parts.keys().origin(), now.size(), now.root());
    }

    /** The newest signed checkpoint, which is on the disk. */
    public SignedNote checkpoint() {
        return checkpointer.newest();
    }

    /** When that was signed; when the log was opened if that was before. */
    public Instant checkpointSignedAt() {
        return checkpointer.newestAt();
    }

    /** A signed checkpoint of the tree as it is now. Throws {@link AuditUnavailable}. */
    public SignedNote checkpointNow() {
        return checkpointer.now();
    }

    /** What verifies its checkpoints: Ed25519 first, then ML-DSA-44. */
    public List<NoteVerifier> verifiers() {
        return parts.keys().verifiers();
    }

    /**
     * The hashes of the tree as it is now, for proofs about it and about every smaller one. What is
     * missing or wrong on the disk is made again from the entries meanwhile.
     */
    public HashReader hashes() {
        return new VerifiedHashes(parts.hashes(), end.get());
    }

    /**
     * Hands out the entries from the one (inclusive) to the other (exclusive), at most {@link
     * #size()}. Each is authentic; throws {@link AuditLogDamaged} at the first that isn't.
     */
    public void read(long from, long to, EntryVisitor visitor) {
        if (from < 0 || from > to || to > size()) {
            throw new IllegalArgumentException(
                    "no entries from " + from + " to " + to + " in a log of " + size());
        }
        parts.segments().read(from, to, visitor);
    }

    /**
     * Reads all that was in the log when it was called, and demands that every byte is as it was
     * written; makes hashes again that aren't. Throws {@link AuditLogDamaged}.
     *
     * @return the tree that was verified
     */
    public Checkpoint verify() {
        LogEnd upTo = end.get();
        SignedNote note =
                new CheckpointFile(parts.folder())
                        .read(parts.keys().origin(), verifiers())
                        .orElseThrow(() -> new AuditLogDamaged(CheckpointFile.NAME, "is missing"));
        Checkpoint signed = Checkpoint.parse(note.text());
        parts.segments().verify(upTo, (before, batch) -> demandSigned(signed, before, batch));
        new VerifiedHashes(parts.hashes(), upTo).verifyAll();
        return new Checkpoint(parts.keys().origin(), upTo.size(), upTo.root());
    }

    /**
     * What a backup copies, in this order, while the log is written: the newest checkpoint and the
     * segments. The copy opens as a log that ends a little earlier; its hashes are made again.
     */
    public List<FilePart> durableParts() {
        SignedNote newest = checkpoint();
        return DurableParts.of(parts.folder(), newest, parts.segments().durable(size()));
    }

    /** If the signed tree ends in this batch, it has to have this root. */
    private static void demandSigned(Checkpoint signed, LogEnd before, Batch batch) {
        if (signed.size() <= before.size() || signed.size() > batch.end()) {
            return;
        }
        Frontier tree = before.tree().copy();
        batch.visit(
                before.size(),
                signed.size(),
                (sequence, leaf, side) -> tree.append(TreeHash.leaf(leaf)));
        if (!Arrays.equals(tree.root(), signed.root())) {
            throw new AuditLogDamaged(CheckpointFile.NAME, "is of other entries");
        }
    }

    /** Appends what waits, signs the tree and gives the folder back. Idempotent. */
    @Override
    public void close() {
        writer.close();
        checkpointer.close();
        close(parts.folder());
        parts.keys().close();
    }

    private static void close(@Nullable LogFolder folder) {
        try {
            if (folder != null) {
                folder.close();
            }
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "the audit log''s folder stays locked cause={0}", failure);
        }
    }
}
