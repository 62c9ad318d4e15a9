package com.neuralrouter.server.provider.cohere;

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
import com.neuralrouter.server.chat.Setting;
import com.neuralrouter.server.chat.Thinking;
import com.neuralrouter.server.chat.Thinking.Effort;
import com.neuralrouter.server.chat.Tools;
import com.neuralrouter.server.chat.Tools.Choice;
import com.neuralrouter.server.provider.AdapterHarness;
import com.neuralrouter.server.provider.Chats;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;

/** What Cohere is asked. */
class CohereRequestsTest extends AdapterHarness {
    CohereRequestsTest() {
        super(ProviderKind.COHERE, Authentication.BEARER, CohereAdapter::new);
    }

    @Nested
    class Requests {

        @Test
        void haveTheTurnsInOrder() throws IOException {
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
                                    {"stream":false,"model":"m","messages":[
                                      {"role":"system","content":"Be brief."},
                                      {"role":"user","content":[{"type":"text","text":"Hi"}]},
                                      {"role":"assistant","content":[{"type":"text","text":"Yes?"}]},
                                      {"role":"user","content":[{"type":"text","text":"Why?"}]}]}
                                    """));
            assertThat(upstream().requests().getFirst().requestLine())
                    .isEqualTo("POST /v1/v2/chat HTTP/1.1");
        }

        @Test
        void haveImagesInTheTurnAndDocumentsBesideIt() throws IOException {
            Conversation chat =
                    Chats.empty()
                            .user(text("What?"), Chats.IMAGE, Chats.REMOTE_IMAGE, Chats.TEXT_FILE)
                            .end();

            JsonNode body = sent(chat);

            assertThat(body.at("/messages/0/content/1/image_url/url").asString())
                    .isEqualTo("data:image/png;base64," + Chats.PNG);
            assertThat(body.at("/messages/0/content/2/image_url/url").asString())
                    .isEqualTo("https://images.example/cat.png");
            assertThat(body.path("documents"))
                    .isEqualTo(
                            json("[{\"data\":{\"title\":\"greeting.txt\",\"text\":\"Grüße\"}}]"));
        }

        @Test
        void haveCallsWithTheirPlanAndTheResults() throws IOException {
            Conversation chat =
                    saying("Hi")
                            .assistant(
                                    thought("Hmm", ""),
                                    text("Let me see."),
                                    calling("c1", "weather", "{\"city\":\"Bonn\"}"),
                                    calling("c2", "clock", ""))
                            .user(
                                    result("c1", text("dry")),
                                    failure("c2", text("stopped")),
                                    text("And?"))
                            .end();

            assertThat(sent(chat).path("messages"))
                    .isEqualTo(
                            json(
                                    """
                                    [{"role":"user","content":[{"type":"text","text":"Hi"}]},
                                     {"role":"assistant","tool_plan":"Let me see.",
                                      "content":[{"type":"thinking","thinking":"Hmm"}],
                                      "tool_calls":[
                                       {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Bonn\\"}"}},
                                       {"id":"c2","type":"function","function":{"name":"clock","arguments":"{}"}}]},
                                     {"role":"tool","tool_call_id":"c1","content":[{"type":"text","text":"dry"}]},
                                     {"role":"tool","tool_call_id":"c2","content":[{"type":"document","document":{"data":{"error":"stopped"}}}]},
                                     {"role":"user","content":[{"type":"text","text":"And?"}]}]
                                    """));
        }

        @ParameterizedTest
        @CsvSource({
            "auto, '', 2",
            "none, NONE, 2",
            "required, REQUIRED, 2",
            "clock, REQUIRED, 1",
        })
        void haveToolsAndWhetherTheyMustBeCalled(String choice, String theirs, int offered)
                throws IOException {
            Choice wanted =
                    switch (choice) {
                        case "auto" -> Choice.Auto.AUTO;
                        case "none" -> Choice.Auto.NONE;
                        case "required" -> Choice.Auto.REQUIRED;
                        default -> new Choice.Named(choice);
                    };

            JsonNode body = sent(saying("Hi").tools(wanted, Chats.WEATHER, Chats.CLOCK).end());

            assertThat(body.path("tool_choice").asString("")).isEqualTo(theirs);
            assertThat(body.path("tools").size()).isEqualTo(offered);
            assertThat(body.at("/tools/" + (offered - 1)))
                    .isEqualTo(
                            json(
                                    """
                                    {"type":"function","function":{"name":"clock","parameters":{"type":"object"}}}
                                    """));
            assertThat(body.has("strict_tools")).isFalse();
        }

        @Test
        void holdTheModelToStrictTools() throws IOException {
            var strict = new Tools.Tool("tools[0]", "weather", "", Chats.SCHEMA, true);

            assertThat(
                            sent(saying("Hi").tools(Choice.Auto.AUTO, strict).end())
                                    .path("strict_tools")
                                    .asBoolean())
                    .isTrue();
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
                            .set(Setting.PRESENCE_PENALTY, "presence_penalty", "0.25")
                            .stop("END")
                            .schema()
                            .thinking(new Thinking.Effortful("reasoning_effort", Effort.LOW))
                            .end();

            JsonNode body = sent(chat);
            assertThat(json(body.toString()))
                    .isEqualTo(
                            json(
                                    """
                                    {"stream":false,"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],
                                     "max_tokens":100,"temperature":0.7,"p":0.9,"k":40,"seed":42,
                                     "frequency_penalty":0.5,"presence_penalty":0.25,"stop_sequences":["END"],
                                     "thinking":{"type":"enabled","token_budget":2048},
                                     "response_format":{"type":"json_object","json_schema":
                                       {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}
                                    """));
        }

        @Test
        void sayThatNoThoughtIsWantedAndAnyJsonIs() throws IOException {
            JsonNode body =
                    sent(
                            saying("Hi")
                                    .thinking(new Thinking.Off("thinking"))
                                    .output(OutputFormat.Plain.JSON)
                                    .end());

            assertThat(body.path("thinking")).isEqualTo(json("{\"type\":\"disabled\"}"));
            assertThat(body.path("response_format")).isEqualTo(json("{\"type\":\"json_object\"}"));
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @CsvSource({
            "TOP_P, top_p, 1",
            "TOP_P, top_p, 0",
            "TOP_K, top_k, 501",
            "TOP_K, top_k, 1.5",
            "FREQUENCY_PENALTY, frequency_penalty, 1.5",
            "PRESENCE_PENALTY, presence_penalty, -1",
            "SEED, seed, 0.5"
        })
        void numbersThatCohereDoesNotTake(Setting setting, String field, String value) {
            assertThat(refused(saying("Hi").set(setting, field, value).end())).isEqualTo(field);
        }

        @Test
        void soundsAndThoughtsUnderSealAndImagesThatAToolAnswered() {
            assertThat(refused(Chats.empty().user(text("?"), Chats.SOUND).end()))
                    .isEqualTo("messages[0].content[1]");
            assertThat(refused(saying("Hi").assistant(thought("", "EsYB")).end()))
                    .isEqualTo("messages[1].content[0]");
            assertThat(
                            refused(
                                    saying("Hi")
                                            .assistant(calling("c1", "clock", "{}"))
                                            .user(result("c1", Chats.IMAGE))
                                            .end()))
                    .isEqualTo("messages[0].content[1]");
        }

        @Test
        void toolsThatAreNotThereAndOneCallAtATime() {
            assertThat(refused(saying("Hi").tools(new Choice.Named("x"), Chats.CLOCK).end()))
                    .isEqualTo("tool_choice");
            assertThat(refused(saying("Hi").tools(Choice.Auto.AUTO, false, Chats.CLOCK).end()))
                    .isEqualTo("parallel_tool_calls");
            assertThat(refused(saying("Hi").stop("1", "2", "3", "4", "5", "6").end()))
                    .isEqualTo("stop");
        }
    }
}
