package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.Operation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** Apps as {@link TranslationMatrixTest} has them: what they ask, and how they read the answer. */
final class MatrixApps {
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCHEMA =
            "{'type':'object','properties':{'city':{'type':'string'}},'required':['city'],"
                    + "'additionalProperties':false}";

    private MatrixApps() {}

    /** The request of an app. */
    static byte[] request(Operation operation, boolean stream, String feature) {
        String text =
                switch (operation) {
                    case CHAT_COMPLETIONS -> chat(feature);
                    case RESPONSES -> responses(feature);
                    case MESSAGES -> messages(feature);
                    default -> throw new IllegalArgumentException(operation.wire());
                };
        ObjectNode body = (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        return JSON.writeValueAsBytes(body.put("stream", stream));
    }

    private static String chat(String feature) {
        String content =
                feature.equals("image")
                        ? "[{'type':'text','text':'What?'},{'type':'image_url','image_url':"
                                + "{'url':'data:image/png;base64,"
                                + PNG
                                + "'}}]"
                        : "'Hi'";
        String more =
                switch (feature) {
                    case "tools" ->
                            ",'tools':[{'type':'function','function':{'name':'weather',"
                                    + "'description':'The weather','parameters':"
                                    + SCHEMA
                                    + "}}]";
                    case "schema" ->
                            ",'response_format':{'type':'json_schema','json_schema':"
                                    + "{'name':'place','strict':true,'schema':"
                                    + SCHEMA
                                    + "}}";
                    default -> "";
                };
        return "{'model':'m','messages':[{'role':'user','content':" + content + "}]" + more + "}";
    }

    private static String responses(String feature) {
        String image =
                feature.equals("image")
                        ? ",{'type':'input_image','image_url':'data:image/png;base64," + PNG + "'}"
                        : "";
        String more =
                switch (feature) {
                    case "tools" ->
                            ",'tools':[{'type':'function','name':'weather',"
                                    + "'description':'The weather','strict':false,'parameters':"
                                    + SCHEMA
                                    + "}]";
                    case "schema" ->
                            ",'text':{'format':{'type':'json_schema','name':'place','strict':true,"
                                    + "'schema':"
                                    + SCHEMA
                                    + "}}";
                    default -> "";
                };
        return "{'model':'m','store':false,'input':[{'role':'user','content':"
                + "[{'type':'input_text','text':'Hi'}"
                + image
                + "]}]"
                + more
                + "}";
    }

    private static String messages(String feature) {
        String image =
                feature.equals("image")
                        ? ",{'type':'image','source':{'type':'base64','media_type':'image/png',"
                                + "'data':'"
                                + PNG
                                + "'}}"
                        : "";
        String more =
                switch (feature) {
                    case "tools" ->
                            ",'tools':[{'name':'weather','description':'The weather',"
                                    + "'input_schema':"
                                    + SCHEMA
                                    + "}]";
                    case "schema" ->
                            ",'output_config':{'format':{'type':'json_schema','schema':"
                                    + SCHEMA
                                    + "}}";
                    default -> "";
                };
        return "{'model':'m','max_tokens':100,'messages':[{'role':'user','content':"
                + "[{'type':'text','text':'Hi'}"
                + image
                + "]}]"
                + more
                + "}";
    }

    /** What an app makes of an answer: its text, or {@code name arguments} of its call. */
    static String read(Operation operation, boolean stream, String answer) {
        if (!stream) {
            return whole(operation, JSON.readTree(answer));
        }
        List<JsonNode> events = events(answer);
        return switch (operation) {
            case CHAT_COMPLETIONS -> chunks(events);
            case RESPONSES -> whole(operation, events.getLast().path("response"));
            case MESSAGES -> blocks(events);
            default -> throw new IllegalArgumentException(operation.wire());
        };
    }

    private static String whole(Operation operation, JsonNode answer) {
        var read = new StringBuilder();
        switch (operation) {
            case CHAT_COMPLETIONS -> {
                JsonNode message = answer.at("/choices/0/message");
                read.append(message.path("content").asString(""));
                call(read, message.at("/tool_calls/0/function"));
            }
            case RESPONSES -> {
                for (JsonNode item : answer.path("output")) {
                    read.append(item.at("/content/0/text").asString(""));
                    call(read, item);
                }
            }
            default -> {
                for (JsonNode block : answer.path("content")) {
                    read.append(block.path("text").asString(""));
                    if (block.has("input")) {
                        read.append(block.path("name").asString()).append(' ');
                        read.append(block.path("input"));
                    }
                }
            }
        }
        return read.toString();
    }

    private static void call(StringBuilder read, JsonNode call) {
        if (call.has("arguments")) {
            read.append(call.path("name").asString()).append(' ');
            read.append(JSON.readTree(call.path("arguments").asString()));
        }
    }

    private static String chunks(List<JsonNode> events) {
        var text = new StringBuilder();
        var name = new StringBuilder();
        var arguments = new StringBuilder();
        for (JsonNode event : events) {
            JsonNode delta = event.at("/choices/0/delta");
            text.append(delta.path("content").asString(""));
            name.append(delta.at("/tool_calls/0/function/name").asString(""));
            arguments.append(delta.at("/tool_calls/0/function/arguments").asString(""));
        }
        return name.isEmpty() ? text.toString() : text.toString() + name + " " + arguments;
    }

    private static String blocks(List<JsonNode> events) {
        var read = new StringBuilder();
        for (JsonNode event : events) {
            JsonNode block = event.path("content_block");
            if (block.path("type").asString("").equals("tool_use")) {
                read.append(block.path("name").asString()).append(' ');
            }
            read.append(event.at("/delta/text").asString(""));
            read.append(event.at("/delta/partial_json").asString(""));
        }
        return read.toString();
    }

    private static List<JsonNode> events(String stream) {
        var events = new ArrayList<JsonNode>();
        for (String line : stream.split("\n", -1)) {
            if (line.startsWith("data: {")) {
                events.add(JSON.readTree(line.substring("data: ".length())));
            }
        }
        return events;
    }
}
