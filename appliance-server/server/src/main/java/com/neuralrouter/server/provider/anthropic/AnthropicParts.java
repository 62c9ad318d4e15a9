package com.neuralrouter.server.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.ToolArguments;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Base64;
import java.util.Set;

/** Writes pieces of what was said as the Messages API's content blocks. Without state. */
final class AnthropicParts {
    private static final Set<String> IMAGES =
            Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private AnthropicParts() {}

    /** Adds its block. An empty text is none: the API refuses it, and it says nothing. */
    static void add(Part part, ArrayNode content) {
        switch (part) {
            case Part.Text text -> text(text.text(), content);
            case Part.Refusal refusal -> text(refusal.text(), content);
            case Part.Image image -> image(image, content);
            case Part.Document document -> document(document, content);
            case Part.Audio audio ->
                    throw new Inexpressible(
                            audio.at(), "is a sound, for which Anthropic's API has no word");
            case Part.ToolCall call -> {
                ObjectNode block = content.addObject();
                block.put("type", "tool_use");
                block.put("id", call.id());
                block.put("name", call.name());
                block.set("input", ToolArguments.object(call));
            }
            case Part.ToolResult result -> result(result, content);
            case Part.Reasoning reasoning -> reasoning(reasoning, content);
        }
    }

    static void text(String text, ArrayNode content) {
        if (!text.isEmpty()) {
            content.addObject().put("type", "text").put("text", text);
        }
    }

    private static void image(Part.Image image, ArrayNode content) {
        if (image.detail() != Part.Image.Detail.UNSAID) {
            throw new Inexpressible(
                    image.at(), "says how closely to look, for which Anthropic's API has no word");
        }
        ObjectNode source = content.addObject().put("type", "image").putObject("source");
        switch (image.media()) {
            case Media.Remote remote -> source.put("type", "url").put("url", remote.url());
            case Media.Inline inline -> {
                if (!IMAGES.contains(inline.type())) {
                    throw new Inexpressible(
                            image.at(), "is of a type that Anthropic's API does not take");
                }
                base64(inline, source);
            }
        }
    }

    private static void document(Part.Document document, ArrayNode content) {
        ObjectNode block = content.addObject().put("type", "document");
        ObjectNode source = block.putObject("source");
        switch (document.media()) {
            case Media.Remote remote -> source.put("type", "url").put("url", remote.url());
            case Media.Inline inline -> {
                switch (inline.type()) {
                    case "application/pdf" -> base64(inline, source);
                    case "text/plain" ->
                            source.put("type", "text")
                                    .put("media_type", "text/plain")
                                    .put("data", decoded(document.at(), inline));
                    default ->
                            throw new Inexpressible(
                                    document.at(),
                                    "is of a type that Anthropic's API does not take");
                }
            }
        }
        if (!document.name().isEmpty()) {
            block.put("title", document.name());
        }
    }

    private static void base64(Media.Inline inline, ObjectNode source) {
        source.put("type", "base64");
        source.put("media_type", inline.type());
        source.put("data", inline.base64());
    }

    private static String decoded(String at, Media.Inline inline) {
        try {
            return new String(Base64.getDecoder().decode(inline.base64()), UTF_8);
        } catch (IllegalArgumentException _) {
            throw new Inexpressible(at, "is not in Base64");
        }
    }

    private static void result(Part.ToolResult result, ArrayNode content) {
        ObjectNode block = content.addObject();
        block.put("type", "tool_result");
        block.put("tool_use_id", result.callId());
        ArrayNode output = block.putArray("content");
        result.output().forEach(part -> add(part, output));
        if (result.failed()) {
            block.put("is_error", true);
        }
    }

    /** Thoughts are taken back only with what the API sealed them with. */
    private static void reasoning(Part.Reasoning reasoning, ArrayNode content) {
        if (reasoning.sealOnly()) {
            content.addObject().put("type", "redacted_thinking").put("data", reasoning.seal());
        } else if (!reasoning.seal().isEmpty()) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", reasoning.text())
                    .put("signature", reasoning.seal());
        } else if (!reasoning.text().isEmpty()) {
            throw new Inexpressible(
                    reasoning.at(), "has no signature, without which Anthropic's API takes none");
        }
    }
}
