package com.neuralrouter.server.audit.forward;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a leaf says that has a place in a receiver's own form; the leaf goes along whole besides.
 * One that is not understood is forwarded all the same, without such facts: a text is empty then.
 *
 * @param time when the log took it; null if the leaf does not say
 * @param event the action of an entry, else the leaf's kind, as {@code heartbeat}
 */
record LeafFacts(
        @Nullable Instant time,
        String event,
        String target,
        String outcome,
        String actorType,
        String actor,
        String request) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** How much it matters, in each form's own numbers. */
    enum Severity {
        /** Something was done. */
        NORMAL(6, 3, 9, "INFO"),

        /** Something was refused. */
        REFUSED(4, 6, 13, "WARN");

        private final int syslog;
        private final int cef;
        private final int otlp;
        private final String otlpText;

        Severity(int syslog, int cef, int otlp, String otlpText) {
            this.syslog = syslog;
            this.cef = cef;
            this.otlp = otlp;
            this.otlpText = otlpText;
        }

        /** RFC 5424, section 6.2.1. */
        int syslog() {
            return syslog;
        }

        /** 0 to 10. */
        int cef() {
            return cef;
        }

        /** The log data model's SeverityNumber. */
        int otlp() {
            return otlp;
        }

        String otlpText() {
            return otlpText;
        }
    }

    static LeafFacts of(byte[] leaf) {
        try {
            JsonNode json = JSON.readTree(leaf);
            JsonNode actor = json.path("actor");
            String action = text(json, "action");
            return new LeafFacts(
                    time(text(json, "time")),
                    action.isEmpty() ? text(json, "kind") : action,
                    text(json, "target"),
                    text(json, "outcome"),
                    text(actor, "type"),
                    text(actor, "id"),
                    text(json, "request"));
        } catch (JacksonException _) {
            return new LeafFacts(null, "", "", "", "", "", "");
        }
    }

    Severity severity() {
        return outcome.equals("refused") ? Severity.REFUSED : Severity.NORMAL;
    }

    private static String text(JsonNode of, String name) {
        JsonNode value = of.path(name);
        return value.isString() ? value.stringValue() : "";
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
