package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.chat.anthropic.AnthropicConversationReader;
import com.neuralrouter.server.chat.anthropic.AnthropicReplyWriter;
import com.neuralrouter.server.dialect.ChatRequest.Facts;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.provider.UsageObserver.Format;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.List;
import java.util.OptionalInt;

/**
 * Anthropic's Messages, and how many tokens they have (Anthropic API reference, "Create a Message",
 * "Count tokens in a Message").
 */
public final class AnthropicMessages implements Dialect {
    private final AnthropicErrors errors = new AnthropicErrors();
    private final Operation operation;
    private final String path;

    private AnthropicMessages(Operation operation, String path) {
        this.operation = operation;
        this.path = path;
    }

    static AnthropicMessages create() {
        return new AnthropicMessages(Operation.MESSAGES, "/v1/messages");
    }

    static AnthropicMessages countTokens() {
        return new AnthropicMessages(Operation.COUNT_TOKENS, "/v1/messages/count_tokens");
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
    public RateHeaders rates() {
        return RateHeaders.ANTHROPIC;
    }

    @Override
    public InferenceRequest read(String contentType, byte[] body) {
        return StrictJson.read(body, parser -> new Fields(parser, operation).read(body));
    }

    /** One reading of one request. */
    private static final class Fields {
        private static final List<String> DECIDING =
                List.of("model", "messages", "stream", "max_tokens", "tools", "system");

        private final BodyFields fields;
        private final boolean counting;
        private boolean messages;
        private boolean stream;
        private long outputTokens = PolicyFacts.NOT_REQUESTED;

        Fields(JsonParser parser, Operation operation) {
            this.fields = new BodyFields(parser, DECIDING);
            this.counting = operation == Operation.COUNT_TOKENS;
        }

        Request read(byte[] body) {
            fields.read(this::field);
            String model = fields.model();
            BodyFields.require(messages, "messages", "is required: an array of messages");
            BodyFields.require(!counting || !stream, "stream", "must be false, or not there");
            BodyFields.require(
                    counting || outputTokens != PolicyFacts.NOT_REQUESTED,
                    "max_tokens",
                    "is required: how many tokens the answer may have");
            return new Request(
                    new SplicedBody(body, model, fields.modelAt()),
                    fields.facts(model, stream, outputTokens, body),
                    counting);
        }

        private void field(String name, JsonToken value) {
            switch (name) {
                case "messages" -> {
                    fields.conversation(name, value, "message");
                    messages = true;
                }
                case "stream" -> stream = fields.bool(name, value);
                case "max_tokens" -> outputTokens = fields.positive(name, value);
                case "temperature", "top_p" -> fields.numberOrNull(name, value);
                case "top_k" -> fields.wholeOrNull(name, value);
                case "tools" -> fields.tools(value);
                case "system" -> fields.begins(Beginning.MOST);
                default -> fields.other(name);
            }
        }
    }

    /** A request, which always says how long the answer may be: there is nothing to cap. */
    private record Request(SplicedBody body, Facts facts, boolean counts) implements ChatFacts {
        private static final AnthropicConversationReader READER = new AnthropicConversationReader();

        @Override
        public byte[] content() {
            return body.bytes();
        }

        @Override
        public Payload.Verbatim verbatim(String upstreamModel, OptionalInt cap) {
            return body.withModel(upstreamModel);
        }

        @Override
        public Payload.Translated translated(OptionalInt cap) {
            return ChatTranslation.of(body.bytes(), READER, cap, "max_tokens");
        }

        @Override
        public UsageObserver observer() {
            return UsageObserver.of(Format.ANTHROPIC, stream());
        }

        @Override
        public ReplyWriter reply(RequestId id, long createdEpochSeconds) {
            return new AnthropicReplyWriter(
                    new ReplyWriter.For(
                            id.toString(), model(), createdEpochSeconds, stream(), true));
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "Messages[" + body + ", stream=" + stream() + "]";
        }
    }
}
