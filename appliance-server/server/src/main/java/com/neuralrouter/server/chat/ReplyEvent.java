package com.neuralrouter.server.chat;

/**
 * One step of an answer. A sequence begins with {@link Begun}, ends with {@link Finished}, and may
 * hold {@link UsageReported} anywhere between, the last one counting. Pieces of text, reasoning,
 * refusal and of one tool call's arguments are to be joined in the order in which they come; an
 * answer that came whole is the same sequence with larger pieces.
 */
public sealed interface ReplyEvent {

    /**
     * The answer begins.
     *
     * @param id the provider's id of it; empty if it gave none
     */
    record Begun(String id) implements ReplyEvent {}

    record TextDelta(String text) implements ReplyEvent {

        /** Shows no content. */
        @Override
        public String toString() {
            return "TextDelta[redacted]";
        }
    }

    record ReasoningDelta(String text) implements ReplyEvent {

        /** Shows no content. */
        @Override
        public String toString() {
            return "ReasoningDelta[redacted]";
        }
    }

    /**
     * Ends a piece of reasoning with what the provider wants back unchanged.
     *
     * @param sealOnly whether there is no text to it: Anthropic's {@code redacted_thinking}
     */
    record ReasoningSealed(String seal, boolean sealOnly) implements ReplyEvent {

        /** Shows no content. */
        @Override
        public String toString() {
            return "ReasoningSealed[redacted]";
        }
    }

    record RefusalDelta(String text) implements ReplyEvent {

        /** Shows no content. */
        @Override
        public String toString() {
            return "RefusalDelta[redacted]";
        }
    }

    /**
     * The model begins to call a tool.
     *
     * @param call its number among the calls of this answer, from 0
     * @param id by which the result will refer to it; never empty: a reader makes one up where its
     *     format has none
     */
    record ToolCallBegun(int call, String id, String name) implements ReplyEvent {}

    /**
     * More of a call's arguments.
     *
     * @param json a piece of the JSON text; all pieces of a call joined are an object
     */
    record ArgumentsDelta(int call, String json) implements ReplyEvent {

        /** Shows no content. */
        @Override
        public String toString() {
            return "ArgumentsDelta[" + call + "]";
        }
    }

    record UsageReported(TokenUsage usage) implements ReplyEvent {}

    /**
     * The answer is complete.
     *
     * @param stopSequence the sequence that ended it; empty if none did or it is not known
     */
    record Finished(FinishReason reason, String stopSequence) implements ReplyEvent {

        /** Shows no content. */
        @Override
        public String toString() {
            return "Finished[" + reason + "]";
        }
    }

    /** The provider says in the middle of its answer that it fails. Nothing follows. */
    record Failed(Kind kind) implements ReplyEvent {

        /** How it fails. */
        public enum Kind {
            OVERLOADED,
            RATE_LIMITED,
            OTHER
        }
    }
}
