package com.neuralrouter.desktop.vault;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Page;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.AuditSearch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the audit trail tells of backups: the list of them does not say when one was verified, nor
 * whether a restore was ever rehearsed.
 *
 * @param verified when each backup was last found whole, by its name
 * @param drill the last rehearsal of a restore
 * @param whole whether the trail was read to its beginning, so that what is not here never was
 */
record History(Map<String, Instant> verified, Optional<Drill> drill, boolean whole) {
    /** How much of the trail is looked at; the newest. */
    static final int ENTRIES = 1_000;

    private static final String TARGET = "backup/";

    History {
        verified = Map.copyOf(verified);
    }

    /** A rehearsed restore. */
    record Drill(boolean passed, Instant at) {}

    /** Reads it, page by page. */
    static Answer<History> read(AdminClient client) {
        return from(client, "", List.of());
    }

    private static Answer<History> from(
            AdminClient client, String cursor, List<AuditEntry> before) {
        return client.audit(AuditSearch.EVERYTHING, cursor, AdminApi.MAX_LIMIT)
                .then(page -> {
                    var entries = new ArrayList<>(before);
                    entries.addAll(page.items());
                    return next(client, page, entries);
                });
    }

    private static Answer<History> next(
            AdminClient client, Page<AuditEntry> page, List<AuditEntry> entries) {
        var cursor = page.nextCursor();
        return cursor == null || entries.size() >= ENTRIES
                ? new Answer.Ok<>(of(entries, cursor == null))
                : from(client, cursor, entries);
    }

    /** Of entries, the newest first. */
    static History of(List<AuditEntry> entries, boolean whole) {
        var verified = new HashMap<String, Instant>();
        Optional<Drill> drill = Optional.empty();
        for (AuditEntry entry : entries) {
            switch (entry.action()) {
                case "backup.verified" ->
                        verified.putIfAbsent(entry.target().substring(TARGET.length()), entry.at());
                case "backup.drill_passed", "backup.drill_failed" -> {
                    if (drill.isEmpty()) {
                        drill =
                                Optional.of(
                                        new Drill(entry.action().endsWith("passed"), entry.at()));
                    }
                }
                default -> {}
            }
        }
        return new History(verified, drill, whole);
    }
}
