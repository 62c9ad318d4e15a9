package com.neuralrouter.server.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the last segment when it was not ended: because the process was, or the machine. What is
 * behind the last whole batch was never acknowledged, as long as it is at most one batch; for one
 * is forced before the next one is written. So if any later batch is whole, one before it was
 * altered.
 */
final class SegmentScan {
    private final String name;
    private final SegmentReader reader;
    private final BatchPlaces places;
    private LogEnd end;
    private long position = SegmentHeader.BYTES;
    private long lastBatch;

    private SegmentScan(String name, SegmentReader reader, LogEnd before) {
        this.name = name;
        this.reader = reader;
        this.places = new BatchPlaces(before.size());
        this.end = before;
    }

    /**
     * What a scan found.
     *
     * @param cutBytes how many bytes behind the last batch say something and are not in the log
     * @param lastBatch where the last batch begins
     */
    record Found(SegmentWriter.Unended segment, long lastBatch, long cutBytes) {}

    /** Throws {@link AuditLogDamaged}. */
    static Found of(String name, SegmentReader reader, LogEnd before) throws IOException {
        var scan = new SegmentScan(name, reader, before);
        scan.readBatches();
        long cut = scan.tailBytes();
        return new Found(
                new SegmentWriter.Unended(
                        name, reader.header(), scan.places, scan.end, (int) scan.position),
                scan.lastBatch,
                cut);
    }

    private void readBatches() throws IOException {
        Batch batch = reader.batchAt(position);
        while (batch != null) {
            demandInPlace(batch.head());
            lastBatch = position;
            position += batch.head().recordBytes();
            places.add((int) lastBatch, batch.head().first(), (int) position);
            end = batch.after(end);
            batch = reader.batchAt(position);
        }
    }

    private void demandInPlace(RecordHead head) {
        boolean inPlace =
                head.number() == places.count()
                        && head.first() == end.size()
                        && Arrays.equals(head.root(), end.root());
        if (!inPlace) {
            throw new AuditLogDamaged(name, "has a batch of another place at byte " + position);
        }
    }

    private long tailBytes() throws IOException {
        long tail = lastByteThatSays() - position;
        long later = tail > 0 ? reader.findRecord(position + 1, places.count()) : -1;
        if (later >= 0) {
            throw new AuditLogDamaged(
                    name,
                    "was altered at byte "
                            + position
                            + ", before a record at byte "
                            + later
                            + " that is whole");
        }
        return Math.max(0, tail);
    }

    /** The end of what is not zero, as space that was taken in advance is. */
    private long lastByteThatSays() throws IOException {
        long last = position;
        for (long at = position; at < reader.size(); at += SegmentReader.NARROW) {
            ByteBuffer bytes = reader.bytes(at, SegmentReader.NARROW);
            for (int i = bytes.remaining() - 1; i >= 0; i--) {
                if (bytes.get(i) != 0) {
                    last = at + i + 1;
                    break;
                }
            }
        }
        return last;
    }
}
