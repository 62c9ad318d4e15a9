package com.neuralrouter.server.audit.log;

import com.neuralrouter.server.secret.LogKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The log's segments by their first entries, and how entries are read from them. Safe for all
 * threads; nobody reads beyond what was acknowledged. Throws {@link AuditLogDamaged} and {@link
 * AuditUnavailable}.
 */
final class Segments {
    /** Of so many ended segments it is kept in memory where their batches are. */
    private static final int MOST_INDEXES = 64;

    /**
     * A segment.
     *
     * @param growing where its batches are, while it grows; null once it was ended
     */
    private record Segment(String name, @Nullable BatchPlaces growing) {}

    private final LogFolder folder;
    private final LogKey key;
    private final ConcurrentNavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final Map<Long, BatchPlaces> indexes = new LinkedHashMap<>(16, 0.75f, true);

    Segments(LogFolder folder, LogKey key) {
        this.folder = folder;
        this.key = key;
    }

    /** One that grows, or will be ended. */
    void addGrowing(BatchPlaces places) {
        long first = places.first();
        segments.put(first, new Segment(SegmentHeader.name(first), places));
    }

    /** One that was ended; if it has no batch it is no more. */
    void ended(BatchPlaces places) {
        if (places.count() == 0) {
            segments.remove(places.first());
        } else {
            addEnded(places.first());
        }
    }

    void addEnded(long first) {
        segments.put(first, new Segment(SegmentHeader.name(first), null));
    }

    /**
     * Hands out the entries from the one (inclusive) to the other (exclusive), all of them whole.
     */
    void read(long from, long to, EntryVisitor visitor) {
        long at = from;
        while (at < to) {
            Map.Entry<Long, Segment> entry = segments.floorEntry(at);
            if (entry == null) {
                throw new AuditLogDamaged(SegmentHeader.name(at), "is missing");
            }
            Long next = segments.higherKey(at);
            long end = next == null ? to : Math.min(to, next);
            readOne(entry.getKey(), entry.getValue(), at, end, visitor);
            at = end;
        }
    }

    /** The batch that holds the entry. */
    Batch batchOf(long sequence) {
        Map.Entry<Long, Segment> entry = segments.floorEntry(sequence);
        if (entry == null) {
            throw new AuditLogDamaged(SegmentHeader.name(sequence), "is missing");
        }
        Segment segment = entry.getValue();
        try (SegmentReader reader = open(segment.name(), SegmentReader.NARROW)) {
            BatchPlaces places = places(entry.getKey(), segment, reader);
            long position = places.position(places.numberOf(sequence));
            Batch batch = reader.batchAt(position);
            if (batch == null || batch.head().first() > sequence || batch.end() <= sequence) {
                throw altered(segment.name(), position);
            }
            return batch;
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(segment.name(), failure);
        }
    }

    /** The files that hold the first so many entries, and how much of each stays as it is. */
    Map<String, Long> durable(long size) {
        Map<String, Long> lengths = new LinkedHashMap<>();
        for (Segment segment : segments.headMap(size).values()) {
            BatchPlaces growing = segment.growing();
            lengths.put(segment.name(), growing == null ? length(segment.name()) : growing.end());
        }
        return lengths;
    }

    private long length(String name) {
        try (LogFile file = folder.open(name)) {
            return file.size();
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(name, failure);
        }
    }

    private void readOne(long first, Segment segment, long from, long to, EntryVisitor visitor) {
        int window =
                to - from > BatchBuilder.MOST_ENTRIES ? SegmentReader.WIDE : SegmentReader.NARROW;
        try (SegmentReader reader = open(segment.name(), window)) {
            BatchPlaces places = places(first, segment, reader);
            int number = places.numberOf(from);
            long position = places.position(number);
            long at = places.first(number);
            while (at < to) {
                Batch batch = reader.batchAt(position);
                if (batch == null || batch.head().first() != at) {
                    throw altered(segment.name(), position);
                }
                batch.visit(from, to, visitor);
                at = batch.end();
                position += batch.head().recordBytes();
            }
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(segment.name(), failure);
        }
    }

