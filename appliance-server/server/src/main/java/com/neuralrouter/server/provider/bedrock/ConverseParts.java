package com.neuralrouter.server.provider.bedrock;

import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.ToolArguments;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;

/** Writes pieces of what was said as Converse's content blocks. Without state. */
final class ConverseParts {
    private static final String OF_A_TYPE = "is of a type that Bedrock's Converse does not take";

    private static final Map<String, String> IMAGES =
            Map.of(
                    "image/png", "png",
                    "image/jpeg", "jpeg",
                    "image/gif", "gif",
                    "image/webp", "webp");
    private static final Map<String, String> DOCUMENTS =
            Map.of(
                    "application/pdf",
                    "pdf",
                    "text/csv",
                    "csv",
                    "text/html",
                    "html",
                    "text/plain",
                    "txt",
                    "text/markdown",
                    "md",
                    "application/msword",
                    "doc",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "docx",
                    "application/vnd.ms-excel",
                    "xls",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "xlsx");

    private ConverseParts() {}

    /** Adds its block. An empty text is none: the API refuses it, and it says nothing. */
    static void add(Part part, ArrayNode content) {
        switch (part) {
            case Part.Text text -> text(text.text(), content);
            case Part.Refusal refusal -> text(refusal.text(), content);
            case Part.Image image -> image(image, content);
            case Part.Document document -> document(document, content);
            case Part.Audio audio ->
                    throw new Inexpressible(
                            audio.at(), "is a sound, for which Bedrock's Converse has no word");
            case Part.ToolCall call -> {
                ObjectNode block = content.addObject().putObject("toolUse");
                block.put("toolUseId", call.id());
                block.put("name", call.name());
                block.set("input", ToolArguments.object(call));
            }
            case Part.ToolResult result -> {
                ObjectNode block = content.addObject().putObject("toolResult");
                block.put("toolUseId", result.callId());
                ArrayNode output = block.putArray("content");
                result.output().forEach(piece -> add(piece, output));
                if (result.failed()) {
                    block.put("status", "error");
                }
            }
            case Part.Reasoning reasoning -> reasoning(reasoning, content);
        }
    }

    static void text(String text, ArrayNode content) {
        if (!text.isBlank()) {
            content.addObject().put("text", text);
        }
    }

    private static void image(Part.Image image, ArrayNode content) {
        if (image.detail() != Part.Image.Detail.UNSAID) {
            throw new Inexpressible(
                    image.at(),
                    "says how closely to look, for which Bedrock's Converse has no word");
        }
        Media.Inline inline = inline(image.at(), image.media());
        String format = IMAGES.get(inline.type());
        if (format == null) {
            throw new Inexpressible(image.at(), OF_A_TYPE);
        }
        ObjectNode block = content.addObject().putObject("image");
        block.put("format", format);
        block.putObject("source").put("bytes", inline.base64());
    }

    private static void document(Part.Document document, ArrayNode content) {
        Media.Inline inline = inline(document.at(), document.media());
        String format = DOCUMENTS.get(inline.type());
        if (format == null) {
            throw new Inexpressible(document.at(), OF_A_TYPE);
        }
        ObjectNode block = content.addObject().putObject("document");
        block.put("format", format);
        block.put("name", name(document.name()));
        block.putObject("source").put("bytes", inline.base64());
    }

    /**
     * A name is demanded, of letters, digits, single blanks, hyphens, parentheses and brackets (API
     * reference, "DocumentBlock", read 2026-11).
     */
    private static String name(String name) {
        String possible =
                name.replaceAll("[^A-Za-z0-9\\s()\\[\\]-]", "-").replaceAll("\\s+", " ").strip();
        return possible.isEmpty() ? "document" : possible;
    }

    private static Media.Inline inline(String at, Media media) {
        return switch (media) {
            case Media.Inline inline -> inline;
            case Media.Remote _ ->
                    throw new Inexpressible(
                            at,
                            "is a URL, which Bedrock's Converse does not fetch; send the bytes");
        };
    }

    private static void reasoning(Part.Reasoning reasoning, ArrayNode content) {
        if (reasoning.sealOnly()) {
            content.addObject()
                    .putObject("reasoningContent")
                    .put("redactedContent", reasoning.seal());
        } else if (!reasoning.text().isEmpty() || !reasoning.seal().isEmpty()) {
            ObjectNode text =
                    content.addObject().putObject("reasoningContent").putObject("reasoningText");
            text.put("text", reasoning.text());
            if (!reasoning.seal().isEmpty()) {
                text.put("signature", reasoning.seal());
            }
        }
    }
}
