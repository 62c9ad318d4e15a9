package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which wire format a provider speaks. */
public enum ProviderKind {
    /** Any server with OpenAI's API: vLLM, Ollama, llama.cpp, TGI, OpenAI itself. */
    @JsonProperty("openai")
    OPENAI,
    /** Anthropic's Messages API. */
    @JsonProperty("anthropic")
    ANTHROPIC,
    /** OpenAI's API as Azure has it. */
    @JsonProperty("azure")
    AZURE,
    /** Google's Gemini API. */
    @JsonProperty("gemini")
    GEMINI,
    /** Amazon Bedrock's Converse API. */
    @JsonProperty("bedrock")
    BEDROCK,
    /** Ollama's own API. */
    @JsonProperty("ollama")
    OLLAMA,
    /** Cohere's API. */
    @JsonProperty("cohere")
    COHERE,
    /**
     * Built in, for the acceptance of an installation: it answers by itself, and says so in every
     * answer.
     */
    @JsonProperty("loopback")
    LOOPBACK
}
