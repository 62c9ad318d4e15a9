package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.provider.UsageObserver.Format;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * An operation that is passed on to providers that have it and is never put into another format: of
 * its body, only the model, and that what it needs is there, is looked at.
 */
final class PassedOn implements Dialect {
    private final ApiErrors errors;
    private final Operation operation;
    private final String path;
    private final List<String> required;
    private final Format usage;

    /**
     * One of OpenAI's API, or of the servers that speak it.
     *
     * @param required the fields that it needs beside the model
     * @param usage how its answers tell what they cost
     */
    PassedOn(Operation operation, String path, Format usage, String... required) {
        this(operation, path, usage, new OpenAiErrors(), required);
    }

    /**
     * @param required the fields that it needs beside the model
     * @param usage how its answers tell what they cost
     */
    PassedOn(Operation operation, String path, Format usage, ApiErrors errors, String... required) {
        this.errors = errors;
        this.operation = operation;
        this.path = path;
        this.usage = usage;
        this.required = List.of(required);
    }

    @Override
    public Operation operation() {
        return operation;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public ApiErrors errors() {
        return errors;
    }

    @Override
    public InferenceRequest read(String contentType, byte[] body) {
        return StrictJson.read(body, parser -> read(body, parser));
    }

    private InferenceRequest read(byte[] body, JsonParser parser) {
        var deciding = new ArrayList<>(required);
        deciding.addAll(List.of("model", "stream"));
        var fields = new BodyFields(parser, deciding);
        var missing = new ArrayList<>(required);
        fields.read((name, value) -> {
            if (name.equals("stream")) {
                BodyFields.require(!fields.bool(name, value), name, "must be false, or not there");
            } else if (required.contains(name)) {
                if (value != JsonToken.VALUE_NULL) {
                    missing.remove(name);
                }
                parser.skipChildren();
            } else {
                fields.other(name);
            }
        });
        String model = fields.model();
        if (!missing.isEmpty()) {
            throw BodyFields.refused(missing.getFirst(), "is required");
        }
        return new Request(new SplicedBody(body, model, fields.modelAt()), usage);
    }

    private record Request(SplicedBody body, Format usage) implements InferenceRequest {

        @Override
        public String model() {
            return body.model();
        }

        @Override
        public boolean stream() {
            return false;
        }

        @Override
        public byte[] content() {
            return body.bytes();
        }

        @Override
        public long outputTokens() {
            return PolicyFacts.NOT_REQUESTED;
        }

        @Override
        public Payload.Verbatim verbatim(String upstreamModel, OptionalInt cap) {
            return body.withModel(upstreamModel);
        }

        @Override
        public UsageObserver observer() {
            return UsageObserver.of(usage, false);
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "PassedOn[" + body + "]";
        }
    }
}
