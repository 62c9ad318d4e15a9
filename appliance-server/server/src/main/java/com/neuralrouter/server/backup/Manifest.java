package com.neuralrouter.server.backup;

import java.util.List;

/**
 * What a backup holds, written behind all of it.
 *
 * @param siteVersion of the site's state
 * @param audit where the audit trail ended
 * @param entries in the order in which they are in the backup
 */
public record Manifest(long siteVersion, AuditCheckpoint audit, List<Entry> entries) {

    public Manifest {
        entries = List.copyOf(entries);
    }

    /**
     * One entry.
     *
     * @param name its path, as in {@code tables/site.jsonl}
     * @param rows of a table; 0 for a file
     * @param bytes before compression
     * @param sha256 of these bytes, in hexadecimal digits
     */
    public record Entry(String name, long rows, long bytes, String sha256) {}

    /**
     * The audit trail's end.
     *
     * @param sequence the number of the last entry, which is how many there are
     * @param sha256 of the trail as it is in the backup; empty in a backup of the keys
     */
    public record AuditCheckpoint(long sequence, String sha256) {}

    /** How many rows all tables have together. */
    public long rows() {
        return entries.stream().mapToLong(Entry::rows).sum();
    }
}
