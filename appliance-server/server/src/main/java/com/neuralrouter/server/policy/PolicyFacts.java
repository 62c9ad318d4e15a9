package com.neuralrouter.server.policy;

import com.neuralrouter.contract.Operation;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.List;

/**
 * What rules are asked about a request. What a reader does not know, it leaves as it is here: a
 * rule that needs it then refuses, or estimates.
 *
 * @param model the public model name
 * @param size how large it is
 * @param tools the names of the tools that it offers to the model
 * @param images whether it has images
 * @param classification its label; {@link Classification#UNLABELLED} if it has none
 * @param origin where and when it came from
 */
public record PolicyFacts(
        Operation operation,
        String model,
        Size size,
        List<String> tools,
        boolean images,
        Classification classification,
        Origin origin) {

    /** The request leaves it to the provider. */
    public static final long NOT_REQUESTED = -1;

    /** The reader has not counted. */
    public static final long NOT_COUNTED = -1;

    /** A tool whose name nobody could tell: no list has it, and every list of denied tools. */
    public static final String UNKNOWN_TOOL = "\0";

    /** What a token of a body has at the least on average, where nobody has counted. */
    private static final int BYTES_OF_TOKEN = 3;

    /**
     * How large a request is.
     *
     * @param bytes the body's length
     * @param inputTokens how many it has, counted or estimated, or {@link #NOT_COUNTED}
     * @param outputTokens how many it asks for, or {@link #NOT_REQUESTED}
     */
    public record Size(int bytes, long inputTokens, long outputTokens) {
        /** What rules reckon with: what was counted, or a token for every three bytes. */
        public long reckonedInput() {
            return inputTokens == NOT_COUNTED
                    ? (bytes + BYTES_OF_TOKEN - 1) / BYTES_OF_TOKEN
                    : inputTokens;
        }
    }

    /**
     * Where and when a request came from.
     *
     * @param address null if it is not known, which no network has
     * @param atMillis epoch milliseconds
     */
    public record Origin(@Nullable InetAddress address, long atMillis) {
        /** Nobody said: no network and no hours have it. */
        public static final Origin UNKNOWN = new Origin(null, Long.MIN_VALUE);

        boolean timeKnown() {
            return atMillis != Long.MIN_VALUE;
        }
    }

    public PolicyFacts {
        tools = List.copyOf(tools);
    }

    /** A chat without tools and images, from nowhere. */
    public PolicyFacts(String model, int requestBytes, long requestedOutputTokens) {
        this(
                Operation.CHAT_COMPLETIONS,
                model,
                new Size(requestBytes, NOT_COUNTED, requestedOutputTokens),
                List.of(),
                false,
                Classification.UNLABELLED,
                Origin.UNKNOWN);
    }

    /** The least that can be asked of a model: what can't have this can have nothing of it. */
    public static PolicyFacts leastOf(Operation operation, String model, Origin origin) {
        return new PolicyFacts(
                operation,
                model,
                new Size(0, 0, NOT_REQUESTED),
                List.of(),
                false,
                Classification.PUBLIC,
                origin);
    }

    public PolicyFacts as(Operation other) {
        return new PolicyFacts(other, model, size, tools, images, classification, origin);
    }

    public PolicyFacts sized(Size other) {
        return new PolicyFacts(operation, model, other, tools, images, classification, origin);
    }

    public PolicyFacts offering(List<String> others) {
        return new PolicyFacts(operation, model, size, others, images, classification, origin);
    }

    public PolicyFacts withImages(boolean any) {
        return new PolicyFacts(operation, model, size, tools, any, classification, origin);
    }

    public PolicyFacts labelled(Classification label) {
        return new PolicyFacts(operation, model, size, tools, images, label, origin);
    }

    public PolicyFacts from(Origin other) {
        return new PolicyFacts(operation, model, size, tools, images, classification, other);
    }
}
