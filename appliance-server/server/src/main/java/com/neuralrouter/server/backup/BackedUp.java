package com.neuralrouter.server.backup;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which table is in which backup. A table that is in neither list stops every backup, so that a new
 * one can't be forgotten.
 */
final class BackedUp {
    /** What a site is. */
    private static final Set<String> DATA =
            Set.of(
                    "site",
                    "audit_head",
                    "audit_entry",
                    "audit_span",
                    "legal_hold",
                    "workspace",
                    "api_key",
                    "provider",
                    "provider_suspension",
                    "incident",
                    "incident_event",
                    "credential",
                    "route",
                    "route_workspace",
                    "route_upstream",
                    "site_policy",
                    "workspace_policy",
                    "key_policy",
                    "policy_version",
                    "approval_rules",
                    "approval",
                    "device",
                    "invitation",
                    "model_catalogue",
                    "receipt_key",
                    "kept_content",
                    "kept_content_piece",
                    "request",
                    "api_key_use",
                    "usage_sum",
                    "usage_mark",
                    "usage_limit",
                    "budget",
                    "budget_use",
                    "budget_fold");

    /** What must be able to be destroyed in old backups too, and what must fit the vault. */
    private static final Set<String> KEYS =
            Set.of("root_key", "workspace_key", "destroyed_workspace_key", "kept_content_key");

    private BackedUp() {}

    static boolean inData(String table) {
        return DATA.contains(table);
    }

    static boolean inKeys(String table) {
        return KEYS.contains(table);
    }

    /** Throws {@link IllegalStateException} when a table is in no backup. */
    static void demandAllKnown(Collection<String> tables) {
        var unknown = new TreeSet<>(tables);
        unknown.removeAll(DATA);
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("no backup has the tables " + unknown);
        }
    }
}
