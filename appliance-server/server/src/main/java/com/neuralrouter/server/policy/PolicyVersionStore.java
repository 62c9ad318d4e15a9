package com.neuralrouter.server.policy;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code policy_version}: every version of every policy. Versions are added, and go with
 * their workspace; nothing changes one. No state; safe for all threads.
 */
public final class PolicyVersionStore {
    private static final String TABLE = "policy_version";
    private static final UUID SITE = new UUID(0, 0);
    private static final String SELECT =
            """
            SELECT v.target, v.number, v.level, v.document, v.hash, v.changed_at, v.changed_by,
                   v.note, v.restores, v.approval,
                   v.number = (SELECT MAX(n.number) FROM policy_version AS n
                               WHERE n.target = v.target) AS in_force
            FROM policy_version AS v
            """;

    /** The newest; empty if there never was a policy. */
    public Optional<PolicyVersion> newest(Tx tx, PolicyTarget target) {
        return before(tx, target, Long.MAX_VALUE, 1).stream().findFirst();
    }

    /** Older than that number, newest first. */
    public List<PolicyVersion> before(Tx tx, PolicyTarget target, long before, int limit) {
        return tx.handle()
                .createQuery(
                        SELECT
                                + """
                                WHERE v.target = :target AND v.number < :before
                                ORDER BY v.number DESC LIMIT :limit
                                """)
                .bind("target", id(target))
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> version(row))
                .list();
    }

    public Optional<PolicyVersion> find(Tx tx, PolicyTarget target, long number) {
        return tx.handle()
                .createQuery(SELECT + "WHERE v.target = :target AND v.number = :number")
                .bind("target", id(target))
                .bind("number", number)
                .map((row, _) -> version(row))
                .findOne();
    }

    void insert(Tx tx, PolicyVersion version) {
        UUID target = id(version.target());
        tx.touched(TABLE, target, version.number());
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO policy_version (target, number, level, document, hash,
                            changed_at, changed_by, note, restores, approval)
                        VALUES (:target, :number, :level, :document, :hash, :at, :by, :note,
                            :restores, CAST(:approval AS UUID))
                        """)
                .bind("target", target)
                .bind("number", version.number())
                .bind("level", level(version.target()).name())
                .bind("document", PolicyText.write(version.policy()))
                .bind("hash", version.hash())
                .bind("at", Columns.time(version.at()))
                .bind("by", version.by())
                .bind("note", version.note())
                .bind("restores", version.restores())
                .bind("approval", version.approval() == null ? null : version.approval().toString())
                .execute();
    }

    /** For the deletion of a workspace, with whose policy they go. */
    public void delete(Tx tx, PolicyTarget target) {
        tx.touched(TABLE, id(target));
        tx.handle().execute("DELETE FROM policy_version WHERE target = ?", id(target));
    }

    static Level level(PolicyTarget target) {
        if (target.apiKey() != null) {
            return Level.KEY;
        }
        return target.workspace() == null ? Level.SITE : Level.WORKSPACE;
    }

    private static UUID id(PolicyTarget target) {
        ApiKeyId key = target.apiKey();
        WorkspaceId workspace = target.workspace();
        if (key != null) {
            return key.value();
        }
        return workspace == null ? SITE : workspace.value();
    }

    private static PolicyTarget target(Level level, UUID id) {
        return switch (level) {
            case SITE -> PolicyTarget.SITE;
            case WORKSPACE -> PolicyTarget.of(new WorkspaceId(id));
            case KEY -> PolicyTarget.of(new ApiKeyId(id));
            case REQUEST -> throw new IllegalStateException("a request's policy is not kept");
        };
    }

    private static PolicyVersion version(ResultSet row) throws SQLException {
        long restores = row.getLong("restores");
        boolean restored = !row.wasNull();
        @Nullable UUID approval = row.getObject("approval", UUID.class);
        return new PolicyVersion(
                target(Level.valueOf(row.getString("level")), row.getObject("target", UUID.class)),
                row.getLong("number"),
                row.getString("hash"),
                Columns.time(row, "changed_at"),
                row.getString("changed_by"),
                row.getString("note"),
                restored ? restores : null,
                approval == null ? null : new ApprovalId(approval),
                row.getBoolean("in_force"),
                PolicyText.read(row.getString("document")));
    }
}
