package com.neuralrouter.server.chat.openai;

import com.neuralrouter.server.chat.DataUrl;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Placed;
import com.neuralrouter.server.chat.Turn;
import com.neuralrouter.server.chat.Turn.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The messages of one chat request, as instructions and turns. */
final class OpenAiMessages {
    private final List<Part.Text> instructions = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    /** Results of tools that follow each other: they are one turn. */
    private final List<Part> results = new ArrayList<>();

    private String resultsAt = "";

    private OpenAiMessages() {}

    static OpenAiMessages read(Placed messages) {
        var read = new OpenAiMessages();
        for (Placed message : messages.items()) {
            read.add(message);
        }
        read.endResults();
        if (read.turns.isEmpty()) {
            throw messages.malformed("must have a message that is not the system's");
        }
        return read;
    }

    List<Part.Text> instructions() {
        return instructions;
    }

    List<Turn> turns() {
        return turns;
    }

    private void add(Placed message) {
        message.object();
        String role = message.field("role").string();
        if (role.equals("tool")) {
            result(message);
            return;
        }
        endResults();
        switch (role) {
            case "system", "developer" -> system(message);
            case "user" -> {
                message.requireOnly(Set.of("role", "content"));
                turns.add(new Turn(message.at(), Role.USER, said(message.field("content"))));
            }
            case "assistant" -> turns.add(new Turn(message.at(), Role.ASSISTANT, model(message)));
            default -> throw message.field("role").inexpressible();
        }
    }

    private void system(Placed message) {
        message.requireOnly(Set.of("role", "content"));
        List<Part.Text> texts = texts(message.field("content"));
        if (turns.isEmpty()) {
            instructions.addAll(texts);
        } else {
            turns.add(new Turn(message.at(), Role.SYSTEM, List.copyOf(texts)));
        }
    }

    private void result(Placed message) {
        message.requireOnly(Set.of("role", "content", "tool_call_id"));
        if (results.isEmpty()) {
            resultsAt = message.at();
        }
        results.add(
                new Part.ToolResult(
                        message.at(),
                        message.field("tool_call_id").string(),
                        List.copyOf(texts(message.field("content"))),
                        false));
    }

    private void endResults() {
        if (!results.isEmpty()) {
            turns.add(new Turn(resultsAt, Role.USER, results));
            results.clear();
        }
    }

    private static List<Part> model(Placed message) {
        message.requireOnly(
                Set.of(
                        "role",
                        "content",
                        "refusal",
                        "tool_calls",
                        "reasoning_content",
                        "reasoning",
                        "annotations"));
        var parts = new ArrayList<Part>();
        for (String name : List.of("reasoning_content", "reasoning")) {
            Placed thought = message.field(name);
            if (parts.isEmpty() && !thought.stringOr("").isEmpty()) {
                parts.add(new Part.Reasoning(thought.at(), thought.string(), "", false));
            }
        }
        Placed content = message.field("content");
        if (content.given()) {
            parts.addAll(said(content));
        }
        Placed refusal = message.field("refusal");
        if (refusal.given()) {
            parts.add(new Part.Refusal(refusal.at(), refusal.string()));
        }
        for (Placed call : message.field("tool_calls").items()) {
            parts.add(call(call));
        }
        return parts;
    }

    private static Part call(Placed call) {
        call.object();
        if (!call.field("type").stringOr("function").equals("function")) {
            throw call.field("type").inexpressible();
        }
        Placed function = call.field("function");
        function.object();
        return new Part.ToolCall(
                call.at(),
                call.field("id").string(),
                function.field("name").string(),
                function.field("arguments").stringOr("{}"));
    }

    private static List<Part.Text> texts(Placed content) {
        return Part.Text.all(said(content));
    }

    private static List<Part> said(Placed content) {
        return content.said(OpenAiMessages::part);
    }

    private static Part part(Placed part) {
        part.object();
        return switch (part.field("type").string()) {
            case "text" -> new Part.Text(part.at(), part.field("text").string());
            case "refusal" -> new Part.Refusal(part.at(), part.field("refusal").string());
            case "image_url" -> image(part);
            case "input_audio" -> audio(part);
            case "file" -> file(part);
            default -> throw part.field("type").inexpressible();
        };
    }

    private static Part image(Placed part) {
        Placed image = part.field("image_url");
        image.requireOnly(Set.of("url", "detail"));
        return new Part.Image(
                part.at(),
                DataUrl.media(image.field("url")),
                OpenAiVocabulary.detail(image.field("detail")));
    }

    private static Part audio(Placed part) {
        Placed audio = part.field("input_audio");
        audio.requireOnly(Set.of("data", "format"));
        String type =
                switch (audio.field("format").string()) {
                    case "wav" -> "audio/wav";
                    case "mp3" -> "audio/mpeg";
                    default -> throw audio.field("format").inexpressible();
                };
        return new Part.Audio(part.at(), new Media.Inline(type, audio.field("data").string()));
    }

    private static Part file(Placed part) {
        Placed file = part.field("file");
        file.requireOnly(Set.of("file_data", "filename"));
        return new Part.Document(
                part.at(),
                DataUrl.inline(file.field("file_data")),
                file.field("filename").stringOr(""));
    }
}
