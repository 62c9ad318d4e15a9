package com.neuralrouter.server.provider;

import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Conversation.StopSequences;
import com.neuralrouter.server.chat.Given;
import com.neuralrouter.server.chat.Media;
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

/** Makes conversations as tests need them. */
public final class Chats {
    /** One pixel. */
    public static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    public static final Part.Image IMAGE =
            new Part.Image(
                    "messages[0].content[1]",
                    new Media.Inline("image/png", PNG),
                    Part.Image.Detail.UNSAID);
    public static final Part.Image REMOTE_IMAGE =
            new Part.Image(
                    "messages[0].content[1]",
                    new Media.Remote("https://images.example/cat.png"),
                    Part.Image.Detail.UNSAID);
    public static final Part.Document PDF =
            new Part.Document(
                    "messages[0].content[1]",
                    new Media.Inline("application/pdf", "JVBERi0xLjQ="),
                    "a.pdf");
    public static final Part.Document TEXT_FILE =
            new Part.Document(
                    "messages[0].content[1]",
                    new Media.Inline("text/plain", "R3LDvMOfZQ=="),
                    "greeting.txt");
    public static final Part.Audio SOUND =
            new Part.Audio("messages[0].content[1]", new Media.Inline("audio/wav", "UklGRg=="));
    public static final JsonNode SCHEMA =
            json(
                    """
                    {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}
                    """);
    public static final Tools.Tool WEATHER =
            new Tools.Tool("tools[0]", "weather", "What the weather is", SCHEMA, false);
    public static final Tools.Tool CLOCK =
            new Tools.Tool("tools[1]", "clock", "", json("{\"type\":\"object\"}"), false);

    private final List<Part.Text> instructions = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private Tools tools = Tools.NONE;
    private final Map<Setting, Given> settings = new EnumMap<>(Setting.class);
    private StopSequences stop = StopSequences.NONE;
    private OutputFormat output = OutputFormat.Plain.TEXT;
    private Thinking thinking = Thinking.Unsaid.UNSAID;
    private boolean stream;

    private Chats() {}

    /** With one turn of the user's. */
    public static Chats saying(String text) {
        return new Chats().user(text(text));
    }

    /** Without a turn yet. */
    public static Chats empty() {
        return new Chats();
    }

    /** Quotation marks may be single ones. */
    public static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    /** The same as if it had come over the wire: what kind of number it was made of is gone. */
    public static JsonNode sent(JsonNode written) {
        return JsonMapper.shared().readTree(written.toString());
    }

    /** A tool without a description. */
    public static Tools.Tool tool(String name, String schema) {
        return new Tools.Tool("tools[0]", name, "", json(schema), false);
    }

    public static Part.Text text(String text) {
        return new Part.Text("messages[0].content[0]", text);
    }

    public static Part.ToolCall calling(String id, String name, String arguments) {
        return new Part.ToolCall("messages[1].tool_calls[0]", id, name, arguments);
    }

    public static Part.ToolResult result(String callId, Part... output) {
        return new Part.ToolResult("messages[2]", callId, List.of(output), false);
    }

    public static Part.ToolResult failure(String callId, Part... output) {
        return new Part.ToolResult("messages[2]", callId, List.of(output), true);
    }

    public static Part.Reasoning thought(String text, String seal) {
        return new Part.Reasoning("messages[1].content[0]", text, seal, text.isEmpty());
    }

    public Chats system(String text) {
        instructions.add(new Part.Text("messages[0]", text));
        return this;
    }

    public Chats user(Part... parts) {
        return turn(Turn.Role.USER, parts);
    }

    public Chats assistant(Part... parts) {
        return turn(Turn.Role.ASSISTANT, parts);
    }

    public Chats turn(Turn.Role role, Part... parts) {
        turns.add(new Turn("messages[" + turns.size() + "]", role, List.of(parts)));
        return this;
    }

    public Chats tools(Tools.Choice choice, Tools.Tool... list) {
        tools = new Tools(List.of(list), choice);
        return this;
    }

    public Chats tools(Tools.Choice choice, boolean parallel, Tools.Tool... list) {
        tools = new Tools(List.of(list), choice, parallel, "parallel_tool_calls");
        return this;
    }

    /** Under the setting's own name as the field. */
    public Chats set(Setting setting, String value) {
        return set(setting, setting.name().toLowerCase(Locale.ROOT), value);
    }

    public Chats set(Setting setting, String field, String value) {
        settings.put(setting, new Given(field, new BigDecimal(value)));
        return this;
    }

    public Chats stop(String... sequences) {
        stop = new StopSequences("stop", List.of(sequences));
        return this;
    }

    public Chats output(OutputFormat output) {
        this.output = output;
        return this;
    }

    public Chats schema() {
        return output(new OutputFormat.Schema("response_format", "place", SCHEMA, true));
    }

    public Chats thinking(Thinking thinking) {
        this.thinking = thinking;
        return this;
    }

    public Chats stream() {
        stream = true;
        return this;
    }

    public Conversation end() {
        return new Conversation(
                instructions,
                turns,
                tools,
                settings,
                stop,
                output,
                thinking,
                stream,
                Set.of("user"));
    }
}
