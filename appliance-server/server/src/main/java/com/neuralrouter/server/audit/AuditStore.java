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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The tables {@code audit_entry} and {@code audit_head}. No state; safe for all threads. */
public final class AuditStore {
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
        return tx.handle()
                .createQuery(
                        """
                        SELECT sequence, at, actor_type, actor_id, actor_name, actor_address,
                               action, target, workspace, outcome, request_id, details
                        FROM audit_entry WHERE sequence < :before
                        ORDER BY sequence DESC LIMIT :limit
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> entry(row))
                .list();
    }

    /** Waits for the appender before, if there is one, and keeps others out until the end. */
    long lockHead(Tx tx) {
        return tx.handle()
                .createQuery("SELECT sequence FROM audit_head WHERE id = 1 FOR UPDATE")
                .mapTo(Long.class)
                .one();
    }

    void moveHead(Tx tx, long sequence) {
        tx.handle().execute("UPDATE audit_head SET sequence = ? WHERE id = 1", sequence);
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
                .bind("at", at.atOffset(ZoneOffset.UTC))
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
                JSON.readValue(row.getString("details"), DETAILS));
    }
}
