package com.neuralrouter.server.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.AuditEntry.Outcome;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.store.Tx;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The tables {@code audit_entry}, {@code audit_head} and, by {@link SpanStore}, {@code audit_span}.
 * No state; safe for all threads.
 */
public final class AuditStore {
    private static final long FIRST_WINDOW = 1_000;
    private static final long MIN_WINDOW = 250;
    private static final long LONGEST_LOOK = TimeUnit.MILLISECONDS.toNanos(12);
    private static final long QUICK_LOOK = TimeUnit.MILLISECONDS.toNanos(5);
    private static final SpanStore SPANS = new SpanStore();

    private static final String COLUMNS =
            """
            SELECT sequence, at, actor_type, actor_id, actor_name, actor_address,
                   action, target, workspace, outcome, request_id, details
            FROM audit_entry
            """;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    /** The number of the last entry; 0 if there is none yet. */
    public long last(Tx tx) {
        return tx.handle()
                .createQuery("SELECT sequence FROM audit_head WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    /** Entries below {@code before}, newest first; {@link Long#MAX_VALUE} begins at the newest. */
    public List<AuditEntry> before(Tx tx, long before, int limit) {
        return search(tx, AuditQuery.EVERYTHING, before, limit).entries();
    }

    /**
     * What a look into the trail found.
     *
     * @param entries newest first
     * @param searchedTo no entry from this number on was left out; 1 if all were looked at
     */
    public record Found(List<AuditEntry> entries, long searchedTo) {}

    /**
     * Looks for entries below {@code before}, newest first: in a few numbers first, then in ever
     * more, until the page is full or a hundredth of a second is over. So a page costs milliseconds
     * whatever is asked; {@link Found#searchedTo} says where to go on. Spans of entries in which
     * there is surely nothing are passed over.
     */
    public Found search(Tx tx, AuditQuery query, long before, int limit) {
        var entries = new ArrayList<AuditEntry>();
        var walk = new SpanWalk(tx, SPANS, query);
        long end = System.nanoTime() + LONGEST_LOOK;
        long upper = Math.min(before, last(tx) + 1);
        long window = Math.max(FIRST_WINDOW, 2L * limit);
        long began;
        do {
            began = System.nanoTime();
            SpanWalk.Run run = walk.below(upper);
            upper = run.upper();
            if (!run.isEmpty()) {
                long floor = Math.max(run.floor(), upper - window);
                entries.addAll(within(tx, query, floor, upper, limit - entries.size()));
                upper = entries.size() == limit ? entries.getLast().sequence() : floor;
                window = next(window, System.nanoTime() - began);
            }
        } while (upper > 1 && entries.size() < limit && System.nanoTime() < end);
        return new Found(List.copyOf(entries), Math.max(1, upper));
    }

    /** The next look shall take a few milliseconds, going by the one before. */
    private static long next(long window, long nanos) {
        double growth = Math.clamp((double) QUICK_LOOK / Math.max(1, nanos), 0.25, 4);
        return Math.max(MIN_WINDOW, (long) (window * growth));
    }

    private static List<AuditEntry> within(
            Tx tx, AuditQuery query, long floor, long before, int limit) {
        return tx.handle()
                .createQuery(
                        COLUMNS
                                + "WHERE sequence < :before AND sequence >= :floor"
                                + query.conditions()
                                + " ORDER BY sequence DESC LIMIT :limit")
                .bind("before", before)
                .bind("floor", floor)
                .bind("limit", limit)
                .bindMap(query.values())
                .map((row, _) -> entry(row))
                .list();
    }

    /** Entries above {@code above} up to {@code upTo}, oldest first. */
    List<AuditEntry> between(Tx tx, long above, long upTo, int limit) {
        return tx.handle()
                .createQuery(
                        COLUMNS
                                + "WHERE sequence > :above AND sequence <= :upTo"
                                + " ORDER BY sequence LIMIT :limit")
                .bind("above", above)
                .bind("upTo", upTo)
                .bind("limit", limit)
                .map((row, _) -> entry(row))
                .list();
    }

    /** The newest entry of that action. */
    public Optional<AuditEntry> latest(Tx tx, String action) {
        return tx.handle()
                .createQuery(
                        COLUMNS
                                + """
                                WHERE sequence =
                                    (SELECT MAX(sequence) FROM audit_entry WHERE action = :action)
                                """)
                .bind("action", action)
                .map((row, _) -> entry(row))
                .findOne();
    }

    /** When an actor last did something; empty if not as far as the trail goes back. */
    public Optional<Instant> lastOf(Tx tx, String actor, String action) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT MAX(at) AS at FROM audit_entry
                        WHERE actor_id = :actor AND action = :action
                        """)
                .bind("actor", actor)
                .bind("action", action)
                .map((row, _) -> Optional.ofNullable(row.getObject("at", OffsetDateTime.class)))
                .one()
                .map(OffsetDateTime::toInstant);
    }

    /** The ids of all workspaces that have the name, or had it as far as the trail goes back. */
    List<String> workspacesCalled(Tx tx, String name) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT target FROM audit_entry
                        WHERE workspace = :name AND action = 'workspace.created'
                        UNION SELECT 'workspace/' || CAST(id AS VARCHAR(36)) FROM workspace
                        WHERE name = :name
                        """)
                .bind("name", name)
                .mapTo(String.class)
                .map(target -> target.substring(target.indexOf('/') + 1))
                .list();
    }

