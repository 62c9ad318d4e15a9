package com.neuralrouter.server.provider.bedrock;

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
class ConverseWriterTest {
    private static final Part.Image PICTURE =
            new Part.Image(
                    "image", new Media.Inline("image/jpeg", "/9j/"), Part.Image.Detail.UNSAID);

    private static JsonNode written(Chats chat) {
        return written(chat, "amazon.nova-x");
    }

    private static JsonNode forClaude(Chats chat) {
        return written(chat, "eu.anthropic.claude-x");
    }

    private static JsonNode written(Chats chat, String model) {
        JsonNode request = Chats.sent(new ConverseWriter().write(chat.end(), model));
        assertThat(RequestSchema.misfits(ProviderKind.BEDROCK, request)).isEmpty();
        return request;
    }

    @Test
    void writesAQuestionWithItsInstructionsAndSettings() {
        Chats chat =
                Chats.saying("Hello")
                        .system("Be brief.")
                        .set(Setting.MAX_OUTPUT_TOKENS, "100")
                        .set(Setting.TEMPERATURE, "0.5")
                        .set(Setting.TOP_P, "0.9")
                        .stop("END")
                        .stream();

        assertThat(written(chat))
                .isEqualTo(
                        json(
                                """
                                {'messages':[{'role':'user','content':[{'text':'Hello'}]}],
                                 'system':[{'text':'Be brief.'}],
                                 'inferenceConfig':{'maxTokens':100,'temperature':0.5,'topP':0.9,
                                  'stopSequences':['END']}}
                                """));
        assertThat(written(Chats.saying("Hello")).has("inferenceConfig")).isFalse();
    }

    @Test
    void writesToolsWithTheirCallsAndResults() {
        JsonNode request =
                written(
                        Chats.saying("Weather?")
                                .assistant(
                                        text(" "),
                                        new Part.ToolCall("m", "c1", "weather", "{\"in\":\"A\"}"))
                                .user(text("Here."))
                                .user(
                                        new Part.ToolResult(
                                                "m", "c1", List.of(text("sunny"), PICTURE), true))
                                .tools(
                                        Choice.Auto.REQUIRED,
                                        true,
                                        tool("weather", "{'type':'object'}")));

        assertThat(request.path("messages"))
                .isEqualTo(
                        json(
                                """
                                [{'role':'user','content':[{'text':'Weather?'}]},
                                 {'role':'assistant','content':[{'toolUse':{'toolUseId':'c1',
                                  'name':'weather','input':{'in':'A'}}}]},
                                 {'role':'user','content':[
                                  {'toolResult':{'toolUseId':'c1','content':[{'text':'sunny'},
                                   {'image':{'format':'jpeg','source':{'bytes':'/9j/'}}}],
                                   'status':'error'}},
                                  {'text':'Here.'}]}]
                                """));
        assertThat(request.path("toolConfig"))
                .isEqualTo(
                        json(
                                """
                                {'tools':[{'toolSpec':{'name':'weather',
                                  'inputSchema':{'json':{'type':'object'}}}}],
                                 'toolChoice':{'any':{}}}
                                """));
    }

    @Test
    void writesWhichToolMustBeCalled() {
        Chats named = Chats.saying("x").tools(new Choice.Named("t"), true, tool("t", "{}"));
        Chats none = Chats.saying("x").tools(Choice.Auto.NONE, false, tool("t", "{}"));

        assertThat(written(named).path("toolConfig").path("toolChoice"))
                .isEqualTo(json("{'tool':{'name':'t'}}"));
        assertThat(written(none).has("toolConfig")).isFalse();
    }

    @Test
    void writesDocumentsUnderNamesThatTheApiTakes() {
        Chats chat =
                Chats.empty()
                        .user(
                                new Part.Document(
                                        "m",
                                        new Media.Inline("application/pdf", "JVBE"),
                                        "a_b.  (c).pdf"),
                                new Part.Document("m", new Media.Inline("text/csv", "YSxi"), ""));

        assertThat(written(chat).path("messages").path(0).path("content"))
                .isEqualTo(
                        json(
                                """
                                [{'document':{'format':'pdf','name':'a-b- (c)-pdf',
                                  'source':{'bytes':'JVBE'}}},
                                 {'document':{'format':'csv','name':'document',
                                  'source':{'bytes':'YSxi'}}}]
                                """));
    }

