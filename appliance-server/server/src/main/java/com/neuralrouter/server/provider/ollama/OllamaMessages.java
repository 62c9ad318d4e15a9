package com.neuralrouter.server.provider.ollama;

import static java.util.function.Predicate.not;

import com.neuralrouter.server.chat.CallNames;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Part.Image.Detail;
import com.neuralrouter.server.chat.ToolArguments;
import com.neuralrouter.server.chat.Turn;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code messages}. A message is one text with images; a turn that has more, or another
 * order, becomes several. Used once, by one thread.
 */
final class OllamaMessages {
    private final Conversation chat;
    private final CallNames names;
    private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    private String role = "";

    /** The message that the turn's next part may still go into. */
    private @Nullable ObjectNode open;

    OllamaMessages(Conversation chat) {
        this.chat = chat;
        this.names = new CallNames(chat);
    }

    ArrayNode write() {
        for (Part.Text instruction : chat.instructions()) {
            messages.addObject().put("role", "system").put("content", instruction.text());
        }
        for (Turn turn : chat.turns()) {
            role =
                    switch (turn.role()) {
                        case SYSTEM -> "system";
                        case USER -> "user";
                        case ASSISTANT -> "assistant";
                    };
            open = null;
            // The results of tools follow the calls at once, whatever else the user says.
            turn.parts().stream().filter(Part.ToolResult.class::isInstance).forEach(this::add);
            turn.parts().stream().filter(not(Part.ToolResult.class::isInstance)).forEach(this::add);
        }
        return messages;
    }

    private void add(Part part) {
        switch (part) {
            case Part.Text text -> text(text.text());
            case Part.Refusal refusal -> text(refusal.text());
            case Part.Image image -> image(image);
            case Part.Reasoning thought -> thought(thought);
            case Part.ToolCall call -> call(call);
            case Part.ToolResult result -> result(result);
            case Part.Document _ ->
                    throw new Inexpressible(
                            part.at(), "is a document, for which Ollama has no word");
            case Part.Audio _ ->
                    throw new Inexpressible(part.at(), "is a sound, for which Ollama has no word");
        }
    }

    /** The turn's message, or a new one if that is not to get this field any more. */
    private ObjectNode messageWithout(String... fields) {
        ObjectNode message = open;
        for (String field : fields) {
            if (message != null && message.has(field)) {
                message = null;
            }
        }
        if (message == null) {
            message = messages.addObject().put("role", role);
            open = message;
        }
        return message;
    }

    /** Texts that follow each other are paragraphs of one. */
    private void text(String text) {
        ObjectNode message = open;
        boolean more = message != null && message.has("content") && message.size() == 2;
        if (message != null && more) {
            message.put("content", message.path("content").asString("") + "\n\n" + text);
        } else {
            messageWithout("content", "tool_calls").put("content", text);
        }
    }

    private void image(Part.Image image) {
        if (image.detail() != Detail.UNSAID) {
            throw new Inexpressible(image.at(), "wants a detail, for which Ollama has no word");
        }
        switch (image.media()) {
            case Media.Inline inline -> {
                ObjectNode message = messageWithout();
                if (!message.has("images")) {
                    message.putArray("images");
                }
                message.withArray("images").add(inline.base64());
            }
            case Media.Remote _ ->
                    throw new Inexpressible(image.at(), "is a URL, which Ollama does not fetch");
        }
    }

    private void thought(Part.Reasoning thought) {
        if (thought.sealOnly()) {
            throw new Inexpressible(
                    thought.at(), "is a thought that only the provider it came from can read");
        }
        if (!thought.text().isEmpty()) {
            messageWithout("thinking", "content", "tool_calls").put("thinking", thought.text());
        }
    }

    private void call(Part.ToolCall call) {
        ObjectNode message = messageWithout();
        if (!message.has("tool_calls")) {
            message.putArray("tool_calls");
        }
        message.withArray("tool_calls")
                .addObject()
                .put("id", call.id())
                .putObject("function")
                .put("name", call.name())
                .set("arguments", ToolArguments.object(call));
    }

    private void result(Part.ToolResult result) {
        var text = new StringBuilder();
        for (Part output : result.output()) {
            if (!(output instanceof Part.Text one)) {
                throw new Inexpressible(
                        output.at(), "is no text, and the result of a tool is one for Ollama");
            }
            text.append(text.isEmpty() ? "" : "\n").append(one.text());
        }
        messages.addObject()
                .put("role", "tool")
                .put("tool_name", names.of(result))
                .put("tool_call_id", result.callId())
                .put("content", result.failed() ? failure(text.toString()) : text.toString());
        open = null;
    }

    /** That a tool failed has no word of its own; a model understands this one. */
    private static String failure(String text) {
        return JsonNodeFactory.instance.objectNode().put("error", text).toString();
    }
}
