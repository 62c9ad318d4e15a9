package com.neuralrouter.server.audit.forward;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The body of an {@code ExportLogsServiceRequest} and of its answer in OTLP's JSON encoding
 * (OpenTelemetry Protocol 1.x, "JSON Protobuf Encoding": names in lowerCamelCase, enums as numbers,
 * 64-bit numbers as decimal texts). A record's body is the leaf as it is in the tree. Immutable.
 */
final class OtlpLogs {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper ANSWERS = JsonMapper.builder().build();

    private final Sender sender;

    OtlpLogs(Sender sender) {
        this.sender = sender;
    }

    byte[] of(List<Leaf> leaves) {
        var body = new ByteArrayOutputStream(leaves.size() * 1024);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("resourceLogs");
            json.writeStartObject();
            json.writeObjectPropertyStart("resource");
            json.writeArrayPropertyStart("attributes");
            text(json, "service.name", Sender.PRODUCT);
            text(json, "service.version", sender.version());
            text(json, "service.instance.id", sender.log());
            text(json, "host.name", sender.host());
            json.writeEndArray();
            json.writeEndObject();
            json.writeArrayPropertyStart("scopeLogs");
            json.writeStartObject();
            json.writeObjectPropertyStart("scope");
            json.writeStringProperty("name", "com.neuralrouter.audit");
            json.writeEndObject();
            json.writeArrayPropertyStart("logRecords");
            for (Leaf leaf : leaves) {
                record(json, leaf);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    private static void record(JsonGenerator json, Leaf leaf) {
        LeafFacts facts = LeafFacts.of(leaf.bytes());
        json.writeStartObject();
        Instant time = facts.time();
        if (time != null) {
            json.writeStringProperty("timeUnixNano", nanos(time));
            json.writeStringProperty("observedTimeUnixNano", nanos(time));
        }
        json.writeNumberProperty("severityNumber", facts.severity().otlp());
        json.writeStringProperty("severityText", facts.severity().otlpText());
        json.writeObjectPropertyStart("body");
        json.writeStringProperty("stringValue", new String(leaf.bytes(), StandardCharsets.UTF_8));
        json.writeEndObject();
        json.writeArrayPropertyStart("attributes");
        json.writeStartObject();
        json.writeStringProperty("key", "audit.sequence");
        json.writeObjectPropertyStart("value");
        json.writeStringProperty("intValue", String.valueOf(leaf.sequence()));
        json.writeEndObject();
        json.writeEndObject();
        text(json, "audit.event", facts.event());
        text(json, "audit.target", facts.target());
        text(json, "audit.outcome", facts.outcome());
        text(json, "audit.actor.type", facts.actorType());
        text(json, "audit.actor.id", facts.actor());
        text(json, "audit.request", facts.request());
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String key, String value) {
        if (!value.isEmpty()) {
            json.writeStartObject();
            json.writeStringProperty("key", key);
            json.writeObjectPropertyStart("value");
            json.writeStringProperty("stringValue", value);
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static String nanos(Instant time) {
        return time.getEpochSecond() + "%09d".formatted(time.getNano());
    }

    /**
     * Of the answer to a request that was taken, how many records the receiver refuses for good;
     * empty for what is no such answer. None at all is a yes as well: some receivers leave it out.
     */
    static OptionalLong refused(byte[] answer) {
        if (answer.length == 0) {
            return OptionalLong.of(0);
        }
        try {
            JsonNode json = ANSWERS.readTree(answer);
            JsonNode refused = json.path("partialSuccess").path("rejectedLogRecords");
            if (!json.isObject()) {
                return OptionalLong.empty();
            }
            if (refused.isMissingNode()) {
                return OptionalLong.of(0);
            }
            if (refused.isIntegralNumber() && refused.canConvertToLong()) {
                return OptionalLong.of(refused.longValue());
            }
            return refused.isString()
                    ? OptionalLong.of(Long.parseLong(refused.stringValue()))
                    : OptionalLong.empty();
        } catch (JacksonException | NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
