package com.neuralrouter.server.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.tlog.CanonicalJson;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The form of an entry in the log, for ever: canonical JSON (RFC 8785), documented in {@code
 * docs/reference/audit-log.md}. What says who somebody is, and whatever an administrator made up,
 * is there as a {@link KeyedHash} only; the readable text is in the store's row and can be erased
 * there without touching the tree.
 */
final class EntryLeaf {
    /** Details whose values are the appliance's own words and numbers. */
    private static final Set<String> PLAIN =
            Set.of(
                    "again",
                    "auditEntries",
                    "by",
                    "bytes",
                    "changes",
                    "code",
                    "configuration",
                    "count",
                    "entries",
                    "from",
                    "held",
                    "keys",
                    "keysDestroyed",
                    "kind",
                    "newest",
                    "permission",
                    "reason",
                    "role",
                    "row",
                    "seal",
                    "secrets",
                    "sha256",
                    "since",
                    "siteAfter",
                    "siteBefore",
                    "siteVersion",
                    "state",
                    "table",
                    "to",
                    "until",
                    "version",
                    "versions",
                    "what");

    private final KeyedHash hashes;

    EntryLeaf(KeyedHash hashes) {
        this.hashes = hashes;
    }

    /**
     * @param sequence the leaf's place in the tree
     * @param time when the log took it; the entry's own time is when it happened
     */
    byte[] of(long sequence, Instant time, AuditEntry entry) {
        var leaf = Leaves.begin(sequence, time, "entry");
        if (entry.sequence() > 0) {
            leaf.put("entry", entry.sequence());
        }
        leaf.put("happened", Leaves.text(entry.at()));
        leaf.put("actor", actor(entry.actor()));
        leaf.put("action", entry.action());
        leaf.put("target", entry.target());
        if (entry.workspace() != null) {
            leaf.put("workspace", hashes.of("workspace", entry.workspace()));
        }
        leaf.put("outcome", Leaves.text(entry.outcome()));
        leaf.put("request", entry.requestId());
        leaf.put("details", details(entry.details()));
        return CanonicalJson.write(leaf);
    }

    private Map<String, Object> actor(AuditEntry.Actor actor) {
        var form = new TreeMap<String, Object>();
        form.put("type", actor.type());
        form.put(
                "id", actor.type().equals("local") ? hashes.of("account", actor.id()) : actor.id());
        form.put("name", hashes.of("name", actor.name()));
        if (actor.address() != null) {
            form.put("address", hashes.of("address", actor.address()));
        }
        return form;
    }

    private Map<String, Object> details(Map<String, String> details) {
        var form = new TreeMap<String, Object>();
        details.forEach((name, value) ->
                form.put(name, PLAIN.contains(name) ? value : hashes.of(name, value)));
        return form;
    }
}
