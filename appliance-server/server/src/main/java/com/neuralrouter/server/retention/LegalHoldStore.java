package com.neuralrouter.server.retention;

import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code legal_hold}. No state; safe for all threads. */
public final class LegalHoldStore {
    private static final String SELECT =
            """
            SELECT id, name, since, until, workspace, actor, placed_at, lifted_at FROM legal_hold
            """;

    /** Every one that there ever was, the newest first. */
    List<LegalHold> all(Tx tx) {
        return tx.handle()
                .createQuery(SELECT + "ORDER BY id DESC LIMIT 10000")
                .map((row, _) -> hold(row))
                .list();
    }

    Optional<LegalHold> find(Tx tx, LegalHoldId id) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> hold(row))
                .findOne();
    }

    void insert(Tx tx, LegalHold hold) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO legal_hold
                            (id, name, since, until, workspace, actor, placed_at, lifted_at)
                        VALUES (:id, :name, :since, :until, :workspace, :actor, :placedAt, NULL)
                        """)
                .bind("id", hold.id().value())
                .bind("name", hold.name())
                .bind("since", utc(hold.since()))
                .bind("until", utc(hold.until()))
                .bind("workspace", hold.workspace())
                .bind("actor", hold.actor())
                .bind("placedAt", utc(hold.placedAt()))
                .execute();
    }

    void lift(Tx tx, LegalHoldId id, Instant at) {
        tx.handle()
                .execute("UPDATE legal_hold SET lifted_at = ? WHERE id = ?", utc(at), id.value());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static LegalHold hold(ResultSet row) throws SQLException {
        return new LegalHold(
                new LegalHoldId(row.getObject("id", UUID.class)),
                row.getString("name"),
                instant(row, "since"),
                instant(row, "until"),
                row.getString("workspace"),
                row.getString("actor"),
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                instant(row, "lifted_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
