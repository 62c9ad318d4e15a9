package com.neuralrouter.server.chat;

/** Why an answer is over. */
public enum FinishReason {
    /** The model had said what it had to say, or met a stop sequence. */
    STOP,
    /** It reached the largest number of tokens, the request's or the model's. */
    LENGTH,
    /** It waits for the results of the tools it called. */
    TOOL_CALLS,
    /** The provider's filter ended it, or the model declined. */
    CONTENT_FILTER,
    /** The provider wants the conversation sent back to go on: Anthropic's {@code pause_turn}. */
    PAUSE
}
