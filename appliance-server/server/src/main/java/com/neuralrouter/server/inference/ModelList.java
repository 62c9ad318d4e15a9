package com.neuralrouter.server.inference;

import com.neuralrouter.server.route.Route;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes models as {@code GET /v1/models} shows them (OpenAI API reference, "List models"). */
final class ModelList {
    private final JsonFactory json = new JsonFactory();

    byte[] all(List<Route> routes) {
        var bytes = new ByteArrayOutputStream(128 + 96 * routes.size());
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("object", "list");
            out.writeArrayPropertyStart("data");
            routes.forEach(route -> write(out, route));
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    byte[] one(Route route) {
        var bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(out, route);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, Route route) {
        out.writeStartObject();
        out.writeStringProperty("id", route.model());
        out.writeStringProperty("object", "model");
        out.writeNumberProperty("created", route.createdEpochSeconds());
        out.writeStringProperty("owned_by", "neural-router");
        out.writeEndObject();
    }
}
