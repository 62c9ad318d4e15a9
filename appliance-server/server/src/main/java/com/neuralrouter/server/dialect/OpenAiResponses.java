package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.chat.responses.ResponsesConversationReader;
import com.neuralrouter.server.chat.responses.ResponsesReplyWriter;
import com.neuralrouter.server.dialect.ChatRequest.Facts;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.provider.UsageObserver.Format;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.List;
import java.util.OptionalInt;

/** OpenAI's Responses (OpenAI API reference, "Create a model response"). */
public final class OpenAiResponses implements Dialect {
    private final ResponsesErrors errors = new ResponsesErrors();

    @Override
    public Operation operation() {
        return Operation.RESPONSES;
    }

    @Override
    public String path() {
        return "/v1/responses";
    }

    @Override
    public ApiErrors errors() {
        return errors;
    }

    @Override
    public InferenceRequest read(String contentType, byte[] body) {
        return StrictJson.read(body, parser -> new Fields(parser).read(body));
    }

    /** One reading of one request. */
    private static final class Fields {
        private static final List<String> DECIDING =
                List.of(
                        "model",
                        "input",
                        "instructions",
                        "stream",
                        "max_output_tokens",
                        "tools",
                        "background",
                        "store");

        private final BodyFields fields;
        private boolean input;
        private boolean stream;
        private long outputTokens = PolicyFacts.NOT_REQUESTED;
        private Range nullCap = Range.NONE;

        Fields(JsonParser parser) {
            this.fields = new BodyFields(parser, DECIDING);
        }

        Request read(byte[] body) {
            fields.read(this::field);
            String model = fields.model();
            BodyFields.require(input, "input", "is required: a string, or an array of items");
            return new Request(
                    new SplicedBody(body, model, fields.modelAt()),
                    fields.facts(model, stream, outputTokens, body),
                    nullCap);
        }

        private void field(String name, JsonToken value) {
            switch (name) {
                case "input" -> {
                    if (value == JsonToken.VALUE_STRING) {
                        fields.begins(Beginning.MOST_OF_MESSAGE);
                    } else {
                        fields.conversation(name, value, "item");
                    }
                    input = true;
                }
                case "stream" -> stream = fields.bool(name, value);
                case "store" -> fields.bool(name, value);
                case "background" ->
                        BodyFields.require(
                                !fields.bool(name, value),
                                name,
                                "must be false: an answer is waited for here");
                case "max_output_tokens" -> {
                    if (value == JsonToken.VALUE_NULL) {
                        nullCap = fields.nullRange();
                    } else {
                        outputTokens = fields.positive(name, value);
                    }
                }
                case "temperature", "top_p" -> fields.numberOrNull(name, value);
                case "tools" -> fields.tools(value);
                case "instructions" -> fields.begins(Beginning.MOST);
                default -> fields.other(name);
            }
        }
    }

    private record Request(SplicedBody body, Facts facts, Range nullCap) implements ChatFacts {
        private static final ResponsesConversationReader READER = new ResponsesConversationReader();

        @Override
        public byte[] content() {
            return body.bytes();
        }

        @Override
        public Payload.Verbatim verbatim(String upstreamModel, OptionalInt cap) {
            var splices = new Splices();
            String beside = "";
            if (cap.isPresent() && outputTokens() == PolicyFacts.NOT_REQUESTED) {
                if (nullCap.present()) {
                    splices.replace(nullCap, Integer.toString(cap.getAsInt()));
                } else {
                    beside = ",\"max_output_tokens\":" + cap.getAsInt();
                }
            }
            return body.with(upstreamModel, splices, beside);
        }

        @Override
        public Payload.Translated translated(OptionalInt cap) {
            return ChatTranslation.of(body.bytes(), READER, cap, "max_output_tokens");
        }

        @Override
        public UsageObserver observer() {
            return UsageObserver.of(Format.RESPONSES, stream());
        }

        @Override
        public ReplyWriter reply(RequestId id, long createdEpochSeconds) {
            return new ResponsesReplyWriter(
                    new ReplyWriter.For(
                            id.toString(), model(), createdEpochSeconds, stream(), true),
                    BodyTree.of(body.bytes()));
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "Responses[" + body + ", stream=" + stream() + "]";
        }
    }
}
