package com.neuralrouter.server.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Part.Image.Detail;
import com.neuralrouter.server.chat.Turn;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Base64;
import java.util.Locale;

/** Writes {@code messages} and {@code documents}. Used once, by one thread. */
final class CohereMessages {
    private final Conversation chat;
    private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode documents = JsonNodeFactory.instance.arrayNode();

    CohereMessages(Conversation chat) {
        this.chat = chat;
    }

    void writeTo(ObjectNode body) {
        for (Part.Text instruction : chat.instructions()) {
            messages.addObject().put("role", "system").put("content", instruction.text());
        }
        for (Turn turn : chat.turns()) {
            switch (turn.role()) {
                case SYSTEM -> said("system", turn);
                case USER -> said("user", turn);
                case ASSISTANT -> assistant(turn);
            }
        }
        body.set("messages", messages);
        if (!documents.isEmpty()) {
            body.set("documents", documents);
        }
    }

    /** The results of tools are messages of their own, before what else the user says. */
    private void said(String role, Turn turn) {
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        for (Part part : turn.parts()) {
            switch (part) {
                case Part.Text text -> text(content, text.text());
                case Part.Image image -> image(content, image);
                case Part.Document document -> document(documents.addObject(), document);
                case Part.ToolResult result -> result(result);
                case Part.Audio _ ->
                        throw new Inexpressible(
                                part.at(), "is a sound, for which Cohere has no word");
                case Part.Refusal _, Part.ToolCall _, Part.Reasoning _ ->
                        throw new Inexpressible(part.at(), "is nothing that the user can say");
            }
        }
        if (!content.isEmpty()) {
            messages.addObject().put("role", role).set("content", content);
        }
    }

    private static void text(ArrayNode content, String text) {
        content.addObject().put("type", "text").put("text", text);
    }

    private static void image(ArrayNode content, Part.Image image) {
        ObjectNode url = content.addObject().put("type", "image_url").putObject("image_url");
        switch (image.media()) {
            case Media.Inline inline ->
                    url.put("url", "data:" + inline.type() + ";base64," + inline.base64());
            case Media.Remote remote -> url.put("url", remote.url());
        }
        if (image.detail() != Detail.UNSAID) {
            url.put("detail", image.detail().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Cohere's documents are texts. */
    private static void document(ObjectNode into, Part.Document document) {
        if (!(document.media() instanceof Media.Inline inline)
                || !inline.type().startsWith("text/")) {
            throw new Inexpressible(
                    document.at(), "is no text, and Cohere takes documents as text only");
        }
        ObjectNode data = into.putObject("data");
        if (!document.name().isEmpty()) {
            data.put("title", document.name());
        }
        try {
            data.put("text", new String(Base64.getDecoder().decode(inline.base64()), UTF_8));
        } catch (IllegalArgumentException _) {
            throw new Inexpressible(document.at(), "is not valid base64");
        }
    }

    private void result(Part.ToolResult result) {
        ObjectNode message =
                messages.addObject().put("role", "tool").put("tool_call_id", result.callId());
        ArrayNode content = message.putArray("content");
        for (Part output : result.output()) {
            switch (output) {
                case Part.Text text when result.failed() ->
                        content.addObject()
                                .put("type", "document")
                                .putObject("document")
                                .putObject("data")
                                .put("error", text.text());
                case Part.Text text -> text(content, text.text());
                case Part.Document document ->
                        document(
                                content.addObject().put("type", "document").putObject("document"),
                                document);
                default ->
                        throw new Inexpressible(
                                output.at(), "cannot be the result of a tool for Cohere");
            }
        }
    }

    /** What the model says beside its calls is, in Cohere's words, its plan. */
    private void assistant(Turn turn) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
        boolean calls = turn.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        var plan = new StringBuilder();
        for (Part part : turn.parts()) {
            switch (part) {
                case Part.Text text when calls -> plan.append(text.text());
                case Part.Text text -> text(content, text.text());
                case Part.Refusal refusal -> text(content, refusal.text());
                case Part.Reasoning thought -> thought(content, thought);
                case Part.ToolCall call -> call(message, call);
                case Part.Image _, Part.Document _, Part.Audio _, Part.ToolResult _ ->
                        throw new Inexpressible(part.at(), "is nothing that the model can say");
            }
        }
        if (!plan.isEmpty()) {
            message.put("tool_plan", plan.toString());
        }
        if (!content.isEmpty()) {
            message.set("content", content);
        }
        if (message.size() > 1) {
            messages.add(message);
        }
    }

    private static void thought(ArrayNode content, Part.Reasoning thought) {
        if (thought.sealOnly()) {
            throw new Inexpressible(
                    thought.at(), "is a thought that only the provider it came from can read");
        }
        if (!thought.text().isEmpty()) {
            content.addObject().put("type", "thinking").put("thinking", thought.text());
        }
    }

    private static void call(ObjectNode message, Part.ToolCall call) {
        if (!message.has("tool_calls")) {
            message.putArray("tool_calls");
        }
        message.withArray("tool_calls")
                .addObject()
                .put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments().isBlank() ? "{}" : call.arguments());
    }
}
