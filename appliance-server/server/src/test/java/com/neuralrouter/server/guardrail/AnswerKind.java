package com.neuralrouter.server.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Operation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/** The ways in which text streams: one for each kind of text of each format. */
enum AnswerKind {
    CHAT(Operation.CHAT_COMPLETIONS, "/choices/0/delta/content"),
    CHAT_TOOL(Operation.CHAT_COMPLETIONS, "/choices/0/delta/tool_calls/0/function/arguments"),
    COMPLETION(Operation.COMPLETIONS, "/choices/0/text"),
    MESSAGES(Operation.MESSAGES, "/delta/text"),
    MESSAGES_TOOL(Operation.MESSAGES, "/delta/partial_json"),
    RESPONSES(Operation.RESPONSES, "/delta"),
    RESPONSES_TOOL(Operation.RESPONSES, "/delta");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    final Operation operation;
    final String text;

    AnswerKind(Operation operation, String text) {
        this.operation = operation;
        this.text = text;
    }

    boolean isTool() {
        return name().endsWith("TOOL");
    }

    /** The stream that says those pieces, each in a delta. */
    String stream(List<String> pieces) {
        var out = new StringBuilder();
        switch (this) {
            case CHAT -> chat(out, pieces);
            case CHAT_TOOL -> chatTool(out, pieces);
            case COMPLETION -> completion(out, pieces);
            case MESSAGES, MESSAGES_TOOL -> messages(out, pieces);
            case RESPONSES, RESPONSES_TOOL -> responses(out, pieces);
        }
        return out.toString();
    }

    private void chat(StringBuilder out, List<String> pieces) {
        add(
                out,
                "",
                "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}");
        pieces.forEach(piece ->
                add(
                        out,
                        "",
                        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":%s},\"logprobs\":{\"content\":[{\"token\":%s}]},\"finish_reason\":null}]}"
                                .replace("%s", JSON.writeValueAsString(piece))));
        add(
                out,
                "",
                "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12345678}}");
        out.append("data: [DONE]\n\n");
    }

    private void chatTool(StringBuilder out, List<String> pieces) {
        add(
                out,
                "",
                "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]},\"finish_reason\":null}]}");
        pieces.forEach(piece ->
                add(
                        out,
                        "",
                        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":%s}}]},\"finish_reason\":null}]}"
                                .formatted(JSON.writeValueAsString(piece))));
        add(
                out,
                "",
                "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}");
        out.append("data: [DONE]\n\n");
    }

    private void completion(StringBuilder out, List<String> pieces) {
        pieces.forEach(piece ->
                add(
                        out,
                        "",
                        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"text\":%s,\"finish_reason\":null}]}"
                                .formatted(JSON.writeValueAsString(piece))));
        out.append("data: [DONE]\n\n");
    }

    private void messages(StringBuilder out, List<String> pieces) {
        add(
                out,
                "message_start",
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"content\":[]}}");
        add(
                out,
                "content_block_start",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
        String delta =
                this == MESSAGES
                        ? "{\"type\":\"text_delta\",\"text\":%s}"
                        : "{\"type\":\"input_json_delta\",\"partial_json\":%s}";
        pieces.forEach(piece ->
                add(
                        out,
                        "content_block_delta",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                                + delta.formatted(JSON.writeValueAsString(piece))
                                + "}"));
        add(out, "content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
        add(out, "message_stop", "{\"type\":\"message_stop\"}");
    }

    private void responses(StringBuilder out, List<String> pieces) {
        String quoted = JSON.writeValueAsString(String.join("", pieces));
        String type = this == RESPONSES ? "output_text" : "function_call_arguments";
        String field = this == RESPONSES ? "text" : "arguments";
        add(
                out,
                "response.created",
                "{\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"r\",\"output\":[]}}");
        for (int i = 0; i < pieces.size(); i++) {
            add(
                    out,
                    "response." + type + ".delta",
                    "{\"type\":\"response.%s.delta\",\"sequence_number\":%d,\"item_id\":\"i\",\"output_index\":0,\"content_index\":0,\"delta\":%s,\"logprobs\":[]}"
                            .formatted(type, i + 1, JSON.writeValueAsString(pieces.get(i))));
        }
        add(
                out,
                "response." + type + ".done",
                "{\"type\":\"response.%s.done\",\"sequence_number\":%d,\"item_id\":\"i\",\"output_index\":0,\"content_index\":0,\"%s\":%s}"
                        .formatted(type, pieces.size() + 1, field, quoted));
        add(
                out,
                "response.completed",
                "{\"type\":\"response.completed\",\"sequence_number\":%d,\"response\":{\"id\":\"r\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":%s}]}]}}"
                        .formatted(pieces.size() + 2, quoted));
    }

    private static void add(StringBuilder out, String name, String data) {
        if (!name.isEmpty()) {
            out.append("event: ").append(name).append('\n');
        }
        out.append("data: ").append(data).append("\n\n");
    }

    /** What the pieces of text in a stream come to. */
    String said(String stream) {
        var said = new StringBuilder();
        for (JsonNode event : events(stream)) {
            String type = event.path("type").asString("");
            if (type.isEmpty() || type.endsWith("delta")) {
                said.append(event.at(text).asString(""));
            }
        }
        return said.toString();
    }

    static List<JsonNode> events(String stream) {
        var events = new ArrayList<JsonNode>();
        for (String event : stream.split("\n\n")) {
            for (String line : event.split("\n")) {
                if (line.startsWith("data: {")) {
                    events.add(JSON.readTree(line.substring(6)));
                } else {
                    assertThat(line).matches("event: .+|data: \\[DONE]");
                }
            }
        }
        return events;
    }
}
