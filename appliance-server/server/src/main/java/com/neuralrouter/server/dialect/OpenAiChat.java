package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.Operation;

/** OpenAI's chat completions (OpenAI API reference, "Create chat completion"). */
public final class OpenAiChat implements Dialect {
    private final OpenAiErrors errors = new OpenAiErrors();

    @Override
    public Operation operation() {
        return Operation.CHAT_COMPLETIONS;
    }

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public ApiErrors errors() {
        return errors;
    }

    @Override
    public InferenceRequest read(String contentType, byte[] body) {
        return StrictJson.read(body, parser -> new ChatFields(body, parser).read());
    }
}
