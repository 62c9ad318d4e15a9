package com.neuralrouter.server.provider.anthropic;

import static com.neuralrouter.server.provider.Chats.json;
import static com.neuralrouter.server.provider.Chats.text;
import static com.neuralrouter.server.provider.Chats.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.chat.Turn;
import com.neuralrouter.server.provider.Chats;
import com.neuralrouter.server.provider.RequestSchema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.stream.Stream;

/** Each expected text is a request as the API's reference has it. */
class AnthropicWriterTest {
    /** A model that is told in tokens how much to think. */
    private static final String OLD = "claude-sonnet-4-5";

    private static final Part.Image PICTURE =
            new Part.Image(
                    "messages[1].content[1]",
                    new Media.Inline("image/png", "iVBORw0K"),
                    Part.Image.Detail.UNSAID);

    private static JsonNode written(Chats chat) {
        return written(chat, "claude-x");
    }

    private static JsonNode written(Chats chat, String model) {
        JsonNode request = Chats.sent(new AnthropicWriter().write(chat.end(), model));
        assertThat(RequestSchema.misfits(ProviderKind.ANTHROPIC, request)).isEmpty();
        return request;
    }

    @Test
    void writesAQuestionWithItsInstructionsAndSettings() {
        JsonNode request =
                written(
                        Chats.saying("Hello")
                                .system("Be brief.")
                                .set(Setting.MAX_OUTPUT_TOKENS, "100")
                                .set(Setting.TEMPERATURE, "0.5")
                                .set(Setting.TOP_P, "0.9")
                                .set(Setting.TOP_K, "40")
                                .set(Setting.PRESENCE_PENALTY, "0")
                                .stop("END", "\n\n")
                                .stream());

        assertThat(request)
                .isEqualTo(
                        json(
                                """
                                {'model':'claude-x','max_tokens':100,'stream':true,
                                 'system':[{'type':'text','text':'Be brief.'}],
                                 'messages':[{'role':'user','content':[
                                   {'type':'text','text':'Hello'}]}],
                                 'temperature':0.5,'top_p':0.9,'top_k':40,
                                 'stop_sequences':['END','\\n\\n']}
                                """));
    }

    @Test
    void givesANumberOfTokensWhereTheAppGaveNone() {
        assertThat(written(Chats.saying("Hello")).path("max_tokens").asInt()).isEqualTo(8_192);
    }

    @Test
    void writesToolsWithTheirCallsAndResults() {
        JsonNode request =
                written(
                        Chats.saying("Weather?")
                                .assistant(
                                        text(""),
                                        new Part.ToolCall(
                                                "m", "call_1", "weather", "{\"in\":\"A\"}"),
                                        new Part.ToolCall("m", "call_2", "time", ""))
                                .user(
                                        text("Here."),
                                        new Part.ToolResult(
                                                "m",
                                                "call_1",
                                                List.of(text("sunny"), PICTURE),
                                                false))
                                .user(new Part.ToolResult("m", "call_2", List.of(), true))
                                .tools(
                                        Choice.Auto.AUTO,
                                        false,
                                        tool("weather", "{'type':'object'}"),
                                        tool("time", "{}")));

        assertThat(request.path("messages"))
                .isEqualTo(
                        json(
                                """
                                [{'role':'user','content':[{'type':'text','text':'Weather?'}]},
                                 {'role':'assistant','content':[
                                  {'type':'tool_use','id':'call_1','name':'weather',
                                   'input':{'in':'A'}},
                                  {'type':'tool_use','id':'call_2','name':'time','input':{}}]},
                                 {'role':'user','content':[
                                  {'type':'tool_result','tool_use_id':'call_1','content':[
                                   {'type':'text','text':'sunny'},
                                   {'type':'image','source':{'type':'base64',
                                    'media_type':'image/png','data':'iVBORw0K'}}]},
                                  {'type':'tool_result','tool_use_id':'call_2','content':[],
                                   'is_error':true},
                                  {'type':'text','text':'Here.'}]}]
                                """));
        assertThat(request.path("tools"))
                .isEqualTo(
                        json(
                                """
                                [{'name':'weather','input_schema':{'type':'object'}},
                                 {'name':'time','input_schema':{'type':'object'}}]
                                """));
        assertThat(request.path("tool_choice"))
                .isEqualTo(json("{'type':'auto','disable_parallel_tool_use':true}"));
    }

