package com.neuralrouter.server.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.neuralrouter.contract.ProviderKind;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * What a provider publishes about the requests that it takes; a file among the tests' resources.
 */
public final class RequestSchema {
    private RequestSchema() {}

    /** What does not fit; nothing if all does. */
    public static List<String> misfits(ProviderKind kind, JsonNode body) {
        ProviderKind whose = kind == ProviderKind.AZURE ? ProviderKind.OPENAI : kind;
        String resource =
                "/provider/" + whose.name().toLowerCase(Locale.ROOT) + "-request.schema.json";
        try (InputStream schema = RequestSchema.class.getResourceAsStream(resource)) {
            String text = new String(schema.readAllBytes(), UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text)
                    .validate(body)
                    .stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
