package com.neuralrouter.server.chat.openai;

import com.neuralrouter.server.chat.DataUrl;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Part.Image.Detail;
import com.neuralrouter.server.chat.Turn;
import com.neuralrouter.server.chat.Turn.Role;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** Writes turns as OpenAI's messages. */
final class OpenAiTurns {
    /** The format has no word for a tool that failed. */
    private static final String FAILED = "Error: ";

    private final ArrayNode messages;

    OpenAiTurns(ArrayNode messages) {
        this.messages = messages;
    }

    void add(List<Turn> turns) {
        if (turns.getLast().role() == Role.ASSISTANT) {
            throw new Inexpressible(
                    turns.getLast().at(), "begins the answer, which OpenAI's format cannot say");
        }
        for (Turn turn : turns) {
            switch (turn.role()) {
                case SYSTEM ->
                        messages.addObject()
                                .put("role", "system")
                                .put("content", texts(turn.parts()));
                case USER -> user(turn.parts());
                case ASSISTANT -> model(turn.parts());
            }
        }
    }

    /** Results of tools are messages of their own. */
    private void user(List<Part> parts) {
        var said = new ArrayList<Part>();
        for (Part part : parts) {
            if (part instanceof Part.ToolResult result) {
                said(said);
                said.clear();
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", result.callId())
                        .put("content", (result.failed() ? FAILED : "") + texts(result.output()));
            } else {
                said.add(part);
            }
        }
        said(said);
    }

    private void said(List<Part> parts) {
        if (parts.isEmpty()) {
            return;
        }
        ObjectNode message = messages.addObject().put("role", "user");
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text text) {
            message.put("content", text.text());
            return;
        }
        ArrayNode content = message.putArray("content");
        for (Part part : parts) {
            part(part, content.addObject());
        }
    }

    private static void part(Part part, ObjectNode to) {
        switch (part) {
            case Part.Text text -> to.put("type", "text").put("text", text.text());
            case Part.Image image -> {
                ObjectNode url = to.put("type", "image_url").putObject("image_url");
                url.put("url", DataUrl.of(image.media()));
                if (image.detail() != Detail.UNSAID) {
                    url.put("detail", image.detail() == Detail.LOW ? "low" : "high");
                }
            }
            case Part.Document document -> document(document, to);
            case Part.Audio audio ->
                    to.put("type", "input_audio")
                            .putObject("input_audio")
                            .put("data", audio.media().base64())
                            .put("format", format(audio));
            case Part.ToolCall _, Part.ToolResult _, Part.Reasoning _, Part.Refusal _ ->
                    throw new Inexpressible(part.at(), "is nothing that a user says");
        }
    }

    private static void document(Part.Document document, ObjectNode to) {
        if (!(document.media() instanceof Media.Inline inline)) {
            throw new Inexpressible(document.at(), "must hold the document itself, and no URL");
        }
        to.put("type", "file")
                .putObject("file")
                .put("filename", document.name().isEmpty() ? "document" : document.name())
                .put("file_data", DataUrl.of(inline));
    }

    private static String format(Part.Audio audio) {
        return switch (audio.media().type()) {
            case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
            case "audio/mpeg", "audio/mp3" -> "mp3";
            default -> throw new Inexpressible(audio.at(), "must be WAV or MP3");
        };
    }

    /** What it thought then is left out: models are not shown the thoughts of earlier turns. */
    private void model(List<Part> parts) {
        ObjectNode message = messages.addObject().put("role", "assistant");
        var text = new StringBuilder();
        var refusal = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Text said -> text.append(said.text());
                case Part.Refusal declined -> refusal.append(declined.text());
                case Part.Reasoning _ -> {}
                case Part.ToolCall call ->
                        message.withArray("tool_calls")
                                .addObject()
                                .put("id", call.id())
                                .put("type", "function")
                                .putObject("function")
                                .put("name", call.name())
                                .put("arguments", call.arguments());
                case Part.Image _, Part.Document _, Part.Audio _, Part.ToolResult _ ->
                        throw new Inexpressible(part.at(), "is nothing that a model says there");
            }
        }
        if (!text.isEmpty() || !message.has("tool_calls")) {
            message.put("content", text.toString());
        } else {
            message.putNull("content");
        }
        if (!refusal.isEmpty()) {
            message.put("refusal", refusal.toString());
        }
    }

    private static String texts(List<Part> parts) {
        var texts = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Part.Text text)) {
                throw new Inexpressible(part.at(), "must be text for this provider");
            }
            texts.append(texts.isEmpty() ? "" : "\n").append(text.text());
        }
        return texts.toString();
    }
}
