package com.neuralrouter.server.chat.responses;

import com.neuralrouter.server.chat.DataUrl;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Placed;
import com.neuralrouter.server.chat.Turn;
import com.neuralrouter.server.chat.Turn.Role;
import com.neuralrouter.server.chat.openai.OpenAiVocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The input of one request, as instructions and turns. What the model said stands in several items
 * there, and so do the results of its tools; those that follow each other are one turn.
 */
final class ResponsesItems {
    private final List<Part.Text> instructions = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Part> open = new ArrayList<>();
    private Role openRole = Role.USER;
    private String openAt = "";

    private ResponsesItems() {}

    static ResponsesItems read(Placed instructions, Placed input) {
        var read = new ResponsesItems();
        if (instructions.given()) {
            read.instructions.add(new Part.Text(instructions.at(), instructions.string()));
        }
        if (input.node().isString()) {
            read.turns.add(
                    new Turn(
                            input.at(),
                            Role.USER,
                            List.of(new Part.Text(input.at(), input.string()))));
            return read;
        }
        for (Placed item : input.items()) {
            read.item(item);
        }
        read.endOpen();
        if (read.turns.isEmpty()) {
            throw input.malformed("must have an item that is not the system's");
        }
        return read;
    }

    List<Part.Text> instructions() {
        return instructions;
    }

    List<Turn> turns() {
        return turns;
    }

    private void item(Placed item) {
        item.object();
        switch (item.field("type").stringOr("message")) {
            case "message" -> message(item);
            case "function_call" ->
                    add(
                            Role.ASSISTANT,
                            item,
                            new Part.ToolCall(
                                    item.at(),
                                    item.field("call_id").string(),
                                    item.field("name").string(),
                                    item.field("arguments").string()));
            case "function_call_output" ->
                    add(
                            Role.USER,
                            item,
                            new Part.ToolResult(
                                    item.at(),
                                    item.field("call_id").string(),
                                    content(item.field("output")),
                                    false));
            case "reasoning" -> add(Role.ASSISTANT, item, reasoning(item));
            default -> throw item.field("type").inexpressible();
        }
    }

    private void message(Placed item) {
        List<Part> said = content(item.field("content"));
        switch (item.field("role").string()) {
            case "assistant" -> said.forEach(part -> add(Role.ASSISTANT, item, part));
            case "user" -> {
                endOpen();
                turns.add(new Turn(item.at(), Role.USER, said));
            }
            case "system", "developer" -> {
                endOpen();
                if (turns.isEmpty()) {
                    instructions.addAll(Part.Text.all(said));
                } else {
                    turns.add(new Turn(item.at(), Role.SYSTEM, said));
                }
            }
            default -> throw item.field("role").inexpressible();
        }
    }

    private void add(Role role, Placed item, Part part) {
        if (openRole != role) {
            endOpen();
        }
        if (open.isEmpty()) {
            openRole = role;
            openAt = item.at();
        }
        open.add(part);
    }

    private void endOpen() {
        if (!open.isEmpty()) {
            turns.add(new Turn(openAt, openRole, open));
            open.clear();
        }
    }

    private static Part reasoning(Placed item) {
        var text = new StringBuilder();
        for (String where : List.of("content", "summary")) {
            if (text.isEmpty()) {
                for (Placed piece : item.field(where).items()) {
                    text.append(text.isEmpty() ? "" : "\n\n").append(piece.field("text").string());
                }
            }
        }
        String seal = item.field("encrypted_content").stringOr("");
        return new Part.Reasoning(
                item.at(), text.toString(), seal, text.isEmpty() && !seal.isEmpty());
    }

    private static List<Part> content(Placed content) {
        return content.said(ResponsesItems::part);
    }

    private static Part part(Placed part) {
        part.object();
        return switch (part.field("type").string()) {
            case "input_text", "output_text" ->
                    new Part.Text(part.at(), part.field("text").string());
            case "refusal" -> new Part.Refusal(part.at(), part.field("refusal").string());
            case "input_image" -> {
                part.requireOnly(Set.of("type", "image_url", "detail"));
                yield new Part.Image(
                        part.at(),
                        DataUrl.media(part.field("image_url")),
                        OpenAiVocabulary.detail(part.field("detail")));
            }
            case "input_file" -> {
                part.requireOnly(Set.of("type", "file_data", "file_url", "filename"));
                Placed data = part.field("file_data");
                yield new Part.Document(
                        part.at(),
                        DataUrl.media(data.given() ? data : part.field("file_url")),
                        part.field("filename").stringOr(""));
            }
            default -> throw part.field("type").inexpressible();
        };
    }
}