    private BatchPlaces places(long first, Segment segment, SegmentReader reader)
            throws IOException {
        if (segment.growing() != null) {
            return segment.growing();
        }
        lock.lock();
        try {
            BatchPlaces known = indexes.get(first);
            if (known != null) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        BatchPlaces read = index(segment.name(), reader).places();
        lock.lock();
        try {
            indexes.put(first, read);
            if (indexes.size() > MOST_INDEXES) {
                indexes.remove(indexes.keySet().iterator().next());
            }
            return read;
        } finally {
            lock.unlock();
        }
    }

    private static SegmentIndex index(String name, SegmentReader reader) throws IOException {
        SegmentIndex index = reader.index();
        if (index == null) {
            throw new AuditLogDamaged(name, "was altered at its end");
        }
        return index;
    }

    /** Throws {@link AuditLogDamaged} unless the file is there and has its header. */
    private SegmentReader open(String name, int window) throws IOException {
        try {
            SegmentReader reader = SegmentReader.open(folder, name, key, window);
            if (reader != null) {
                return reader;
            }
        } catch (NoSuchFileException _) {
            throw new AuditLogDamaged(name, "is missing");
        }
        throw new AuditLogDamaged(name, "does not begin as a segment does");
    }

    private static AuditLogDamaged altered(String name, long position) {
        return new AuditLogDamaged(name, "was altered at byte " + position);
    }

    /**
     * Reads everything up to the end and demands that each segment and each batch follows the one
     * before it.
     *
     * @param visitor is handed every batch, and what the log's end is behind it
     */
    void verify(LogEnd end, BatchVisitor visitor) {
        LogEnd at = LogEnd.start();
        while (at.size() < end.size()) {
            Segment segment = segments.get(at.size());
            if (segment == null) {
                throw new AuditLogDamaged(SegmentHeader.name(at.size()), "is missing");
            }
            try (SegmentReader reader = open(segment.name(), SegmentReader.WIDE)) {
                at = verifyOne(segment, reader, at, end.size(), visitor);
            } catch (IOException failure) {
                throw AuditUnavailable.unreadable(segment.name(), failure);
            }
        }
        if (!Arrays.equals(at.root(), end.root())) {
            throw new AuditLogDamaged(SegmentHeader.FOLDER, "does not give the tree's root");
        }
    }

    /** Takes the batches of a whole verified log. */
    @FunctionalInterface
    interface BatchVisitor {
        /**
         * @param before the log's end before the batch
         */
        void batch(LogEnd before, Batch batch);
    }

    private LogEnd verifyOne(
            Segment segment, SegmentReader reader, LogEnd before, long to, BatchVisitor visitor)
            throws IOException {
        String name = segment.name();
        SegmentHeader header = reader.header();
        if (header.first() != before.size() || !Arrays.equals(header.root(), before.root())) {
            throw new AuditLogDamaged(name, "does not follow the segment before it");
        }
        SegmentIndex index = segment.growing() == null ? index(name, reader) : null;
        LogEnd last = index == null ? null : index.end();
        Long next = segments.higherKey(before.size());
        long until = next == null ? to : Math.min(to, next);
        LogEnd at = before;
        long position = SegmentHeader.BYTES;
        for (int number = 0; at.size() < until; number++) {
            Batch batch = reader.batchAt(position);
            if (batch == null || !follows(batch, number, at)) {
                throw altered(name, position);
            }
            visitor.batch(at, batch);
            at = batch.after(at);
            position += batch.head().recordBytes();
        }
        if (last != null && !Arrays.equals(at.root(), last.root())) {
            throw new AuditLogDamaged(name, "ends with an index of other entries");
        }
        return at;
    }

    private static boolean follows(Batch batch, int number, LogEnd before) {
        RecordHead head = batch.head();
        return head.number() == number
                && head.first() == before.size()
                && Arrays.equals(head.root(), before.root())
                && batch.micros() >= before.micros()
                && !batch.marks().isBehind(before.marks());
    }
}
