package com.neuralrouter.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which wire format a provider speaks. */
public enum ProviderKind {
    /** Any server with OpenAI's API: vLLM, Ollama, llama.cpp, TGI, OpenAI itself. */
    @JsonProperty("openai")
    OPENAI,
    /**
     * Built in, for the acceptance of an installation: it answers by itself, and says so in every
     * answer.
     */
    @JsonProperty("loopback")
    LOOPBACK
}
