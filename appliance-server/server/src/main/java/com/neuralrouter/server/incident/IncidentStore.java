package com.neuralrouter.server.incident;

import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Incident.Event;
import com.neuralrouter.contract.Incident.Kind;
import com.neuralrouter.contract.Incident.State;
import com.neuralrouter.contract.IncidentId;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tables {@code incident} and {@code incident_event}. No state; safe for all threads. */
public final class IncidentStore {
    /** Of one incident; further observations are not added. */
    static final int MOST_EVENTS = 200;

    private static final String SELECT =
            "SELECT id, rule, subject, state, opened_at, closed_at FROM incident ";

    public Optional<Incident> find(Tx tx, IncidentId id) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> incident(tx, row))
                .findOne();
    }

    /** The one of that rule about that subject which is not closed. */
    Optional<Incident> unclosed(Tx tx, String rule, String subject) {
        return tx.handle()
                .createQuery(
                        SELECT
                                + """
                                WHERE rule = :rule AND subject = :subject AND state <> 'CLOSED'
                                ORDER BY opened_at DESC, id DESC LIMIT 1
                                """)
                .bind("rule", rule)
                .bind("subject", subject)
                .map((row, _) -> incident(tx, row))
                .findOne();
    }

    /**
     * Newest first.
     *
     * @param before begins behind this one; null begins with the newest
     */
    public List<Incident> before(Tx tx, @Nullable IncidentId before, int limit) {
        return tx.handle()
                .createQuery(
                        SELECT
                                + (before == null ? "" : "WHERE id < :before ")
                                + "ORDER BY id DESC LIMIT :limit")
                .bind("limit", limit)
                .bind("before", before == null ? null : before.value())
                .map((row, _) -> incident(tx, row))
                .list();
    }

    /** How many are not closed. */
    public long unclosed(Tx tx) {
        return tx.handle()
                .createQuery("SELECT COUNT(*) FROM incident WHERE state <> 'CLOSED'")
                .mapTo(Long.class)
                .one();
    }

    /** Incidents are counted by these. */
    record RuleState(String rule, State state) {}

    /** How many there are of each rule and state, but for those that are closed. */
    Map<RuleState, Long> counts(Tx tx) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT rule, state, COUNT(*) AS incidents FROM incident
                        WHERE state <> 'CLOSED' GROUP BY rule, state
                        """)
                .map((row, _) ->
                        Map.entry(
                                new RuleState(
                                        row.getString("rule"),
                                        State.valueOf(row.getString("state"))),
                                row.getLong("incidents")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void insert(Tx tx, IncidentId id, String rule, String subject, Instant at) {
        tx.handle()
                .execute(
                        """
                        INSERT INTO incident (id, rule, subject, state, opened_at)
                        VALUES (?, ?, ?, 'OPEN', ?)
                        """,
                        id.value(),
                        rule,
                        subject,
                        Columns.time(at));
    }

    void state(Tx tx, IncidentId id, State state, @Nullable Instant closedAt) {
        tx.handle()
                .createUpdate(
                        "UPDATE incident SET state = :state, closed_at = :closedAt WHERE id = :id")
                .bind("state", state.name())
                .bind("closedAt", Columns.timeOrNull(closedAt))
                .bind("id", id.value())
                .execute();
    }

    void add(Tx tx, IncidentId id, int position, Event event) {
        tx.handle()
                .execute(
                        """
                        INSERT INTO incident_event (incident_id, position, at, kind, actor, text)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        id.value(),
                        position,
                        Columns.time(event.at()),
                        event.kind().name(),
                        event.actor(),
                        event.text());
    }

    private static Incident incident(Tx tx, ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new Incident(
                new IncidentId(id),
                row.getString("rule"),
                row.getString("subject"),
                State.valueOf(row.getString("state")),
                Columns.time(row, "opened_at"),
                Columns.timeOrNull(row, "closed_at"),
                events(tx, id));
    }

    private static List<Event> events(Tx tx, UUID incident) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT at, kind, actor, text FROM incident_event
                        WHERE incident_id = :incident ORDER BY position LIMIT :most
                        """)
                .bind("incident", incident)
                .bind("most", MOST_EVENTS + 10)
                .map((row, _) ->
                        new Event(
                                Columns.time(row, "at"),
                                Kind.valueOf(row.getString("kind")),
                                row.getString("actor"),
                                row.getString("text")))
                .list();
    }
}
