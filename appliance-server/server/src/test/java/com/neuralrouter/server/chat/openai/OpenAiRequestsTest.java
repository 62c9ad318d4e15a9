package com.neuralrouter.server.chat.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.chat.Turn;
import com.neuralrouter.server.chat.Turn.Role;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter.Server;
import com.neuralrouter.server.provider.RequestSchema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** Requests of OpenAI's chat completions, read and written. */
class OpenAiRequestsTest {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static final String EVERYTHING =
            """
            {"model":"m","stream":true,"stream_options":{"include_usage":true},
             "max_tokens":7,"temperature":0.5,"top_p":0.9,"seed":3,
             "frequency_penalty":0.1,"presence_penalty":-0.1,
             "stop":["END","STOP"],"reasoning_effort":"low","parallel_tool_calls":false,
             "tool_choice":{"type":"function","function":{"name":"weather"}},
             "tools":[{"type":"function","function":{"name":"weather","description":"Tells it",
               "parameters":{"type":"object","properties":{"city":{"type":"string"}}},
               "strict":true}}],
             "response_format":{"type":"json_schema","json_schema":
               {"name":"answer","strict":true,"schema":{"type":"object"}}},
             "messages":[
               {"role":"system","content":"Be brief."},
               {"role":"user","content":[
                 {"type":"text","text":"What is it?"},
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},
                 {"type":"image_url","image_url":{"url":"https://example.org/a.png"}},
                 {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},
                 {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}}]},
               {"role":"assistant","content":"Let me see.","tool_calls":[
                 {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":1}"}},
                 {"id":"c2","type":"function","function":{"name":"weather","arguments":"{}"}}]},
               {"role":"tool","tool_call_id":"c1","content":"warm"},
               {"role":"tool","tool_call_id":"c2","content":"cold"},
               {"role":"user","content":"And?"}]}
            """;

    @Test
    void writesWhatItReadAsItWas() {
        JsonNode request = Replies.json(EVERYTHING);

        JsonNode written =
                Replies.json(
                        new OpenAiConversationWriter(Server.COMPATIBLE)
                                .write(read(EVERYTHING), "m")
                                .toString());

        assertThat(written).isEqualTo(request);
        assertThat(RequestSchema.misfits(ProviderKind.OPENAI, written)).isEmpty();
    }

    @Test
    void limitsTheOutputAtOpenAiByItsNewerField() {
        JsonNode written = new OpenAiConversationWriter(Server.OPENAI).write(read(EVERYTHING), "m");

        assertThat(written.path("max_completion_tokens").asInt()).isEqualTo(7);
        assertThat(written.has("max_tokens")).isFalse();
    }

    @Test
    void makesOneTurnOfTheResultsOfSeveralTools() {
        Turn results = read(EVERYTHING).turns().get(2);

        assertThat(results.role()).isEqualTo(Role.USER);
        assertThat(results.parts())
                .extracting(part -> ((Part.ToolResult) part).callId())
                .containsExactly("c1", "c2");
    }

    @Test
    void tellsWhatMayBeLeftOut() {
        Conversation read = read("{\"user\":\"u\",\"metadata\":{},\"store\":null," + HI + "}");

        assertThat(read.hints()).containsExactlyInAnyOrder("user", "metadata");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "n | {\"n\":2,M}",
                "logprobs | {\"logprobs\":true,M}",
                "web_search_options | {\"web_search_options\":{},M}",
                "unheard_of | {\"unheard_of\":1,M}",
                "tools[0].type | {\"tools\":[{\"type\":\"custom\"}],M}",
                "tools[0].function.x |"
                        + " {\"tools\":[{\"type\":\"function\",\"function\":{\"x\":1}}],M}",
                "messages[0].name | {\"messages\":[{\"role\":\"user\",\"name\":\"x\"}]}",
                "messages[0].content[0].type"
                        + " | {\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"x\"}]}]}",
                "response_format.type | {\"response_format\":{\"type\":\"grammar\"},M}"
            })
    void namesWhatOtherFormatsCannotSay(String field, String template) {
        assertThatExceptionOfType(Inexpressible.class)
                .isThrownBy(() -> read(template.replace("M}", HI + "}")))
                .satisfies(missing -> assertThat(missing.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "messages[0].role | {\"messages\":[{}]}",
                "messages[0].content | {\"messages\":[{\"role\":\"user\"}]}",
                "messages | {\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]}",
                "messages[0].tool_call_id"
                        + " | {\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}",
                "messages[0].content[0].image_url.url |"
                        + " {\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"file:///x\"}}]}]}",
                "stop[1] | {\"stop\":[\"a\",1],M}",
                "tool_choice | {\"tool_choice\":\"maybe\",M}"
            })
    void namesWhatIsWrongInItself(String field, String template) {
        assertThatExceptionOfType(MalformedChat.class)
                .isThrownBy(() -> read(template.replace("M}", HI + "}")))
                .satisfies(wrong -> assertThat(wrong.field()).isEqualTo(field));
    }

    @Test
    void refusesToBeginAnAnswerInTheModelsPlace() {
        Conversation read =
                read(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                                + "{\"role\":\"assistant\",\"content\":\"{\"}]}");

        assertThatExceptionOfType(Inexpressible.class)
                .isThrownBy(() -> new OpenAiConversationWriter(Server.COMPATIBLE).write(read, "m"))
                .satisfies(missing -> assertThat(missing.field()).isEqualTo("messages[1]"));
    }

    @Test
    void capsWhatHasNoLimit() {
        assertThat(List.of(read("{" + HI + "}"), read("{\"max_tokens\":9," + HI + "}")))
                .extracting(one ->
                        new OpenAiConversationWriter(Server.COMPATIBLE)
                                .write(one.capped("max_tokens", 5), "m")
                                .path("max_tokens")
                                .asInt())
                .containsExactly(5, 9);
    }

    private static Conversation read(String body) {
        return new OpenAiConversationReader().read(Replies.json(body));
    }
}