    @Test
    void givesThoughtsBack() {
        Chats chat =
                Chats.saying("x")
                        .assistant(
                                new Part.Reasoning("m", "hm", "c2ln", false),
                                new Part.Reasoning("m", "", "c2ln", false),
                                new Part.Reasoning("m", "", "cmVk", true));

        assertThat(written(chat).path("messages").path(1).path("content"))
                .isEqualTo(
                        json(
                                """
                                [{'reasoningContent':{'reasoningText':{'text':'hm',
                                  'signature':'c2ln'}}},
                                 {'reasoningContent':{'reasoningText':{'text':'',
                                  'signature':'c2ln'}}},
                                 {'reasoningContent':{'redactedContent':'cmVk'}}]
                                """));
    }

    @Test
    void tellsAnthropicsModelsWhatConverseHasNoWordFor() {
        Chats chat =
                Chats.saying("x")
                        .set(Setting.TOP_K, "5")
                        .thinking(new Thinking.Budget("thinking", 2_000));

        assertThat(forClaude(chat).path("inferenceConfig")).isEqualTo(json("{'maxTokens':10240}"));
        assertThat(forClaude(chat).path("additionalModelRequestFields"))
                .isEqualTo(
                        json(
                                """
                                {'top_k':5,'thinking':{'type':'adaptive'},
                                 'output_config':{'effort':'low'}}
                                """));
    }

    @Test
    void writesASchemaForTheAnswer() {
        var schema =
                new OutputFormat.Schema("response_format", "n", json("{'type':'object'}"), true);

        assertThat(written(Chats.saying("x").output(schema)).path("outputConfig"))
                .isEqualTo(
                        json(
                                """
                                {'textFormat':{'type':'json_schema','structure':{'jsonSchema':{
                                 'schema':'{\\"type\\":\\"object\\"}','name':'n'}}}}
                                """));
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

        assertThat(new ConverseWriter().write(chat.end(), "m").toString())
                .contains("{\"n\":1.10,\"m\":0.1234567890123456789}");
    }

    static Stream<List<Object>> inexpressible() {
        return Stream.of(
                List.of("seed", Chats.saying("x").set(Setting.SEED, "1")),
                List.of("top_k", Chats.saying("x").set(Setting.TOP_K, "1")),
                List.of("presence_penalty", Chats.saying("x").set(Setting.PRESENCE_PENALTY, "1")),
                List.of("response_format", Chats.saying("x").output(OutputFormat.Plain.JSON)),
                List.of("thinking", Chats.saying("x").thinking(new Thinking.Off("thinking"))),
                List.of(
                        "reasoning_effort",
                        Chats.saying("x")
                                .thinking(
                                        new Thinking.Effortful(
                                                "reasoning_effort", Thinking.Effort.LOW))),
                List.of(
                        "parallel_tool_calls",
                        Chats.saying("x").tools(Choice.Auto.AUTO, false, tool("t", "{}"))),
                List.of(
                        "tool_choice",
                        Chats.saying("x")
                                .assistant(new Part.ToolCall("m", "1", "t", "{}"))
                                .tools(Choice.Auto.NONE, true, tool("t", "{}"))),
                List.of("messages[1]", Chats.saying("x").turn(Turn.Role.SYSTEM, text("y"))),
                List.of("messages[1]", Chats.saying("x").assistant(text(""))),
                List.of(
                        "image",
                        Chats.empty()
                                .user(
                                        new Part.Image(
                                                "image",
                                                new Media.Remote("https://x/y"),
                                                Part.Image.Detail.UNSAID))),
                List.of(
                        "image",
                        Chats.empty()
                                .user(
                                        new Part.Image(
                                                "image",
                                                new Media.Inline("image/png", "iVBO"),
                                                Part.Image.Detail.HIGH))),
                List.of(
                        "file",
                        Chats.empty()
                                .user(
                                        new Part.Document(
                                                "file", new Media.Inline("x/y", "YSxi"), ""))),
                List.of(
                        "audio",
                        Chats.empty()
                                .user(
                                        new Part.Audio(
                                                "audio", new Media.Inline("audio/wav", "UklG")))),
                List.of(
                        "call",
                        Chats.saying("x").assistant(new Part.ToolCall("call", "1", "t", "[1]"))));
    }

    @ParameterizedTest
    @MethodSource("inexpressible")
    void refusesByNameWhatTheFormatHasNoWordFor(List<Object> field) {
        assertThatExceptionOfType(Inexpressible.class)
                .isThrownBy(() -> written((Chats) field.get(1)))
                .satisfies(missing -> assertThat(missing.field()).isEqualTo(field.get(0)));
    }
}
