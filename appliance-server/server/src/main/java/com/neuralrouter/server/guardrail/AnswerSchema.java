package com.neuralrouter.server.guardrail;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpressionFactory;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * The JSON Schema that a request gives for its answer (draft 2020-12). It comes from the app, so
 * its patterns are run by RE2, and it may refer to nothing but itself: nothing is fetched. Used by
 * the request's thread.
 */
final class AnswerSchema {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Where the formats have it. */
    private static final List<String> PLACES =
            List.of(
                    "/response_format/json_schema/schema",
                    "/text/format/schema",
                    "/output_config/format/schema",
                    "/output_format/schema");

    private static final RegularExpressionFactory RE2 =
            pattern -> {
                Pattern compiled = Pattern.compile(pattern);
                return text -> compiled.matcher(text).find();
            };

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder ->
                            builder.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .regularExpressionFactory(RE2)
                                            .build()));

    private final Schema schema;

    private AnswerSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * The request's schema; null if it gives none. Throws {@link GuardrailRefusal} for one that
     * can't be checked here.
     */
    static @Nullable AnswerSchema of(ObjectNode request) {
        for (String place : PLACES) {
            JsonNode found = request.at(place);
            if (found.isObject()) {
                JsonNode own = found.deepCopy();
                if (!refersToItselfOnly(own) || !hasNumbersThatFit(own)) {
                    throw unusable();
                }
                try {
                    return new AnswerSchema(REGISTRY.getSchema(own));
                } catch (SchemaException | PatternSyntaxException | IllegalArgumentException _) {
                    throw unusable();
                } catch (StackOverflowError endless) {
                    throw unusable();
                }
            }
        }
        return null;
    }

    private static GuardrailRefusal unusable() {
        return new GuardrailRefusal(
                GuardrailPlan.SCHEMA,
                "cannot check the request's schema: it must be a JSON Schema that refers to itself"
                        + " only, with patterns of RE2 and numbers that fit into 64 bits.");
    }

    /** So that no check of a number takes longer than the letters that it is written with. */
    private static boolean hasNumbersThatFit(JsonNode node) {
        if (node.isBigDecimal()) {
            double near = node.decimalValue().doubleValue();
            return Double.isFinite(near) && (near != 0 || node.decimalValue().signum() == 0);
        }
        return node.values().stream().allMatch(AnswerSchema::hasNumbersThatFit);
    }

    /** Takes out what names it, so that it can't be taken for another one. */
    private static boolean refersToItselfOnly(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("$id");
            object.remove("$schema");
            for (String name : List.of("$ref", "$dynamicRef")) {
                JsonNode to = object.get(name);
                if (to != null && to.isString() && !to.stringValue().startsWith("#/")) {
                    return false;
                }
            }
        }
        for (JsonNode each : node.values()) {
            if (!refersToItselfOnly(each)) {
                return false;
            }
        }
        return true;
    }

    /** Throws {@link GuardrailRefusal} unless the text is JSON that fits. */
    void demandFits(String answer) {
        boolean fits;
        try {
            fits = schema.validate(JSON.readTree(answer)).isEmpty();
        } catch (JacksonException | SchemaException | PatternSyntaxException _) {
            fits = false;
        } catch (StackOverflowError endless) {
            throw unusable();
        }
        if (!fits) {
            throw new GuardrailRefusal(
                    GuardrailPlan.SCHEMA,
                    "found an answer that does not fit the request's schema.");
        }
    }
}
