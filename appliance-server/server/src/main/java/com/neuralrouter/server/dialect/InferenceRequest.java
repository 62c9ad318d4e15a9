package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.UsageObserver;

import java.util.List;
import java.util.OptionalInt;

/**
 * A request that was read strictly: what decides about it, and how it is sent on. Content: its
 * {@code toString} shows none. Used by the request's thread.
 */
public interface InferenceRequest {

    /** The public model name. */
    String model();

    /** Whether the answer is to come piece by piece. */
    boolean stream();

    /** Its body, a JSON object where it is {@link #readable}; not to be changed. */
    byte[] content();

    /** Whether its body is JSON, whose texts can be looked at. */
    default boolean readable() {
        return true;
    }

    /** The size of its body in bytes. */
    default int bytes() {
        return content().length;
    }

    /**
     * How many tokens it has, where that is not told by its bytes alone, or {@link
     * PolicyFacts#NOT_COUNTED}.
     */
    default long inputTokens() {
        return PolicyFacts.NOT_COUNTED;
    }

    /** The most output tokens that it asks for, or {@link PolicyFacts#NOT_REQUESTED}. */
    long outputTokens();

    /** How many answers it wants at once, each as long as {@link #outputTokens} allows. */
    default int choices() {
        return 1;
    }

    /** The names of the tools that it offers to the model. */
    default List<String> tools() {
        return List.of();
    }

    /** Whether there are images in what it says. */
    default boolean images() {
        return false;
    }

    /** Whether it only asks how many tokens there are, which uses none. */
    default boolean counts() {
        return false;
    }

    /** How its conversation begins. */
    default Beginning beginning() {
        return Beginning.UNKNOWN;
    }

    /**
     * What is sent to a provider that speaks this format: the bytes that came, with nothing
     * replaced but the model's name and what policy demands.
     *
     * @param upstreamModel the model's name there
     * @param cap how many output tokens it gets if it did not ask for a number
     */
    Payload.Verbatim verbatim(String upstreamModel, OptionalInt cap);

    /**
     * What is sent to a provider that speaks another format. Throws {@link
     * com.neuralrouter.server.chat.Inexpressible} for what other formats have no word for, {@link
     * InferenceRefused} for what is wrong in itself, and {@link UnsupportedOperationException} for
     * an operation that is no chat.
     *
     * @param cap as in {@link #verbatim}
     */
    default Payload.Translated translated(OptionalInt cap) {
        throw new UnsupportedOperationException("no chat");
    }

    /** Watches an answer in this format as it passes. */
    UsageObserver observer();

    /** Writes a translated answer in this format; as {@link #translated} where it is no chat. */
    default ReplyWriter reply(RequestId id, long createdEpochSeconds) {
        throw new UnsupportedOperationException("no chat");
    }
}
