package com.neuralrouter.server.chat.anthropic;

import com.neuralrouter.server.chat.DataUrl;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Part.Image.Detail;
import com.neuralrouter.server.chat.Placed;
import com.neuralrouter.server.chat.Turn;
import com.neuralrouter.server.chat.Turn.Role;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The messages of one request, as instructions and turns. */
final class AnthropicMessages {
    private final Set<String> hints;

    /**
     * @param hints gets what may be left out
     */
    AnthropicMessages(Set<String> hints) {
        this.hints = hints;
    }

    /** A part of a prompt is marked to be kept in a cache: that changes what it costs, no more. */
    static void cacheHint(Placed where, Set<String> hints) {
        if (where.field("cache_control").given()) {
            hints.add("cache_control");
        }
    }

    List<Part.Text> instructions(Placed system) {
        return system.given() ? Part.Text.all(said(system)) : List.of();
    }

    List<Turn> turns(Placed messages) {
        var turns = new ArrayList<Turn>();
        for (Placed message : messages.items()) {
            message.requireOnly(Set.of("role", "content"));
            Role role =
                    switch (message.field("role").string()) {
                        case "user" -> Role.USER;
                        case "assistant" -> Role.ASSISTANT;
                        case "system" -> Role.SYSTEM;
                        default ->
                                throw message.field("role").malformed("must be user or assistant");
                    };
            turns.add(new Turn(message.at(), role, said(message.field("content"))));
        }
        if (turns.isEmpty()) {
            throw messages.malformed("must have at least one message");
        }
        return turns;
    }

    private List<Part> said(Placed content) {
        return content.said(this::part);
    }

    private Part part(Placed block) {
        block.object();
        cacheHint(block, hints);
        return switch (block.field("type").string()) {
            case "text" -> {
                if (!block.field("citations").items().isEmpty()) {
                    hints.add("citations");
                }
                yield new Part.Text(block.at(), block.field("text").string());
            }
            case "image" ->
                    new Part.Image(block.at(), source(block.field("source")), Detail.UNSAID);
            case "document" -> document(block);
            case "tool_use" ->
                    new Part.ToolCall(
                            block.at(),
                            block.field("id").string(),
                            block.field("name").string(),
                            block.field("input").object().toString());
            case "tool_result" -> result(block);
            case "thinking" ->
                    new Part.Reasoning(
                            block.at(),
                            block.field("thinking").string(),
                            block.field("signature").stringOr(""),
                            false);
            case "redacted_thinking" ->
                    new Part.Reasoning(block.at(), "", block.field("data").string(), true);
            default -> throw block.field("type").inexpressible();
        };
    }

    private Part result(Placed block) {
        block.requireOnly(Set.of("type", "tool_use_id", "content", "is_error", "cache_control"));
        Placed content = block.field("content");
        return new Part.ToolResult(
                block.at(),
                block.field("tool_use_id").string(),
                content.given() ? said(content) : List.of(),
                block.field("is_error").boolOr(false));
    }

    private static Part document(Placed block) {
        block.requireOnly(Set.of("type", "source", "title", "citations", "cache_control"));
        Placed citations = block.field("citations");
        if (citations.given() && citations.field("enabled").boolOr(false)) {
            throw citations.inexpressible();
        }
        return new Part.Document(
                block.at(), source(block.field("source")), block.field("title").stringOr(""));
    }

    private static Media source(Placed source) {
        source.object();
        return switch (source.field("type").string()) {
            case "base64" ->
                    new Media.Inline(
                            source.field("media_type").string(), source.field("data").string());
            case "text" ->
                    new Media.Inline(
                            "text/plain",
                            Base64.getEncoder()
                                    .encodeToString(
                                            source.field("data")
                                                    .string()
                                                    .getBytes(StandardCharsets.UTF_8)));
            case "url" -> {
                if (DataUrl.media(source.field("url")) instanceof Media.Remote remote) {
                    yield remote;
                }
                throw source.field("url").malformed("must be a URL of http or https");
            }
            default -> throw source.field("type").inexpressible();
        };
    }
}
