package com.neuralrouter.server.provider.gemini;

import static com.neuralrouter.server.provider.Chats.calling;
import static com.neuralrouter.server.provider.Chats.failure;
import static com.neuralrouter.server.provider.Chats.json;
import static com.neuralrouter.server.provider.Chats.result;
import static com.neuralrouter.server.provider.Chats.saying;
import static com.neuralrouter.server.provider.Chats.text;
import static com.neuralrouter.server.provider.Chats.thought;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.OutputFormat;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Thinking.Effort;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.chat.Turn;
import com.neuralrouter.server.provider.AdapterHarness;
import com.neuralrouter.server.provider.Chats;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;

/** What Gemini is asked. */
class GeminiRequestsTest extends AdapterHarness {
    GeminiRequestsTest() {
        super(ProviderKind.GEMINI, Authentication.API_KEY, GeminiAdapter::new);
    }

    @Nested
    class Requests {

        @Test
        void haveTheInstructionsApartAndTheTurnsInOrder() throws IOException {
            Conversation chat =
                    saying("Hi")
                            .system("Be brief.")
                            .assistant(text("Yes?"))
                            .user(text("Why?"))
                            .end();

            assertThat(sent(chat))
                    .isEqualTo(
                            json(
                                    """
                                    {"systemInstruction":{"parts":[{"text":"Be brief."}]},
                                     "contents":[{"role":"user","parts":[{"text":"Hi"}]},
                                       {"role":"model","parts":[{"text":"Yes?"}]},
                                       {"role":"user","parts":[{"text":"Why?"}]}]}
                                    """));
        }

        @Test
        void haveImagesDocumentsAndSoundsInline() throws IOException {
            Conversation chat =
                    Chats.empty().user(text("What?"), Chats.IMAGE, Chats.PDF, Chats.SOUND).end();

            JsonNode parts = sent(chat).at("/contents/0/parts");

            assertThat(parts.at("/1/inlineData/mimeType").asString()).isEqualTo("image/png");
            assertThat(parts.at("/1/inlineData/data").asString()).isEqualTo(Chats.PNG);
            assertThat(parts.at("/2/inlineData/mimeType").asString()).isEqualTo("application/pdf");
            assertThat(parts.at("/3/inlineData/mimeType").asString()).isEqualTo("audio/wav");
        }

        @Test
        void haveCallsAndTheirResultsInOnePlaceEach() throws IOException {
            Conversation chat =
                    saying("Hi")
                            .assistant(
                                    text("Let me see."),
                                    calling("c1", "weather", "{\"city\":\"Bonn\",\"t\":1.50}"),
                                    calling("c2", "clock", ""))
                            .user(result("c1", text("dry"), Chats.IMAGE))
                            .user(failure("c2", text("stopped")))
                            .user(text("And?"))
                            .end();

            JsonNode contents = sent(chat).path("contents");

            assertThat(contents.get(1).path("parts"))
                    .isEqualTo(
                            json(
                                    """
                                    [{"text":"Let me see."},
                                     {"functionCall":{"id":"c1","name":"weather","args":{"city":"Bonn","t":1.50}}},
                                     {"functionCall":{"id":"c2","name":"clock","args":{}}}]
                                    """));
            assertThat(contents.size()).isEqualTo(3);
            assertThat(contents.get(2).path("parts").toString())
                    .isEqualTo(
                            """
                            [{"functionResponse":{"id":"c1","name":"weather","response":{"output":"dry"},\
                            "parts":[{"inlineData":{"mimeType":"image/png","data":"%s"}}]}},\
                            {"functionResponse":{"id":"c2","name":"clock","response":{"error":"stopped"}}},\
                            {"text":"And?"}]\
                            """
                                    .formatted(Chats.PNG));
        }

