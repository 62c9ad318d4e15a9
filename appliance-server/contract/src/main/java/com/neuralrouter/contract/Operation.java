package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/**
 * What an app can ask of the inference API: one for each path that takes a request to a model. The
 * wire form is {@code lower_snake}; policies, requests and the audit trail name operations by it.
 */
public enum Operation {
    /** OpenAI's {@code POST /v1/chat/completions}. */
    CHAT_COMPLETIONS,
    /** OpenAI's {@code POST /v1/completions}. */
    COMPLETIONS,
    /** OpenAI's {@code POST /v1/responses}. */
    RESPONSES,
    /** OpenAI's {@code POST /v1/embeddings}. */
    EMBEDDINGS,
    /** OpenAI's {@code POST /v1/moderations}. */
    MODERATIONS,
    /** OpenAI's {@code POST /v1/audio/transcriptions}. */
    TRANSCRIPTIONS,
    /** OpenAI's {@code POST /v1/audio/speech}. */
    SPEECH,
    /** OpenAI's {@code POST /v1/images/generations}. */
    IMAGES,
    /** {@code POST /v1/rerank}, as vLLM and Cohere have it. */
    RERANK,
    /** Anthropic's {@code POST /v1/messages}. */
    MESSAGES,
    /** Anthropic's {@code POST /v1/messages/count_tokens}. */
    COUNT_TOKENS;

    /**
     * Reads the wire form. Throws {@link IllegalArgumentException} for an operation that this
     * version does not know.
     */
    @JsonCreator
    public static Operation of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** The wire form: {@code lower_snake}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
