package com.neuralrouter.server.audit;

import com.neuralrouter.server.store.Tx;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The table {@code audit_span}: what stands in each 4,096 entries. No state; safe for all threads.
 */
final class SpanStore {
    /** As many entries are one span: its number is that of the last one, less one, by this. */
    static final long ENTRIES = 4096;

    /** So many are read at once. */
    static final int PAGE = 64;

    private static final List<String> TEXTS =
            List.of(
                    "action",
                    "target",
                    "actor_id",
                    "actor_name",
                    "address",
                    "workspace",
                    "details");

    /** One of them. */
    record Span(long number, Instant earliest, Instant latest, TextFilter words) {
        boolean mayHave(AuditQuery query) {
            Instant since = query.since();
            Instant until = query.until();
            String text = query.text();
            return (since == null || !latest.isBefore(since))
                    && (until == null || earliest.isBefore(until))
                    && (text == null || words.mayHave(text));
        }
    }

    /** In which span an entry is. */
    static long of(long sequence) {
        return (sequence - 1) / ENTRIES;
    }

    /** The first entry of a span. */
    static long first(long span) {
        return span * ENTRIES + 1;
    }

    /** From this span on, downwards. */
    List<Span> from(Tx tx, long newest) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT number, earliest, latest, words FROM audit_span
                        WHERE number <= :newest ORDER BY number DESC LIMIT :limit
                        """)
                .bind("newest", newest)
                .bind("limit", PAGE)
                .map((row, _) ->
                        new Span(
                                row.getLong("number"),
                                row.getObject("earliest", OffsetDateTime.class).toInstant(),
                                row.getObject("latest", OffsetDateTime.class).toInstant(),
                                new TextFilter(row.getBytes("words"))))
                .list();
    }

    /** To be called when entries were appended: makes the spans that are full now. */
    void fill(Tx tx, long before, long last) {
        for (long span = of(before + 1); first(span + 1) <= last + 1; span++) {
            make(tx, span);
        }
    }

    /** Makes a span anew after its entries were changed; nothing where there is none. */
    void remake(Tx tx, long span) {
        if (tx.handle().execute("DELETE FROM audit_span WHERE number = ?", span) > 0) {
            make(tx, span);
        }
    }

    private static void make(Tx tx, long span) {
        var times = new Instant[2];
        var words = new TextFilter();
        tx.handle()
                .createQuery(
                        """
                        SELECT at, action, target, actor_id, actor_name,
                               COALESCE(actor_address, '') AS address,
                               COALESCE(workspace, '') AS workspace, details
                        FROM audit_entry WHERE sequence >= :first AND sequence < :next
                        """)
                .bind("first", first(span))
                .bind("next", first(span + 1))
                .map((row, _) -> {
                    for (String column : TEXTS) {
                        words.add(row.getString(column));
                    }
                    return row.getObject("at", OffsetDateTime.class).toInstant();
                })
                .forEach(at -> {
                    times[0] = times[0] == null || at.isBefore(times[0]) ? at : times[0];
                    times[1] = times[1] == null || at.isAfter(times[1]) ? at : times[1];
                });
        if (times[0] != null) {
            insert(tx, new Span(span, times[0], times[1], words));
        }
    }

    private static void insert(Tx tx, Span span) {
        tx.handle()
                .execute(
                        """
                        INSERT INTO audit_span (number, earliest, latest, words)
                        VALUES (?, ?, ?, ?)
                        """,
                        span.number(),
                        AuditStore.utc(span.earliest()),
                        AuditStore.utc(span.latest()),
                        span.words().bytes());
    }
}
