package com.neuralrouter.server.guardrail;

import com.neuralrouter.contract.Operation;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;

/** Looks at the texts in one format's events and lets the events go on. Used by one thread. */
interface AnswerEvents {

    /** Where events go on. */
    @FunctionalInterface
    interface Out {
        /**
         * @param name empty if it has none
         */
        void event(String name, ObjectNode data) throws IOException;
    }

    void event(String name, ObjectNode data, Out out) throws IOException;

    /** The stream ends: lets go what is held. */
    void end(Out out) throws IOException;

    static AnswerEvents of(Operation operation, AnswerTexts texts) {
        return switch (operation) {
            // A transcript's events are called and end as theirs do.
            case RESPONSES, TRANSCRIPTIONS -> new ResponsesEvents(texts);
            case MESSAGES -> new MessagesEvents(texts);
            case CHAT_COMPLETIONS,
                    COMPLETIONS,
                    EMBEDDINGS,
                    MODERATIONS,
                    SPEECH,
                    IMAGES,
                    RERANK,
                    COUNT_TOKENS ->
                    new ChatEvents(texts);
        };
    }
}
