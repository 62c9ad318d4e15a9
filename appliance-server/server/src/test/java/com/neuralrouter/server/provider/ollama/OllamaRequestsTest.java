package com.neuralrouter.server.provider.ollama;

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

import java.io.IOException;

/** What Ollama is asked. */
class OllamaRequestsTest extends AdapterHarness {
    OllamaRequestsTest() {
        super(ProviderKind.OLLAMA, Authentication.BEARER, OllamaAdapter::new);
    }

    @Nested
    class Requests {

        @Test
        void sayWhetherToStreamBecauseOllamaDoesUnlessToldOtherwise() throws IOException {
            assertThat(sent(saying("Hi").system("Be brief.").end()))
                    .isEqualTo(
                            json(
                                    """
                                    {"model":"m","messages":[{"role":"system","content":"Be brief."},
                                      {"role":"user","content":"Hi"}],"stream":false}
                                    """));
            assertThat(sent(saying("Hi").stream().end()).path("stream").asBoolean()).isTrue();
            assertThat(upstream().requests().getLast().requestLine())
                    .isEqualTo("POST /v1/api/chat HTTP/1.1");
        }

        @Test
        void haveImagesBesideTheText() throws IOException {
            Conversation chat =
                    Chats.empty()
                            .user(text("What"), text("is it?"), Chats.IMAGE, text("And now?"))
                            .turn(Turn.Role.SYSTEM, text("Shout."))
                            .end();

            assertThat(sent(chat).path("messages"))
                    .isEqualTo(
                            json(
                                    """
                                    [{"role":"user","content":"What\\n\\nis it?","images":["%s"]},
                                     {"role":"user","content":"And now?"},
                                     {"role":"system","content":"Shout."}]
                                    """
                                            .formatted(Chats.PNG)));
        }

        @Test
        void haveArgumentsAsObjectsAndResultsByName() throws IOException {
            Conversation chat =
                    saying("Hi")
                            .assistant(
                                    thought("Hmm", ""),
                                    text("Let me see."),
                                    calling("c1", "weather", "{\"city\":\"Bonn\"}"),
                                    calling("c2", "clock", ""))
                            .user(
                                    text("And?"),
                                    result("c1", text("dry")),
                                    failure("c2", text("stopped")))
                            .end();

            assertThat(sent(chat).path("messages"))
                    .isEqualTo(
                            json(
                                    """
                                    [{"role":"user","content":"Hi"},
                                     {"role":"assistant","thinking":"Hmm","content":"Let me see.","tool_calls":[
                                       {"id":"c1","function":{"name":"weather","arguments":{"city":"Bonn"}}},
                                       {"id":"c2","function":{"name":"clock","arguments":{}}}]},
                                     {"role":"tool","tool_name":"weather","tool_call_id":"c1","content":"dry"},
                                     {"role":"tool","tool_name":"clock","tool_call_id":"c2","content":"{\\"error\\":\\"stopped\\"}"},
                                     {"role":"user","content":"And?"}]
                                    """));
        }

        @Test
        void haveToolsUnlessNoneIsToBeCalled() throws IOException {
            assertThat(
                            sent(saying("Hi")
                                            .tools(Choice.Auto.AUTO, Chats.WEATHER, Chats.CLOCK)
                                            .end())
                                    .path("tools"))
                    .isEqualTo(
                            json(
                                    """
                                    [{"type":"function","function":{"name":"weather","description":"What the weather is","parameters":
                                       {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},
                                     {"type":"function","function":{"name":"clock","parameters":{"type":"object"}}}]
                                    """));
            assertThat(sent(saying("Hi").tools(Choice.Auto.NONE, Chats.CLOCK).end()).has("tools"))
                    .isFalse();
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
                            .stop("END")
                            .end();

            assertThat(sent(chat).path("options"))
                    .isEqualTo(
                            json(
                                    """
                                    {"num_predict":100,"temperature":0.7,"top_p":0.9,"top_k":40,"seed":42,
                                     "frequency_penalty":0.5,"presence_penalty":-0.5,"stop":["END"]}
                                    """));
        }

        @Test
        void sayTheFormatOfTheAnswer() throws IOException {
            assertThat(
                            sent(saying("Hi").output(OutputFormat.Plain.JSON).end())
                                    .path("format")
                                    .asString())
                    .isEqualTo("json");
            assertThat(sent(saying("Hi").schema().end()).path("format")).isEqualTo(Chats.SCHEMA);
        }

        @Test
        void sayHowMuchToThink() throws IOException {
            assertThat(think(new Thinking.Off("thinking"))).isEqualTo("false");
            assertThat(think(new Thinking.Effortful("reasoning_effort", Effort.MINIMAL)))
                    .isEqualTo("\"low\"");
            assertThat(think(new Thinking.Effortful("reasoning_effort", Effort.HIGH)))
                    .isEqualTo("\"high\"");
            assertThat(think(new Thinking.Budget("thinking.budget_tokens", 5_000)))
                    .isEqualTo("\"medium\"");
        }

        private String think(Thinking thinking) throws IOException {
            return sent(saying("Hi").thinking(thinking).end()).path("think").toString();
        }
    }

    @Nested
    class Refuses {

        @Test
        void documentsSoundsAndDetails() {
            assertThat(refused(Chats.empty().user(text("?"), Chats.PDF).end()))
                    .isEqualTo("messages[0].content[1]");
            assertThat(refused(Chats.empty().user(text("?"), Chats.SOUND).end()))
                    .isEqualTo("messages[0].content[1]");
            var closely =
                    new Part.Image(
                            "messages[0].content[1]", Chats.IMAGE.media(), Part.Image.Detail.LOW);
            assertThat(refused(Chats.empty().user(text("?"), closely).end()))
                    .isEqualTo("messages[0].content[1]");
        }

        @Test
        void toForceACall() {
            assertThat(refused(saying("Hi").tools(Choice.Auto.REQUIRED, Chats.CLOCK).end()))
                    .isEqualTo("tool_choice");
            assertThat(refused(saying("Hi").tools(new Choice.Named("clock"), Chats.CLOCK).end()))
                    .isEqualTo("tool_choice");
        }

        @Test
        void strictToolsAndOneCallAtATime() {
            var strict = new Tools.Tool("tools[0]", "weather", "", Chats.SCHEMA, true);
            assertThat(refused(saying("Hi").tools(Choice.Auto.AUTO, strict).end()))
                    .isEqualTo("tools[0]");
            assertThat(refused(saying("Hi").tools(Choice.Auto.AUTO, false, Chats.CLOCK).end()))
                    .isEqualTo("parallel_tool_calls");
        }

        @Test
        void imagesThatAToolAnsweredAndThoughtsUnderSeal() {
            assertThat(
                            refused(
                                    saying("Hi")
                                            .assistant(calling("c1", "clock", "{}"))
                                            .user(result("c1", Chats.IMAGE))
                                            .end()))
                    .isEqualTo("messages[0].content[1]");
            assertThat(refused(saying("Hi").assistant(thought("", "EsYB")).end()))
                    .isEqualTo("messages[1].content[0]");
        }
    }
}