        @Test
        void giveThoughtsAndTheirSignaturesBackWhereGeminiHadThem() throws IOException {
            Conversation chat =
                    saying("Hi")
                            .assistant(
                                    thought("Hmm", ""),
                                    thought("", "gemini:U2ln"),
                                    calling("c1", "weather", "{}"),
                                    calling("c2", "clock", "{}"))
                            .user(result("c1", text("dry")), result("c2", text("noon")))
                            .assistant(text("Dry."), thought("", "gemini:RW5k"))
                            .user(text("And?"))
                            .end();

            JsonNode contents = sent(chat, "gemini-3-pro").path("contents");

            assertThat(contents.get(1).path("parts"))
                    .isEqualTo(
                            json(
                                    """
                                    [{"text":"Hmm","thought":true},
                                     {"functionCall":{"id":"c1","name":"weather","args":{}},"thoughtSignature":"U2ln"},
                                     {"functionCall":{"id":"c2","name":"clock","args":{}}}]
                                    """));
            assertThat(contents.get(3).path("parts"))
                    .isEqualTo(
                            json(
                                    "[{\"text\":\"Dry.\"},{\"text\":\"\",\"thoughtSignature\":\"RW5k\"}]"));
        }

        @ParameterizedTest
        @CsvSource({
            "gemini-3-pro-preview, skip_thought_signature_validator",
            "gemini-3.1-flash, skip_thought_signature_validator",
            "gemini-2.5-flash, ''",
            "gemma-3, ''"
        })
        void sayThatASignatureIsMissingToModelsThatInsist(String model, String signature)
                throws IOException {
            Conversation chat =
                    saying("Hi")
                            .assistant(thought("Hmm", "of-another"), calling("c1", "weather", "{}"))
                            .user(result("c1", text("dry")))
                            .end();

            assertThat(sent(chat, model).at("/contents/1/parts/1/thoughtSignature").asString(""))
                    .isEqualTo(signature);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "auto | false |",
                    "auto | true | {\"mode\":\"VALIDATED\"}",
                    "none | true | {\"mode\":\"NONE\"}",
                    "required | true | {\"mode\":\"ANY\"}",
                    "clock | false | {\"mode\":\"ANY\",\"allowedFunctionNames\":[\"clock\"]}",
                })
        void haveToolsAndWhetherTheyMustBeCalled(String choice, boolean strict, String config)
                throws IOException {
            Choice wanted =
                    switch (choice) {
                        case "auto" -> Choice.Auto.AUTO;
                        case "none" -> Choice.Auto.NONE;
                        case "required" -> Choice.Auto.REQUIRED;
                        default -> new Choice.Named(choice);
                    };
            var weather =
                    new Tools.Tool(
                            "tools[0]", "weather", "What the weather is", Chats.SCHEMA, strict);

            JsonNode body = sent(saying("Hi").tools(wanted, weather, Chats.CLOCK).end());

            assertThat(body.path("tools"))
                    .isEqualTo(
                            json(
                                    """
                                    [{"functionDeclarations":[
                                      {"name":"weather","description":"What the weather is","parametersJsonSchema":
                                        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},
                                      {"name":"clock","parametersJsonSchema":{"type":"object"}}]}]
                                    """));
            JsonNode calling = body.at("/toolConfig/functionCallingConfig");
            assertThat(calling.isMissingNode() ? null : calling)
                    .isEqualTo(config == null ? null : json(config));
        }

