package com.neuralrouter.server.audit.log;

import com.neuralrouter.server.secret.LogKey;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.Frontier;
import com.neuralrouter.tlog.TreeHash;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out where the log ends and that it is the one whose checkpoint lies beside it. Reads the
 * index of each segment, and all of the last one if that was not ended. Changes nothing that says
 * anything.
 */
final class LogOpening {
    private final LogFolder folder;
    private final LogKey key;
    private final Checkpoint checkpoint;
    private final Segments segments;
    private LogEnd end = LogEnd.start();
    private LogEnd beforeCheckpoint = end;
    private SegmentWriter.@Nullable Unended unended;
    private long cutBytes;

    private LogOpening(LogFolder folder, LogKey key, Checkpoint checkpoint) {
        this.folder = folder;
        this.key = key;
        this.checkpoint = checkpoint;
        this.segments = new Segments(folder, key);
    }

    /**
     * A log that was found whole.
     *
     * @param unended the last segment if it is yet to be ended
     * @param cutBytes what was at its end and is not in the log
     */
    record Opened(
            Segments segments,
            LogEnd end,
            SegmentWriter.@Nullable Unended unended,
            long cutBytes) {}

    /** Throws {@link AuditLogDamaged} and {@link AuditUnavailable}. */
    static Opened of(LogFolder folder, LogKey key, Checkpoint checkpoint) {
        var opening = new LogOpening(folder, key, checkpoint);
        opening.readSegments();
        opening.demandCheckpoint();
        return new Opened(opening.segments, opening.end, opening.unended, opening.cutBytes);
    }

    /** Whether there is any segment. */
    static boolean hasSegments(LogFolder folder) {
        try {
            return !folder.list(SegmentHeader.FOLDER).isEmpty();
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(SegmentHeader.FOLDER, failure);
        }
    }

    private void readSegments() {
        String name = SegmentHeader.FOLDER;
        try {
            List<String> names = folder.list(SegmentHeader.FOLDER);
            for (String each : names) {
                name = SegmentHeader.FOLDER + "/" + each;
                if (!name.equals(SegmentHeader.name(end.size()))) {
                    throw new AuditLogDamaged(
                            name,
                            "is not the segment that follows, which is "
                                    + SegmentHeader.name(end.size()));
                }
                read(name, each.equals(names.getLast()));
            }
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(name, failure);
        }
    }

    private void read(String name, boolean isLast) throws IOException {
        try (SegmentReader reader = SegmentReader.open(folder, name, key, SegmentReader.WIDE)) {
            if (reader == null) {
                demandNeverBegun(name, isLast);
                return;
            }
            SegmentHeader header = reader.header();
            if (header.first() != end.size() || !Arrays.equals(header.root(), end.root())) {
                demandNeverBegun(name, isLast);
                return;
            }
            if (end.size() <= checkpoint.size()) {
                beforeCheckpoint = end;
            }
            SegmentIndex index = reader.index();
            if (index != null) {
                segments.addEnded(header.first());
                end = index.end();
            } else if (isLast) {
                takeUp(SegmentScan.of(name, reader, end));
            } else {
                throw new AuditLogDamaged(name, "was altered at its end");
            }
        }
    }

    /**
     * A header is forced before anything follows it: a segment with another one and nothing behind
     * it is what the loss of power left of an attempt to begin it, and will be replaced.
     */
    private void demandNeverBegun(String name, boolean isLast) throws IOException {
        try (LogFile file = folder.open(name)) {
            if (!isLast || file.size() > SegmentHeader.BYTES) {
                throw new AuditLogDamaged(name, "does not begin as the segment that follows");
            }
        }
    }

    private void takeUp(SegmentScan.Found found) throws IOException {
        SegmentWriter.Unended segment = found.segment();
        unended = segment;
        end = segment.end();
        cutBytes = found.cutBytes();
        segments.addGrowing(segment.places());
        if (segment.places().count() > 0) {
            force(found);
        }
    }

    /**
     * Writes the last batch once more, as it is, and forces it. It may have been read from memory
     * alone: after a force that fails, what was not written counts as written all the same (Rebello
     * et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
     */
    private void force(SegmentScan.Found found) throws IOException {
        try (LogFile file = folder.open(found.segment().name())) {
            int length = (int) (found.segment().position() - found.lastBatch());
            ByteBuffer batch = ByteBuffer.allocate(length);
            file.read(batch, found.lastBatch());
            file.write(batch.flip(), found.lastBatch());
            file.force();
        }
    }

    private void demandCheckpoint() {
        if (checkpoint.size() > end.size()) {
            throw new AuditLogDamaged(
                    SegmentHeader.FOLDER,
                    "ends after "
                            + end.size()
                            + " entries, but the checkpoint is of "
                            + checkpoint.size()
                            + ": entries were cut off, or an older state was put back");
        }
        if (!Arrays.equals(checkpoint.root(), rootAtCheckpoint())) {
            throw new AuditLogDamaged(
                    SegmentHeader.FOLDER,
                    "has other entries than those of the checkpoint of " + checkpoint.size());
        }
    }

    private byte[] rootAtCheckpoint() {
        if (checkpoint.size() == end.size()) {
            return end.root();
        }
        Frontier tree = beforeCheckpoint.tree().copy();
        segments.read(
                tree.size(),
                checkpoint.size(),
                (sequence, leaf, side) -> tree.append(TreeHash.leaf(leaf)));
        return tree.root();
    }
}
