package com.neuralrouter.server.provider;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Conversation.StopSequences;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Turn;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes conversations for tests: one question, and what a test adds to it. */
public final class Chat {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Part.Text> instructions = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Map<Setting, Given> settings = new EnumMap<>(Setting.class);
    private Tools tools = Tools.NONE;
    private StopSequences stop = StopSequences.NONE;
    private OutputFormat output = OutputFormat.Plain.TEXT;
    private Thinking thinking = Thinking.Unsaid.UNSAID;
    private boolean stream;

    public static Chat asking(String question) {
        return new Chat().user(text(question));
    }

    public static Chat empty() {
        return new Chat();
    }

    public static Part.Text text(String text) {
        return new Part.Text("messages[0].content", text);
    }

    public static JsonNode json(String json) {
        return JSON.readTree(json.replace('\'', '"'));
    }

    /** The same as if it had come over the wire: what kind of number it was made of is gone. */
    public static JsonNode sent(JsonNode written) {
        return JSON.readTree(written.toString());
    }

    /** A tool without a description. */
    public static Tools.Tool tool(String name, String schema) {
        return new Tools.Tool("tools[0]", name, "", json(schema), false);
    }

    public Chat system(String text) {
        instructions.add(new Part.Text("messages[0]", text));
        return this;
    }

    public Chat user(Part... parts) {
        return turn(Turn.Role.USER, parts);
    }

    public Chat assistant(Part... parts) {
        return turn(Turn.Role.ASSISTANT, parts);
    }

    public Chat turn(Turn.Role role, Part... parts) {
        turns.add(new Turn("messages[" + turns.size() + "]", role, List.of(parts)));
        return this;
    }

    public Chat tools(Tools.Choice choice, boolean parallel, Tools.Tool... list) {
        tools = new Tools(List.of(list), choice, parallel, "parallel_tool_calls");
        return this;
    }

    public Chat set(Setting setting, String value) {
        settings.put(
                setting, new Given(setting.name().toLowerCase(Locale.ROOT), new BigDecimal(value)));
        return this;
    }

    public Chat stop(String... sequences) {
        stop = new StopSequences("stop", List.of(sequences));
        return this;
    }

    public Chat output(OutputFormat format) {
        output = format;
        return this;
    }

    public Chat thinking(Thinking how) {
        thinking = how;
        return this;
    }

    public Chat stream() {
        stream = true;
        return this;
    }

    public Conversation conversation() {
        return new Conversation(
                instructions, turns, tools, settings, stop, output, thinking, stream, Set.of());
    }
}
