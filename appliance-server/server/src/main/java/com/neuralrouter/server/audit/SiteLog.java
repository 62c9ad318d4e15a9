package com.neuralrouter.server.audit;

import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.store.Database;

import java.nio.file.Path;
import java.time.Clock;

/** Opens a site's log beside its store, which knows whether there must be one. */
public final class SiteLog {
    private static final AuditStore STORE = new AuditStore();

    private SiteLog() {}

    /**
     * Only a site that never had a log gets a new one. Owns the keys, whatever comes of it; throws
     * what {@link EntryLog} throws.
     */
    public static EntryLog open(Path folder, EntryLogKeys keys, Database database, Clock clock) {
        return neverHadOne(folder, database)
                ? EntryLog.create(folder, keys, clock)
                : EntryLog.open(folder, keys, clock);
    }

    /** Whether neither the folder nor the store knows of a log. */
    public static boolean neverHadOne(Path folder, Database database) {
        return knownSize(database) == 0 && !EntryLog.isIn(folder);
    }

    /** How many leaves the log has at least, as the store knows. */
    public static long knownSize(Database database) {
        return database.read(STORE::logSize);
    }
}