    static Stream<List<Object>> choices() {
        return Stream.of(
                List.of(Choice.Auto.REQUIRED, true, "{'type':'any'}"),
                List.of(Choice.Auto.NONE, false, "{'type':'none'}"),
                List.of(new Choice.Named("t"), true, "{'type':'tool','name':'t'}"),
                List.of(
                        new Choice.Named("t"),
                        false,
                        "{'type':'tool','name':'t','disable_parallel_tool_use':true}"));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void writesWhetherAToolMustBeCalled(List<Object> choice) {
        Chats chat =
                Chats.saying("Hello")
                        .tools(
                                (Choice) choice.get(0),
                                (Boolean) choice.get(1),
                                tool("t", "{'type':'object'}"));

        assertThat(written(chat).path("tool_choice")).isEqualTo(json((String) choice.get(2)));
    }

    @Test
    void saysNothingAboutToolsThatTheModelMayChooseByItself() {
        Chats chat = Chats.saying("Hello").tools(Choice.Auto.AUTO, true, tool("t", "{}"));

        assertThat(written(chat).has("tool_choice")).isFalse();
    }

    @Test
    void writesImagesAndDocuments() {
        Chats chat =
                Chats.empty()
                        .user(
                                new Part.Image(
                                        "m",
                                        new Media.Remote("https://x/y.png"),
                                        Part.Image.Detail.UNSAID),
                                new Part.Document(
                                        "m", new Media.Inline("application/pdf", "JVBE"), "a.pdf"),
                                new Part.Document("m", new Media.Inline("text/plain", "w6Q="), ""),
                                new Part.Document("m", new Media.Remote("https://x/y.pdf"), ""));

        assertThat(written(chat).path("messages").path(0).path("content"))
                .isEqualTo(
                        json(
                                """
                                [{'type':'image','source':{'type':'url','url':'https://x/y.png'}},
                                 {'type':'document','source':{'type':'base64',
                                  'media_type':'application/pdf','data':'JVBE'},'title':'a.pdf'},
                                 {'type':'document','source':{'type':'text',
                                  'media_type':'text/plain','data':'\u00e4'}},
                                 {'type':'document','source':{'type':'url','url':'https://x/y.pdf'}}]
                                """));
    }

    @Test
    void givesThoughtsBackWithTheirSeals() {
        Chats chat =
                Chats.saying("Hello")
                        .assistant(
                                new Part.Reasoning("m", "hm", "c2ln", false),
                                new Part.Reasoning("m", "", "cmVk", true),
                                new Part.Reasoning("m", "", "", false),
                                new Part.Refusal("m", "No."));

        assertThat(written(chat).path("messages").path(1).path("content"))
                .isEqualTo(
                        json(
                                """
                                [{'type':'thinking','thinking':'hm','signature':'c2ln'},
                                 {'type':'redacted_thinking','data':'cmVk'},
                                 {'type':'text','text':'No.'}]
                                """));
    }

    @Test
    void tellsAnOldModelInTokensHowMuchToThink() {
        Chats budget = Chats.saying("x").thinking(new Thinking.Budget("thinking", 2_000));
        Chats effort =
                Chats.saying("x")
                        .thinking(new Thinking.Effortful("reasoning_effort", Thinking.Effort.HIGH))
                        .set(Setting.MAX_OUTPUT_TOKENS, "4000");

        assertThat(written(budget, OLD))
                .isEqualTo(
                        json(
                                """
                                {'model':'claude-sonnet-4-5','max_tokens':10192,
                                 'thinking':{'type':'enabled','budget_tokens':2000},
                                 'messages':[{'role':'user','content':[
                                   {'type':'text','text':'x'}]}]}
                                """));
        assertThat(written(effort, OLD).path("thinking").path("budget_tokens").asInt())
                .isEqualTo(3_000);
        assertThat(written(effort, OLD).path("max_tokens").asInt()).isEqualTo(4_000);
    }

    @Test
    void tellsANewModelInAWordHowMuchToThink() {
        Chats budget =
                Chats.saying("x")
                        .thinking(new Thinking.Budget("thinking", 2_500))
                        .output(
                                new OutputFormat.Schema(
                                        "response_format", "", json("{'type':'object'}"), true));
        Chats effort =
                Chats.saying("x")
                        .thinking(
                                new Thinking.Effortful("reasoning_effort", Thinking.Effort.MINIMAL))
                        .set(Setting.MAX_OUTPUT_TOKENS, "500");

        assertThat(written(budget).path("thinking")).isEqualTo(json("{'type':'adaptive'}"));
        assertThat(written(budget).path("output_config"))
                .isEqualTo(
                        json(
                                """
                                {'effort':'medium','format':{'type':'json_schema',
                                 'schema':{'type':'object'}}}
                                """));
        assertThat(written(budget).path("max_tokens").asInt()).isEqualTo(16_384);
        assertThat(written(effort).path("output_config")).isEqualTo(json("{'effort':'low'}"));
        assertThat(written(effort).path("max_tokens").asInt()).isEqualTo(500);
    }

    @Test
    void saysThatThereShallBeNoThinking() {
        Chats chat = Chats.saying("x").thinking(new Thinking.Off("thinking"));

        assertThat(written(chat).path("thinking")).isEqualTo(json("{'type':'disabled'}"));
    }

    @Test
    void writesASchemaForTheAnswer() {
        var schema =
                new OutputFormat.Schema("response_format", "n", json("{'type':'object'}"), true);

        assertThat(written(Chats.saying("x").output(schema)).path("output_config"))
                .isEqualTo(json("{'format':{'type':'json_schema','schema':{'type':'object'}}}"));
    }

    @Test
    void keepsNumbersOfArgumentsAsTheModelWroteThem() {
        Chats chat =
                Chats.saying("x")
                        .assistant(
                                new Part.ToolCall(
                                        "m",
                                        "c1",
                                        "t",
                                        "{\"n\":1.10,\"m\":0.1234567890123456789}"));

        assertThat(new AnthropicWriter().write(chat.end(), "m").toString())
                .contains("{\"n\":1.10,\"m\":0.1234567890123456789}");
    }

    static Stream<List<Object>> inexpressible() {
        return Stream.of(
                List.of("seed", Chats.saying("x").set(Setting.SEED, "1")),
                List.of("temperature", Chats.saying("x").set(Setting.TEMPERATURE, "1.5")),
                List.of("presence_penalty", Chats.saying("x").set(Setting.PRESENCE_PENALTY, "1")),
                List.of("frequency_penalty", Chats.saying("x").set(Setting.FREQUENCY_PENALTY, "1")),
                List.of("response_format", Chats.saying("x").output(OutputFormat.Plain.JSON)),
                List.of(
                        "thinking",
                        Chats.saying("x")
                                .thinking(new Thinking.Budget("thinking", 5_000))
                                .set(Setting.MAX_OUTPUT_TOKENS, "5000")),
                List.of(
                        "reasoning_effort",
                        Chats.saying("x")
                                .thinking(
                                        new Thinking.Effortful(
                                                "reasoning_effort", Thinking.Effort.LOW))
                                .set(Setting.MAX_OUTPUT_TOKENS, "1000")),
                List.of("messages[1]", Chats.saying("x").turn(Turn.Role.SYSTEM, text("y"))),
                List.of("messages[1]", Chats.saying("x").assistant(text(""))),
                List.of(
                        "audio",
                        Chats.empty()
                                .user(
                                        new Part.Audio(
                                                "audio", new Media.Inline("audio/wav", "UklG")))),
                List.of(
                        "image",
                        Chats.empty()
                                .user(
                                        new Part.Image(
                                                "image",
                                                new Media.Inline("image/tiff", "SUkq"),
                                                Part.Image.Detail.UNSAID))),
                List.of(
                        "image",
                        Chats.empty()
                                .user(
                                        new Part.Image(
                                                "image",
                                                new Media.Inline("image/png", "iVBO"),
                                                Part.Image.Detail.LOW))),
                List.of(
                        "file",
                        Chats.empty()
                                .user(
                                        new Part.Document(
                                                "file", new Media.Inline("text/csv", "YSxi"), ""))),
                List.of(
                        "call",
                        Chats.saying("x").assistant(new Part.ToolCall("call", "1", "t", "[1"))),
                List.of(
                        "thought",
                        Chats.saying("x")
                                .assistant(new Part.Reasoning("thought", "hm", "", false))));
    }

    @ParameterizedTest
    @MethodSource("inexpressible")
    void refusesByNameWhatTheFormatHasNoWordFor(List<Object> field) {
        assertThatExceptionOfType(Inexpressible.class)
                .isThrownBy(() -> written((Chats) field.get(1), OLD))
                .satisfies(missing -> assertThat(missing.field()).isEqualTo(field.get(0)));
    }
}
