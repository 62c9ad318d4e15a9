package com.neuralrouter.server.chat;

/** A number that steers the generation. */
public enum Setting {
    MAX_OUTPUT_TOKENS,
    TEMPERATURE,
    TOP_P,
    TOP_K,
    SEED,
    FREQUENCY_PENALTY,
    PRESENCE_PENALTY
}
