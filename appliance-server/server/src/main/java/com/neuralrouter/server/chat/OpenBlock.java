package com.neuralrouter.server.chat;

import java.util.function.Consumer;

/**
 * A part of an answer that is still coming, in formats that number theirs: a call of a tool, or
 * something that is said or thought. Used by one thread.
 */
public final class OpenBlock {
    private static final int NO_CALL = -1;

    private final int call;
    private final StringBuilder signature = new StringBuilder();
    private boolean hasArguments;

    private OpenBlock(int call) {
        this.call = call;
    }

    /**
     * @param number of the call within the answer, from 0 on
     */
    public static OpenBlock ofCall(int number) {
        return new OpenBlock(number);
    }

    public static OpenBlock ofWords() {
        return new OpenBlock(NO_CALL);
    }

    /** A piece of what a thought is sealed with. */
    public void addSignature(String piece) {
        signature.append(piece);
    }

    /** A piece of a call's arguments; what calls nothing has none. */
    public void addArguments(String json, Consumer<ReplyEvent> to) {
        if (call != NO_CALL && !json.isEmpty()) {
            hasArguments = true;
            to.accept(new ReplyEvent.ArgumentsDelta(call, json));
        }
    }

    /** Tells what is known once it is over. A call that came without arguments has empty ones. */
    public void close(Consumer<ReplyEvent> to) {
        if (!signature.isEmpty()) {
            to.accept(new ReplyEvent.ReasoningSealed(signature.toString(), false));
        }
        if (!hasArguments) {
            addArguments("{}", to);
        }
    }
}
