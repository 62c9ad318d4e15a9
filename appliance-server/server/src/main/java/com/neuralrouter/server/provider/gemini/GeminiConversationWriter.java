package com.neuralrouter.server.provider.gemini;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.ConversationWriter;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a chat as Gemini's {@code GenerateContentRequest}. Without state. */
final class GeminiConversationWriter implements ConversationWriter {

    @Override
    public ObjectNode write(Conversation chat, String model) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!chat.instructions().isEmpty()) {
            ArrayNode parts = body.putObject("systemInstruction").putArray("parts");
            chat.instructions().forEach(text -> parts.addObject().put("text", text.text()));
        }
        body.set("contents", new GeminiContents(chat, GeminiModels.wantsSignatures(model)).write());
        GeminiTools.write(chat.tools(), body);
        ObjectNode config = GeminiConfig.of(chat, model);
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        return body;
    }
}