    /** How many leaves the log had at least when the last entry was made. */
    long logSize(Tx tx) {
        return tx.handle()
                .createQuery("SELECT log_size FROM audit_head WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    /** Waits for the appender before, if there is one, and keeps others out until the end. */
    long lockHead(Tx tx) {
        return tx.handle()
                .createQuery("SELECT sequence FROM audit_head WHERE id = 1 FOR UPDATE")
                .mapTo(Long.class)
                .one();
    }

    /** To be called when entries were inserted behind {@code before}, up to {@code last}. */
    void fillSpans(Tx tx, long before, long last) {
        SPANS.fill(tx, before, last);
    }

    void moveHead(Tx tx, long sequence, long logSize) {
        tx.handle()
                .execute(
                        """
                        UPDATE audit_head SET sequence = ?, log_size = GREATEST(log_size, ?)
                        WHERE id = 1
                        """,
                        sequence,
                        logSize);
    }

    void insert(
            Tx tx,
            long sequence,
            Instant at,
            AuditEntry.Actor actor,
            RequestId requestId,
            AuditEvent event) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO audit_entry (sequence, at, actor_type, actor_id, actor_name,
                            actor_address, action, target, workspace, outcome, request_id, details)
                        VALUES (:sequence, :at, :actorType, :actorId, :actorName,
                            :actorAddress, :action, :target, :workspace, :outcome, :requestId, :details)
                        """)
                .bind("sequence", sequence)
                .bind("at", utc(at))
                .bind("actorType", actor.type())
                .bind("actorId", actor.id())
                .bind("actorName", actor.name())
                .bind("actorAddress", actor.address())
                .bind("action", event.action())
                .bind("target", event.target())
                .bind("workspace", event.workspace())
                .bind("outcome", event.outcome().name())
                .bind("requestId", requestId.value())
                .bind("details", JSON.writeValueAsString(new TreeMap<>(event.details())))
                .execute();
    }

    static Map<String, String> details(String json) {
        return JSON.readValue(json, DETAILS);
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("sequence"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new AuditEntry.Actor(
                        row.getString("actor_type"),
                        row.getString("actor_id"),
                        row.getString("actor_name"),
                        row.getString("actor_address")),
                row.getString("action"),
                row.getString("target"),
                row.getString("workspace"),
                Outcome.valueOf(row.getString("outcome")),
                row.getObject("request_id", UUID.class).toString(),
                details(row.getString("details")));
    }
}
