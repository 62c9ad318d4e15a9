package com.neuralrouter.server.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.AuditEntry.Outcome;
import com.neuralrouter.contract.RequestId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What happened, before the trail gives it a number, a time and an actor.
 *
 * @param action lower_snake with a dot, as in {@code api_key.revoked}
 * @param target kind and id, as in {@code api_key/<id>}
 * @param workspace the workspace's name; null if it is about none
 * @param details further facts by name; never a secret, never content
 */
public record AuditEvent(
        String action,
        String target,
        @Nullable String workspace,
        Outcome outcome,
        Map<String, String> details) {

    public AuditEvent {
        details = Map.copyOf(details);
    }

    /** Something was done that belongs to no workspace. */
    public static AuditEvent done(String action, String target, Map<String, String> details) {
        return new AuditEvent(action, target, null, Outcome.DONE, details);
    }

    /** Something was done in a workspace. */
    public static AuditEvent doneIn(
            String workspace, String action, String target, Map<String, String> details) {
        return new AuditEvent(action, target, workspace, Outcome.DONE, details);
    }

    /** Something was refused. */
    public static AuditEvent refused(String action, String target, Map<String, String> details) {
        return new AuditEvent(action, target, null, Outcome.REFUSED, details);
    }

    /** The same with further details. */
    public AuditEvent with(Map<String, String> more) {
        var all = new HashMap<>(details);
        all.putAll(more);
        return new AuditEvent(action, target, workspace, outcome, all);
    }

    /** As an entry with its number, time and actor. */
    AuditEntry numbered(long sequence, Instant at, AuditEntry.Actor actor, RequestId requestId) {
        return new AuditEntry(
                sequence,
                at,
                actor,
                action,
                target,
                workspace,
                outcome,
                requestId.toString(),
                details);
    }
}
