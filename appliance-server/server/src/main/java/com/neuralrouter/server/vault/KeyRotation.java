package com.neuralrouter.server.vault;

import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.SealedRow;
import com.neuralrouter.server.secret.SealedTable;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.UnopenableSecret;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.WorkspaceKeyVersion;
import com.neuralrouter.server.store.Tx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is left to do of rotations, in steps of one transaction each. There is no list of jobs: what
 * is sealed or wrapped under an older key than the newest has to follow, so that the work goes on
 * after any stop where it was. A key is destroyed when nothing is left under it, and never before.
 * A step is a transaction of whoever calls it. No state; safe for all threads.
 */
public final class KeyRotation {
    private static final Logger LOG = System.getLogger(KeyRotation.class.getName());

    /** Few enough that an administrator's change waits for no more than a moment. */
    private static final int BATCH = 100;

    private final Vault vault;
    private final KeyRing keys;
    private final List<SealedTable> tables;

    public KeyRotation(Vault vault, KeyRing keys, List<SealedTable> tables) {
        this.vault = vault;
        this.keys = keys;
        this.tables = List.copyOf(tables);
    }

    /** How many keys and secrets are not under the newest keys yet. */
    public long pending(Tx tx) {
        long pending = keys.countWrappedBefore(tx, vault.record().rootKey().version());
        for (Map.Entry<WorkspaceId, Integer> newest : rotated(tx).entrySet()) {
            for (SealedTable table : tables) {
                pending += table.sealedUnderOlder(tx, newest.getKey(), newest.getValue()).size();
            }
        }
        return pending;
    }

    /**
     * Whether a step would find something to do.
     *
     * @param stuck workspaces with a secret that can't be opened and so can't follow
     */
    boolean isDue(Tx tx, Set<WorkspaceId> stuck) {
        return vault.record().rootKeys().size() > 1
                || !keys.knowsNewestRoot(tx)
                || rotated(tx).keySet().stream().anyMatch(each -> !stuck.contains(each));
    }

    /**
     * Does the next step, in the transaction of a change. Adds a workspace to {@code stuck} when
     * one of its secrets can't be opened: its old keys are kept, and the rest goes on.
     */
    Audited<Step> step(Tx tx, Set<WorkspaceId> stuck) {
        if (!keys.knowsNewestRoot(tx)) {
            keys.recordRoot(tx);
            return done(Step.RECORDED, "root_key.recorded", "root_key/" + newestRoot(), Map.of());
        }
        for (Map.Entry<WorkspaceId, Integer> each : rotated(tx).entrySet()) {
            if (!stuck.contains(each.getKey())) {
                return follow(tx, each.getKey(), each.getValue(), stuck);
            }
        }
        int rewrapped = keys.rewrap(tx, BATCH);
        if (rewrapped > 0) {
            return done(
                    Step.FOLLOWED,
                    "root_key.followed",
                    "root_key/" + newestRoot(),
                    Map.of("keys", Integer.toString(rewrapped)));
        }
        return done(
                Step.OLD_ROOTS_UNUSED,
                "root_key.destroyed",
                "root_key/" + vault.record().rootKeys().getFirst().version(),
                Map.of("newest", Integer.toString(newestRoot())));
    }

    private Audited<Step> follow(Tx tx, WorkspaceId workspace, int newest, Set<WorkspaceId> stuck) {
        int followed = 0;
        for (SealedTable table : tables) {
            for (SealedRow row : table.sealedUnderOlder(tx, workspace, newest)) {
                if (followed == BATCH) {
                    return followed(workspace, newest, followed);
                }
                try (SecretBytes secret = keys.open(tx, row.place(), row.sealed())) {
                    table.replace(
                            tx, new SealedRow(row.place(), keys.seal(tx, row.place(), secret)));
                    followed++;
                } catch (UnopenableSecret unopenable) {
                    stuck.add(workspace);
                    LOG.log(
                            Level.ERROR,
                            "a secret can''t follow its workspace''s new key, so the old one stays:"
                                    + " set it anew, or delete it table={0} row={1} why={2}",
                            row.place().table(),
                            row.place().row(),
                            unopenable.getMessage());
                }
            }
        }
        if (followed > 0 || stuck.contains(workspace)) {
            return followed(workspace, newest, followed);
        }
        int destroyed = keys.destroyBefore(tx, workspace, newest);
        return done(
                Step.FOLLOWED,
                "workspace_key.destroyed",
                "workspace/" + workspace,
                Map.of("versions", Integer.toString(destroyed), "newest", "" + newest));
    }

    private static Audited<Step> followed(WorkspaceId workspace, int newest, int followed) {
        return done(
                Step.FOLLOWED,
                "workspace_key.followed",
                "workspace/" + workspace,
                Map.of("secrets", Integer.toString(followed), "newest", "" + newest));
    }

    /** Destroys the root keys under which nothing is wrapped any more. */
    void retireOldRoots() {
        vault.retireRootsBefore(newestRoot());
    }

    private int newestRoot() {
        return vault.record().rootKey().version();
    }

    private static Audited<Step> done(
            Step step, String action, String target, Map<String, String> details) {
        return Audited.of(step, AuditEvent.done(action, target, details));
    }

    /** Workspaces with more than one version of their key, and the newest of them. */
    private Map<WorkspaceId, Integer> rotated(Tx tx) {
        var newest = new HashMap<WorkspaceId, Integer>();
        var several = new TreeMap<WorkspaceId, Integer>();
        for (WorkspaceKeyVersion version : keys.versions(tx)) {
            if (newest.put(version.workspace(), version.version()) != null) {
                several.put(version.workspace(), version.version());
            }
        }
        return several;
    }

    /** What a step came to. */
    enum Step {
        RECORDED,
        FOLLOWED,
        /** The old root keys can go, once the entry that says so is on the disk. */
        OLD_ROOTS_UNUSED
    }
}
