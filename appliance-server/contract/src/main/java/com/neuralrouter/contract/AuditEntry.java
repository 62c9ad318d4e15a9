package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * One entry of the audit trail.
 *
 * @param sequence gap-free, beginning with 1
 * @param action lower_snake with a dot, as in {@code api_key.revoked}
 * @param target what was acted on, as in {@code api_key/<id>}
 * @param details further facts by name; never a secret, never content
 */
public record AuditEntry(
        long sequence,
        Instant at,
        Actor actor,
        String action,
        String target,
        @Nullable String workspace,
        Outcome outcome,
        String requestId,
        Map<String, String> details) {

    public AuditEntry {
        details = Map.copyOf(details);
    }

    /**
     * Who acted.
     *
     * @param type {@code device} for an administrator, {@code system} for the appliance itself,
     *     {@code local} for a command run on the box
     * @param id the device's id; for the others their name
     * @param address where the request came from; absent if it came from no network
     */
    public record Actor(String type, String id, String name, @Nullable String address) {}

    /** Whether it was done. */
    public enum Outcome {
        DONE,
        REFUSED
    }
}
