package com.neuralrouter.server.inference;

import com.neuralrouter.server.route.Route;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;

/**
 * Writes models as {@code GET /v1/models} shows them (OpenAI API reference, "List models";
 * Anthropic API reference, "List Models"). {@code context_length} and {@code max_output_tokens} are
 * in neither; apps that don't know them leave them aside.
 */
final class ModelList {
    private final JsonFactory json = new JsonFactory();

    /** Whose API it is shown in. */
    enum Form {
        OPENAI,
        ANTHROPIC
    }

    byte[] all(OfferedModels models, ModelPage page, Form form) {
        List<Route> routes = page.routes();
        var bytes = new ByteArrayOutputStream(128 + 160 * routes.size());
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            if (form == Form.OPENAI) {
                out.writeStringProperty("object", "list");
            }
            out.writeArrayPropertyStart("data");
            routes.forEach(route -> write(out, models, route, form));
            out.writeEndArray();
            if (form == Form.ANTHROPIC) {
                writeEnd(out, page);
            }
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    byte[] one(OfferedModels models, Route route, Form form) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(out, models, route, form);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, OfferedModels models, Route route, Form form) {
        out.writeStartObject();
        switch (form) {
            case OPENAI -> {
                out.writeStringProperty("id", route.model());
                out.writeStringProperty("object", "model");
                out.writeNumberProperty("created", route.createdEpochSeconds());
                out.writeStringProperty("owned_by", models.owner(route).orElse("neural-router"));
            }
            case ANTHROPIC -> {
                out.writeStringProperty("type", "model");
                out.writeStringProperty("id", route.model());
                out.writeStringProperty("display_name", route.model());
                out.writeStringProperty(
                        "created_at",
                        Instant.ofEpochSecond(route.createdEpochSeconds()).toString());
            }
        }
        models.contextTokens(route)
                .ifPresent(tokens -> out.writeNumberProperty("context_length", tokens));
        models.outputTokens(route)
                .ifPresent(tokens -> out.writeNumberProperty("max_output_tokens", tokens));
        out.writeEndObject();
    }

    private static void writeEnd(JsonGenerator out, ModelPage page) {
        List<Route> routes = page.routes();
        out.writeBooleanProperty("has_more", page.hasMore());
        if (routes.isEmpty()) {
            out.writeNullProperty("first_id");
            out.writeNullProperty("last_id");
        } else {
            out.writeStringProperty("first_id", routes.getFirst().model());
            out.writeStringProperty("last_id", routes.getLast().model());
        }
    }
}
