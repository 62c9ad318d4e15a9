package com.neuralrouter.server.approval;

import com.neuralrouter.contract.Approval.Party;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.server.approval.StoredApproval.Decision;
import com.neuralrouter.server.approval.StoredApproval.Proposed;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code approval}. A row is never deleted. No state; safe for all threads. */
public final class ApprovalStore {
    private static final String TABLE = "approval";
    private static final String SELECT =
            """
            SELECT id, kind, subject, document, base, hash, differences, note, state, proposer,
                   proposer_device, proposed_at, expires_at, decider, decider_device, decided_at,
                   decision_note
            FROM approval
            """;

    Optional<StoredApproval> find(Tx tx, ApprovalId id) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> approval(row))
                .findOne();
    }

    /** Older than {@code before}, newest first. */
    List<StoredApproval> before(Tx tx, UUID before, int limit) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id < :before ORDER BY id DESC LIMIT :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> approval(row))
                .list();
    }

    /** Those that nobody has decided about, in the order in which they were proposed. */
    List<StoredApproval> undecided(Tx tx) {
        return tx.handle()
                .createQuery(SELECT + "WHERE state = 'PENDING' ORDER BY id")
                .map((row, _) -> approval(row))
                .list();
    }

    void insert(Tx tx, StoredApproval approval) {
        tx.touched(TABLE, approval.id().value());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO approval (id, kind, subject, document, base, hash, differences,
                            note, state, proposer, proposer_device, proposed_at, expires_at)
                        VALUES (:id, :kind, :subject, :document, :base, :hash, :differences,
                            :note, 'PENDING', :proposer, :device, :at, :expiresAt)
                        """)
                .bind("id", approval.id().value())
                .bind("kind", approval.kind().name())
                .bind("subject", approval.subject())
                .bind("document", approval.document())
                .bind("base", approval.base())
                .bind("hash", approval.hash())
                .bind("differences", approval.differences().kept())
                .bind("note", approval.note())
                .bind("proposer", approval.proposed().by().person())
                .bind("device", approval.proposed().by().device())
                .bind("at", Columns.time(approval.proposed().at()))
                .bind("expiresAt", Columns.time(approval.proposed().expiresAt()))
                .execute();
    }

    void decide(Tx tx, ApprovalId id, Decision decision) {
        tx.touched(TABLE, id.value());
        int decided =
                tx.handle()
                        .execute(
                                """
                                UPDATE approval SET state = ?, decider = ?, decider_device = ?,
                                    decided_at = ?, decision_note = ?
                                WHERE id = ? AND state = 'PENDING'
                                """,
                                decision.state().name(),
                                decision.by() == null ? null : decision.by().person(),
                                decision.by() == null ? null : decision.by().device(),
                                Columns.time(decision.at()),
                                decision.note(),
                                id.value());
        if (decided != 1) {
            throw new IllegalStateException("an approval was decided twice: " + id);
        }
    }

    private static StoredApproval approval(ResultSet row) throws SQLException {
        return new StoredApproval(
                new ApprovalId(row.getObject("id", UUID.class)),
                ChangeKind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("document"),
                row.getString("base"),
                row.getString("hash"),
                WhatDiffers.read(row.getString("differences")),
                row.getString("note"),
                new Proposed(
                        new Party(row.getString("proposer"), row.getString("proposer_device")),
                        Columns.time(row, "proposed_at"),
                        Columns.time(row, "expires_at")),
                decision(row));
    }

    private static @Nullable Decision decision(ResultSet row) throws SQLException {
        State state = State.valueOf(row.getString("state"));
        Instant at = Columns.timeOrNull(row, "decided_at");
        if (state == State.PENDING || at == null) {
            return null;
        }
        String decider = row.getString("decider");
        return new Decision(
                state,
                decider == null ? null : new Party(decider, row.getString("decider_device")),
                at,
                row.getString("decision_note"));
    }
}
