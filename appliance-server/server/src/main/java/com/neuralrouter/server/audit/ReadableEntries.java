package com.neuralrouter.server.audit;

import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.Tx;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What may be taken out of the readable entries: old ones as a whole, and a name or an address. An
 * entry that is not in the log yet is left alone, and so is one that a legal hold is on. No proof
 * is touched by it: the log has keyed hashes only, and keeps them. Safe for all threads.
 */
public final class ReadableEntries {
    /** What stands where something was erased. */
    public static final String ERASED = "(erased)";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SpanStore SPANS = new SpanStore();

    private static final String HELD =
            """
            EXISTS (SELECT 1 FROM legal_hold h WHERE h.lifted_at IS NULL
                AND (h.since IS NULL OR e.at >= h.since) AND (h.until IS NULL OR e.at < h.until)
                AND (h.workspace IS NULL OR h.workspace = e.workspace)
                AND (h.actor IS NULL OR h.actor = e.actor_id))
            """;

    private static final String HAS_IT =
            """
            e.sequence <= :logged AND (e.actor_name = :text OR e.actor_address = :text
                OR e.actor_id = :text OR e.details LIKE :inDetails ESCAPE '!')
            """;

    private static final int PAGE = 10_000;

    private final Database database;
    private final LongSupplier logged;
    private final KeyedHash marks;

    /**
     * An erasure's result.
     *
     * @param held how many entries a legal hold has kept as they are
     */
    public record Erased(long erased, long held) {}

    /** An entry that something is erased in. */
    private record Row(
            long sequence, String actorId, String actorName, String address, String details) {}

    /**
     * @param logged up to which number entries are in the log
     * @param hashes marks what was erased; the caller goes on owning it
     */
    public ReadableEntries(Database database, LongSupplier logged, MacKey hashes) {
        this.database = database;
        this.logged = logged;
        this.marks = new KeyedHash(hashes);
    }

    /** Whether {@link #remove} would remove any. */
    public boolean anyRemovable(Instant before) {
        return !database.read(tx -> removable(tx, before, 1)).isEmpty();
    }

    /** Removes the oldest entries from before then, at most so many; returns how many. */
    public int remove(Tx tx, Instant before, int most) {
        List<Long> old = removable(tx, before, most);
        if (!old.isEmpty()) {
            tx.handle()
                    .createUpdate("DELETE FROM audit_entry WHERE sequence IN (<old>)")
                    .bindList("old", old)
                    .execute();
        }
        return old.size();
    }

    private List<Long> removable(Tx tx, Instant before, int most) {
        return tx.handle()
                .createQuery(
                        "SELECT e.sequence FROM audit_entry e WHERE e.at < :before"
                                + " AND e.sequence <= :logged AND NOT "
                                + HELD
                                + " ORDER BY e.at, e.sequence LIMIT :most")
                .bind("before", AuditStore.utc(before))
                .bind("logged", logged.getAsLong())
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    /** Erases the text wherever it stands as a whole: as an actor's, or as a detail. */
    public Erased erase(Tx tx, String text) {
        long held = held(tx, text);
        var spans = new TreeSet<Long>();
        List<Row> rows = withText(tx, text);
        long erased = 0;
        for (Row row : rows) {
            String details = without(row.details(), text);
            boolean any =
                    !details.equals(row.details())
                            || row.actorName().equals(text)
                            || row.actorId().equals(text)
                            || text.equals(row.address());
            if (any) {
                update(tx, row, details, text);
                spans.add(SpanStore.of(row.sequence()));
                erased++;
            }
        }
        spans.forEach(span -> SPANS.remake(tx, span));
        return new Erased(erased, held);
    }

    /** Stands for a text that was erased where the text itself must not stand. */
    public String mark(String text) {
        return marks.of("erased", text);
    }

    /** Erases every text that has one of the marks, in a store that was restored. */
    void eraseMarked(Set<String> wanted) {
        var found = new TreeSet<String>();
        var others = new HashSet<String>();
        long after = 0;
        while (true) {
            long from = after;
            List<Row> page = database.read(tx -> behind(tx, from));
            if (page.isEmpty()) {
                break;
            }
            for (Row row : page) {
                texts(row)
                        .filter(text -> !others.contains(text))
                        .forEach(text -> (wanted.contains(mark(text)) ? found : others).add(text));
                after = row.sequence();
            }
            others.clear();
        }
        found.forEach(text -> database.write(tx -> erase(tx, text)));
    }

    private static Stream<String> texts(Row row) {
        return Stream.concat(
                Stream.of(row.actorId(), row.actorName(), row.address()),
                AuditStore.details(row.details()).values().stream());
    }

    private static List<Row> behind(Tx tx, long sequence) {
        return tx.handle()
                .createQuery(
                        "SELECT sequence, actor_id, actor_name, actor_address, details FROM"
                                + " audit_entry WHERE sequence > :after ORDER BY sequence"
                                + " LIMIT :limit")
                .bind("after", sequence)
                .bind("limit", PAGE)
                .map((row, _) -> row(row))
                .list();
    }

    private long held(Tx tx, String text) {
        return tx.handle()
                .createQuery("SELECT COUNT(*) FROM audit_entry e WHERE " + HAS_IT + " AND " + HELD)
                .bind("text", text)
                .bind("inDetails", inDetails(text))
                .bind("logged", logged.getAsLong())
                .mapTo(Long.class)
                .one();
    }

    private List<Row> withText(Tx tx, String text) {
        return new ArrayList<>(
                tx.handle()
                        .createQuery(
                                "SELECT e.sequence, e.actor_id, e.actor_name, e.actor_address,"
                                        + " e.details FROM audit_entry e WHERE "
                                        + HAS_IT
                                        + " AND NOT "
                                        + HELD)
                        .bind("text", text)
                        .bind("inDetails", inDetails(text))
                        .bind("logged", logged.getAsLong())
                        .map((row, _) -> row(row))
                        .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("sequence"),
                row.getString("actor_id"),
                row.getString("actor_name"),
                String.valueOf(row.getString("actor_address")),
                row.getString("details"));
    }

    /** A value as the details' JSON has it. */
    private static String inDetails(String text) {
        return "%:"
                + JSON.writeValueAsString(text)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
    }

    private static String without(String details, String text) {
        Map<String, String> values = new TreeMap<>(AuditStore.details(details));
        boolean any = false;
        for (Map.Entry<String, String> each : values.entrySet()) {
            if (each.getValue().equals(text)) {
                each.setValue(ERASED);
                any = true;
            }
        }
        return any ? JSON.writeValueAsString(values) : details;
    }

    private static void update(Tx tx, Row row, String details, String text) {
        tx.handle()
                .createUpdate(
                        """
                        UPDATE audit_entry SET
                            actor_id = CASE WHEN actor_id = :text THEN :erased ELSE actor_id END,
                            actor_name =
                                CASE WHEN actor_name = :text THEN :erased ELSE actor_name END,
                            actor_address =
                                CASE WHEN actor_address = :text THEN :erased ELSE actor_address END,
                            details = :details
                        WHERE sequence = :sequence
                        """)
                .bind("text", text)
                .bind("erased", ERASED)
                .bind("details", details)
                .bind("sequence", row.sequence())
                .execute();
    }
}
