package com.neuralrouter.server.device;

import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Role;
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

/** The table {@code device}. No state; safe for all threads. */
public final class DeviceStore {
    private static final String SELECT =
            """
            SELECT id, name, role, fingerprint, enrolled_at, certificate_expires_at, revoked_at,
                   person
            FROM device
            """;

    void insert(Tx tx, Device device) {
        tx.touched("device", device.id().value());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO device (id, name, role, fingerprint, enrolled_at,
                            certificate_expires_at, revoked_at, person)
                        VALUES (:id, :name, :role, :fingerprint, :enrolledAt, :expiresAt, NULL,
                            :person)
                        """)
                .bind("id", device.id().value())
                .bind("name", device.name())
                .bind("role", device.role().name())
                .bind("fingerprint", device.fingerprint())
                .bind("enrolledAt", device.enrolledAt().atOffset(ZoneOffset.UTC))
                .bind("expiresAt", device.certificateExpiresAt().atOffset(ZoneOffset.UTC))
                .bind("person", device.person())
                .execute();
    }

    Optional<Device> find(Tx tx, DeviceId id) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> device(row))
                .findOne();
    }

    /** Revoked ones too: a key is enrolled at most once. */
    Optional<Device> find(Tx tx, String fingerprint) {
        return tx.handle()
                .createQuery(SELECT + "WHERE fingerprint = :fingerprint")
                .bind("fingerprint", fingerprint)
                .map((row, _) -> device(row))
                .findOne();
    }

    /** Devices enrolled before {@code before}, newest first. */
    List<Device> before(Tx tx, UUID before, int limit) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id < :before ORDER BY id DESC LIMIT :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> device(row))
                .list();
    }

    /** Those that are not revoked: for the snapshot. */
    public List<Device> active(Tx tx) {
        return tx.handle()
                .createQuery(SELECT + "WHERE revoked_at IS NULL")
                .map((row, _) -> device(row))
                .list();
    }

    /** Whether an owner other than this one can still sign in. */
    boolean anotherOwner(Tx tx, DeviceId than, Instant now) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT EXISTS (SELECT 1 FROM device
                            WHERE role = 'OWNER' AND id <> :id AND revoked_at IS NULL
                                AND certificate_expires_at > :now)
                        """)
                .bind("id", than.value())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(Boolean.class)
                .one();
    }

    void revoke(Tx tx, DeviceId id, Instant at) {
        tx.touched("device", id.value());
        tx.handle()
                .execute(
                        "UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                        at.atOffset(ZoneOffset.UTC),
                        id.value());
    }

    private static Device device(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime revoked = row.getObject("revoked_at", OffsetDateTime.class);
        return new Device(
                new DeviceId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("fingerprint"),
                row.getObject("enrolled_at", OffsetDateTime.class).toInstant(),
                row.getObject("certificate_expires_at", OffsetDateTime.class).toInstant(),
                revoked == null ? null : revoked.toInstant(),
                row.getString("person"));
    }
}
