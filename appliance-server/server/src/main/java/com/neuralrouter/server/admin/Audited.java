package com.neuralrouter.server.admin;

import com.neuralrouter.server.audit.AuditEvent;

import java.util.List;

/**
 * What a change came to, with what the audit trail shall say of it. There is always something to
 * say: a change without an event can't be expressed.
 */
public record Audited<T>(T value, List<AuditEvent> events) {

    public Audited {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a change without an audit event");
        }
    }

    public static <T> Audited<T> of(T value, AuditEvent event) {
        return new Audited<>(value, List.of(event));
    }
}
