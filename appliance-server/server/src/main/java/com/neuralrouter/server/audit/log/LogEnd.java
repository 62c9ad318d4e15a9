package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.Frontier;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Where the log ends, or ended once: all that what follows has to know of what was before.
 *
 * @param tree of all entries up to here; not to be changed
 * @param micros the last entry's time, in microseconds since 1970
 * @param marks the highest numbers among the entries
 */
record LogEnd(Frontier tree, long micros, Marks marks) {
    /** Of a log without entries. */
    static LogEnd start() {
        return new LogEnd(new Frontier(), 0, Marks.NONE);
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    long size() {
        return tree.size();
    }

    byte[] root() {
        return tree.root();
    }

    /** The end with these leaves behind it. */
    LogEnd after(List<byte[]> leafHashes, long newMicros, Marks newMarks) {
        Frontier grown = tree.copy();
        leafHashes.forEach(grown::append);
        return new LogEnd(grown, newMicros, newMarks);
    }
}
