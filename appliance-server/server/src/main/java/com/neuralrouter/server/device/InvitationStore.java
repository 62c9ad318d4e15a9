package com.neuralrouter.server.device;

import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.InvitationId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.store.Tx;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code invitation}. No state; safe for all threads. */
public final class InvitationStore {

    void insert(Tx tx, Invitation invitation) {
        tx.touched("invitation", invitation.id().value());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO invitation (id, selector, token_hash, name, role, created_at,
                            expires_at, failures, device_id, person)
                        VALUES (:id, :selector, :tokenHash, :name, :role, :createdAt,
                            :expiresAt, 0, NULL, :person)
                        """)
                .bind("id", invitation.id().value())
                .bind("selector", invitation.selector())
                .bind("tokenHash", invitation.tokenHash())
                .bind("name", invitation.name())
                .bind("role", invitation.role().name())
                .bind("createdAt", invitation.createdAt().atOffset(ZoneOffset.UTC))
                .bind("expiresAt", invitation.expiresAt().atOffset(ZoneOffset.UTC))
                .bind("person", invitation.person())
                .execute();
    }

    Optional<Invitation> find(Tx tx, String selector) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT id, selector, token_hash, name, role, created_at, expires_at,
                               failures, device_id, person
                        FROM invitation WHERE selector = :selector
                        """)
                .bind("selector", selector)
                .map((row, _) -> invitation(row))
                .findOne();
    }

    void countFailure(Tx tx, InvitationId id) {
        tx.touched("invitation", id.value());
        tx.handle()
                .execute("UPDATE invitation SET failures = failures + 1 WHERE id = ?", id.value());
    }

    void use(Tx tx, InvitationId id, DeviceId device) {
        tx.touched("invitation", id.value());
        int used =
                tx.handle()
                        .execute(
                                "UPDATE invitation SET device_id = ? WHERE id = ? AND device_id IS"
                                        + " NULL",
                                device.value(),
                                id.value());
        if (used != 1) {
            throw new IllegalStateException("an invitation was used twice: " + id);
        }
    }

    /** Deletes those that expired before the moment, used or not, and tells how many. */
    int deleteExpiredBefore(Tx tx, Instant moment) {
        List<UUID> expired =
                tx.handle()
                        .createQuery("SELECT id FROM invitation WHERE expires_at < :moment")
                        .bind("moment", moment.atOffset(ZoneOffset.UTC))
                        .map((row, _) -> row.getObject("id", UUID.class))
                        .list();
        for (UUID id : expired) {
            tx.touched("invitation", id);
            tx.handle().execute("DELETE FROM invitation WHERE id = ?", id);
        }
        return expired.size();
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                new InvitationId(row.getObject("id", UUID.class)),
                row.getString("selector"),
                row.getBytes("token_hash"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getInt("failures"),
                row.getObject("device_id", UUID.class) != null,
                row.getString("person"));
    }
}
