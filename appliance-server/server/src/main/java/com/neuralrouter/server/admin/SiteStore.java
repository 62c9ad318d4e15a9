package com.neuralrouter.server.admin;

import com.neuralrouter.server.store.Tx;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The table {@code site}: its one row. No state; safe for all threads. */
public final class SiteStore {

    /** Makes the row; a site is founded once. */
    public void found(Tx tx, UUID installation, Instant at) {
        tx.handle()
                .execute(
                        "INSERT INTO site (id, installation, version, founded_at) VALUES (1, ?, 0,"
                                + " ?)",
                        installation,
                        at.atOffset(ZoneOffset.UTC));
    }

    /** The UUID made when the site was founded; empty before that. */
    public Optional<UUID> installation(Tx tx) {
        return tx.handle()
                .createQuery("SELECT installation FROM site WHERE id = 1")
                .mapTo(UUID.class)
                .findOne();
    }

    /** The number of the last change; 0 before the first. */
    public long version(Tx tx) {
        return tx.handle()
                .createQuery("SELECT version FROM site WHERE id = 1")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /**
     * Waits for the change before, if there is one, and keeps others out until the end: changes run
     * one after another, and what one has read can't be changed under it.
     */
    void lock(Tx tx) {
        tx.handle()
                .createQuery("SELECT version FROM site WHERE id = 1 FOR UPDATE")
                .mapTo(Long.class)
                .findOne();
    }

    /** Counts a change. */
    void advance(Tx tx) {
        if (tx.handle().execute("UPDATE site SET version = version + 1 WHERE id = 1") != 1) {
            throw new IllegalStateException("a change to a site that was not founded");
        }
    }
}
