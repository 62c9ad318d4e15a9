package com.neuralrouter.server.provider.gemini;

import com.neuralrouter.server.chat.CallNames;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.ToolArguments;
import com.neuralrouter.server.chat.Turn;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code contents}. Turns of one side that follow each other become one, because Gemini
 * wants the results of calls that were made together in one place. Used once, by one thread.
 */
final class GeminiContents {
    /**
     * What Google says to send in place of a signature that is not there, as in a conversation that
     * another model began (ai.google.dev, "Thought signatures").
     */
    private static final String NO_SIGNATURE = "skip_thought_signature_validator";

    private final Conversation chat;
    private final CallNames names;
    private final boolean wantsSignatures;
    private final ArrayNode contents = JsonNodeFactory.instance.arrayNode();
    private ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    private String role = "";

    /** Belongs to the next part of the model's that is no thought; empty if there is none. */
    private String signature = "";

    private boolean called;

    GeminiContents(Conversation chat, boolean wantsSignatures) {
        this.chat = chat;
        this.names = new CallNames(chat);
        this.wantsSignatures = wantsSignatures;
    }

    ArrayNode write() {
        for (Turn turn : chat.turns()) {
            switch (turn.role()) {
                case SYSTEM ->
                        throw new Inexpressible(
                                turn.at(),
                                "is a system message amid the conversation, for which Gemini has no"
                                        + " word");
                case USER -> begin("user");
                case ASSISTANT -> begin("model");
            }
            turn.parts().forEach(this::add);
            if (!signature.isEmpty()) {
                sign(part().put("text", ""));
            }
        }
        return contents;
    }

    private void begin(String newRole) {
        if (newRole.equals(role)) {
            return;
        }
        role = newRole;
        called = false;
        parts = JsonNodeFactory.instance.arrayNode();
    }

    private ObjectNode part() {
        if (parts.isEmpty()) {
            contents.addObject().put("role", role).set("parts", parts);
        }
        return parts.addObject();
    }

    private void add(Part part) {
        switch (part) {
            case Part.Text text -> text(text.text());
            case Part.Refusal refusal -> text(refusal.text());
            case Part.Image image -> inline(part(), image.at(), image.media());
            case Part.Document document -> inline(part(), document.at(), document.media());
            case Part.Audio audio -> inline(part(), audio.at(), audio.media());
            case Part.Reasoning thought -> thought(thought);
            case Part.ToolCall call -> call(call);
            case Part.ToolResult result -> result(result);
        }
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            sign(part().put("text", text));
        }
    }

    private static void inline(ObjectNode part, String at, Media media) {
        switch (media) {
            case Media.Inline inline ->
                    part.putObject("inlineData")
                            .put("mimeType", inline.type())
                            .put("data", inline.base64());
            case Media.Remote _ ->
                    throw new Inexpressible(at, "is a URL, which Gemini does not fetch");
        }
    }

    private void thought(Part.Reasoning thought) {
        String own = GeminiSeals.signature(thought.seal());
        if (thought.sealOnly() && own.isEmpty()) {
            throw new Inexpressible(
                    thought.at(), "is a thought that only the provider it came from can read");
        }
        if (!thought.text().isEmpty()) {
            part().put("text", thought.text()).put("thought", true);
        }
        if (!own.isEmpty()) {
            signature = own;
        }
    }

    private void call(Part.ToolCall call) {
        ObjectNode part = part();
        part.putObject("functionCall")
                .put("id", call.id())
                .put("name", call.name())
                .set("args", ToolArguments.object(call));
        if (signature.isEmpty() && wantsSignatures && !called) {
            signature = NO_SIGNATURE;
        }
        called = true;
        sign(part);
    }

    private void sign(ObjectNode part) {
        if (!signature.isEmpty()) {
            part.put("thoughtSignature", signature);
            signature = "";
        }
    }

    /** {@code output} and {@code error} are Gemini's words for what a function returned. */
    private void result(Part.ToolResult result) {
        ObjectNode response =
                part().putObject("functionResponse")
                        .put("id", result.callId())
                        .put("name", names.of(result));
        var text = new StringBuilder();
        ArrayNode media = JsonNodeFactory.instance.arrayNode();
        for (Part output : result.output()) {
            switch (output) {
                case Part.Text one -> text.append(text.isEmpty() ? "" : "\n").append(one.text());
                case Part.Image image -> inline(media.addObject(), image.at(), image.media());
                case Part.Document document ->
                        inline(media.addObject(), document.at(), document.media());
                default -> throw new Inexpressible(output.at(), "cannot be the result of a tool");
            }
        }
        response.putObject("response").put(result.failed() ? "error" : "output", text.toString());
        if (!media.isEmpty()) {
            response.set("parts", media);
        }
    }
}
