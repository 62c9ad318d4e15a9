package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.Operation;

/**
 * OpenAI's chat completions (OpenAI API reference, "Create chat completion"), and the older
 * completions, which differ in what they are given.
 */
public final class OpenAiChat implements Dialect {
    private final OpenAiErrors errors = new OpenAiErrors();
    private final Operation operation;
    private final String path;

    private OpenAiChat(Operation operation, String path) {
        this.operation = operation;
        this.path = path;
    }

    public static OpenAiChat chat() {
        return new OpenAiChat(Operation.CHAT_COMPLETIONS, "/v1/chat/completions");
    }

    /** They are passed on only: {@code translated} is for chats. */
    public static OpenAiChat completions() {
        return new OpenAiChat(Operation.COMPLETIONS, "/v1/completions");
    }

    @Override
    public Operation operation() {
        return operation;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public ApiErrors errors() {
        return errors;
    }

    @Override
    public InferenceRequest read(String contentType, byte[] body) {
        String prompt = operation == Operation.CHAT_COMPLETIONS ? "messages" : "prompt";
        return StrictJson.read(body, parser -> new ChatFields(body, parser, prompt).read());
    }
}