        @Test
        void haveEverySetting() throws IOException {
            Conversation chat =
                    saying("Hi")
                            .set(Setting.MAX_OUTPUT_TOKENS, "max_tokens", "100")
                            .set(Setting.TEMPERATURE, "temperature", "0.7")
                            .set(Setting.TOP_P, "top_p", "0.9")
                            .set(Setting.TOP_K, "top_k", "40")
                            .set(Setting.SEED, "seed", "42")
                            .set(Setting.FREQUENCY_PENALTY, "frequency_penalty", "0.5")
                            .set(Setting.PRESENCE_PENALTY, "presence_penalty", "-0.5")
                            .stop("END", "STOP")
                            .schema()
                            .end();

            assertThat(sent(chat).path("generationConfig"))
                    .isEqualTo(
                            json(
                                    """
                                    {"maxOutputTokens":100,"temperature":0.7,"topP":0.9,"topK":40,"seed":42,
                                     "frequencyPenalty":0.5,"presencePenalty":-0.5,
                                     "stopSequences":["END","STOP"],
                                     "responseMimeType":"application/json",
                                     "responseJsonSchema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}
                                    """));
            assertThat(
                            sent(saying("Hi").output(OutputFormat.Plain.JSON).end())
                                    .path("generationConfig"))
                    .isEqualTo(json("{\"responseMimeType\":\"application/json\"}"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "gemini-2.5-pro | off | {\"thinkingBudget\":0}",
                    "gemini-2.5-pro | low | {\"includeThoughts\":true,\"thinkingBudget\":2048}",
                    "gemini-2.5-pro | 5000 | {\"includeThoughts\":true,\"thinkingBudget\":5000}",
                    "gemini-3-pro | low | {\"includeThoughts\":true,\"thinkingLevel\":\"LOW\"}",
                    "gemini-3-pro | 5000 | {\"includeThoughts\":true,\"thinkingLevel\":\"MEDIUM\"}",
                })
        void sayHowMuchToThinkAsTheModelsGenerationWantsIt(
                String model, String wanted, String config) throws IOException {
            Thinking thinking =
                    switch (wanted) {
                        case "off" -> new Thinking.Off("thinking");
                        case "low" -> new Thinking.Effortful("reasoning_effort", Effort.LOW);
                        default ->
                                new Thinking.Budget(
                                        "thinking.budget_tokens", Integer.parseInt(wanted));
                    };

            assertThat(
                            sent(saying("Hi").thinking(thinking).end(), model)
                                    .at("/generationConfig/thinkingConfig"))
                    .isEqualTo(json(config));
        }

        @Test
        void lookAtAllImagesAlike() throws IOException {
            var closely =
                    new Part.Image(
                            "messages[0].content[1]", Chats.IMAGE.media(), Part.Image.Detail.HIGH);

            assertThat(
                            sent(Chats.empty().user(closely).end())
                                    .at("/generationConfig/mediaResolution")
                                    .asString())
                    .isEqualTo("MEDIA_RESOLUTION_HIGH");
        }
    }

    @Nested
    class Refuses {

        @Test
        void aSystemMessageAmidTheConversation() {
            assertThat(refused(saying("Hi").turn(Turn.Role.SYSTEM, text("Now shout.")).end()))
                    .isEqualTo("messages[1]");
        }

        @Test
        void thoughtsThatOnlyAnotherProviderCanRead() {
            assertThat(refused(saying("Hi").assistant(thought("", "EsYB")).end()))
                    .isEqualTo("messages[1].content[0]");
        }

        @Test
        void argumentsThatAreNoObject() {
            assertThat(refused(saying("Hi").assistant(calling("c1", "weather", "[1")).end()))
                    .isEqualTo("messages[1].tool_calls[0]");
        }

        @Test
        void resultsOfCallsThatNobodyMade() {
            assertThat(refused(saying("Hi").user(result("c9", text("dry"))).end()))
                    .isEqualTo("messages[2]");
        }

        @Test
        void imagesThatWantDifferentDetails() {
            var closely =
                    new Part.Image(
                            "messages[0].content[2]", Chats.IMAGE.media(), Part.Image.Detail.HIGH);

            assertThat(refused(Chats.empty().user(Chats.IMAGE, closely).end()))
                    .isEqualTo("messages[0].content[2]");
        }

        @Test
        void toHaveOneCallAtATime() {
            assertThat(refused(saying("Hi").tools(Choice.Auto.AUTO, false, Chats.CLOCK).end()))
                    .isEqualTo("parallel_tool_calls");
        }

        @Test
        void moreStopSequencesThanThereCanBeAndNumbersThatAreNotWhole() {
            assertThat(refused(saying("Hi").stop("1", "2", "3", "4", "5", "6").end()))
                    .isEqualTo("stop");
            assertThat(refused(saying("Hi").set(Setting.SEED, "seed", "9999999999").end()))
                    .isEqualTo("seed");
            assertThat(refused(saying("Hi").set(Setting.TOP_K, "top_k", "1.5").end()))
                    .isEqualTo("top_k");
        }
    }
}
