package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.chat.openai.OpenAiConversationReader;
import com.neuralrouter.server.chat.openai.OpenAiReplyWriter;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.UsageObserver;

import java.util.List;
import java.util.OptionalInt;

/**
 * A chat request that was read strictly. It is sent on as the bytes that came, with only those
 * values replaced of which the appliance knows better: what policy saw is what is sent.
 *
 * @param body the bytes that came; this request's own
 * @param facts what decides about it
 * @param usage whether it asks for the usage in a stream
 * @param places where in the body the values stand that may be replaced
 */
record ChatRequest(byte[] body, Facts facts, Usage usage, int choices, Places places)
        implements ChatFacts {

    private static final OpenAiConversationReader READER = new OpenAiConversationReader();
    private static final String USAGE = "\"include_usage\":true";

    /** What the client said about the usage in a stream. */
    enum Usage {
        /** It wants the usage chunk. */
        WANTED,
        /** There is no {@code stream_options}. */
        UNSAID,
        /** {@code stream_options} is null. */
        OPTIONS_NULL,
        /** {@code stream_options} is an empty object. */
        OPTIONS_EMPTY,
        /** {@code stream_options} says other things. */
        OPTIONS_OTHER,
        /** {@code include_usage} is there, and not true. */
        UNWANTED
    }

    /**
     * Where values begin and end, as indexes into the body.
     *
     * @param model the model's value with its quotes
     * @param usage what {@link Usage} speaks of: the value for {@code OPTIONS_NULL} and {@code
     *     UNWANTED}, the place after the opening brace for {@code OPTIONS_EMPTY} and {@code
     *     OPTIONS_OTHER}
     * @param nullCap the {@code null} of {@code max_tokens}
     */
    record Places(Range model, Range usage, Range nullCap) {}

    /**
     * What decides about a request for a chat.
     *
     * @param model the public model name
     * @param stream whether the answer is to come as server-sent events
     * @param outputTokens the most output tokens that it asks for, or {@link
     *     PolicyFacts#NOT_REQUESTED}
     * @param tools the names of the tools that it offers
     * @param images whether there are images in it
     * @param beginning how the conversation begins
     */
    record Facts(
            String model,
            boolean stream,
            long outputTokens,
            List<String> tools,
            boolean images,
            Beginning beginning) {}

    @Override
    public byte[] content() {
        return body;
    }

    @Override
    public Payload.Verbatim verbatim(String upstreamModel, OptionalInt cap) {
        return new Payload.Verbatim("application/json", forUpstream(upstreamModel, cap));
    }

    @Override
    public Payload.Translated translated(OptionalInt cap) {
        return ChatTranslation.of(body, READER, cap, "max_tokens");
    }

    @Override
    public UsageObserver observer() {
        if (!stream()) {
            return UsageObserver.ofJson();
        }
        return usage == Usage.WANTED
                ? UsageObserver.ofStream()
                : UsageObserver.ofStreamWithoutUsageChunk();
    }

    @Override
    public ReplyWriter reply(RequestId id, long createdEpochSeconds) {
        return new OpenAiReplyWriter(
                new ReplyWriter.For(
                        id.toString(),
                        model(),
                        createdEpochSeconds,
                        stream(),
                        usage == Usage.WANTED));
    }

    /**
     * The body for one upstream. The usage is asked for in every stream, because requests are
     * metered; who did not ask for it does not get to see it. A cap is set as {@code max_tokens}:
     * every server knows that one, and one that has given it up says so, while a server that does
     * not know {@code max_completion_tokens} would ignore it.
     *
     * @param upstreamModel the model's name there
     * @param cap how many output tokens it gets if it did not ask for a number
     */
    byte[] forUpstream(String upstreamModel, OptionalInt cap) {
        var splices = new Splices();
        var beside = new StringBuilder();
        if (stream()) {
            askForUsage(splices, beside);
        }
        if (cap.isPresent() && outputTokens() == PolicyFacts.NOT_REQUESTED) {
            if (places.nullCap().present()) {
                splices.replace(places.nullCap(), Integer.toString(cap.getAsInt()));
            } else {
                beside.append(",\"max_tokens\":").append(cap.getAsInt());
            }
        }
        if (!upstreamModel.equals(model()) || !beside.isEmpty()) {
            splices.replace(places.model(), Splices.quoted(upstreamModel) + beside);
        }
        return splices.applyTo(body);
    }

    private void askForUsage(Splices splices, StringBuilder beside) {
        switch (usage) {
            case WANTED -> {}
            case UNSAID -> beside.append(",\"stream_options\":{").append(USAGE).append('}');
            case OPTIONS_NULL -> splices.replace(places.usage(), '{' + USAGE + '}');
            case OPTIONS_EMPTY -> splices.replace(places.usage(), USAGE);
            case OPTIONS_OTHER -> splices.replace(places.usage(), USAGE + ',');
            case UNWANTED -> splices.replace(places.usage(), "true");
        }
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "ChatRequest[body=redacted, bytes=" + body.length + ", stream=" + stream() + "]";
    }
}
