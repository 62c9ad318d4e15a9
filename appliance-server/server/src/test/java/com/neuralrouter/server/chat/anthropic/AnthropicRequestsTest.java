package com.neuralrouter.server.chat.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.MalformedChat;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter.Server;
import com.neuralrouter.server.provider.Chats;
import com.neuralrouter.server.provider.RequestSchema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

/** Requests of Anthropic's Messages, read, and written as OpenAI's. */
class AnthropicRequestsTest {
    private static final String HI =
            "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void saysWhereAnthropicsAppsForbidParallelCalls() {
        Conversation read =
                read(
                        """
                        {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"}],
                         "tools":[{"name":"weather","input_schema":{"type":"object"}}],
                         "tool_choice":{"type":"auto","disable_parallel_tool_use":true}}
                        """);

        assertThat(read.tools().parallel()).isFalse();
        assertThat(read.tools().parallelAt()).isEqualTo("tool_choice.disable_parallel_tool_use");
    }

    @Test
    void becomesARequestInOpenAisFormat() {
        Conversation read =
                read(
                        """
                        {"model":"m","max_tokens":1024,"stream":true,"temperature":0.5,"top_k":40,
                         "metadata":{"user_id":"u"},"stop_sequences":["END"],
                         "thinking":{"type":"enabled","budget_tokens":2000},
                         "system":[{"type":"text","text":"Be brief.",
                           "cache_control":{"type":"ephemeral"}}],
                         "tools":[{"name":"weather","description":"Tells it",
                           "input_schema":{"type":"object"}}],
                         "tool_choice":{"type":"any","disable_parallel_tool_use":true},
                         "messages":[
                           {"role":"user","content":[
                             {"type":"text","text":"What is it?"},
                             {"type":"image","source":
                               {"type":"base64","media_type":"image/png","data":"AAAA"}}]},
                           {"role":"assistant","content":[
                             {"type":"thinking","thinking":"hm","signature":"s"},
                             {"type":"text","text":"Let me see."},
                             {"type":"tool_use","id":"t1","name":"weather","input":{"a":1}}]},
                           {"role":"user","content":[
                             {"type":"tool_result","tool_use_id":"t1","is_error":true,
                              "content":[{"type":"text","text":"no such city"}]},
                             {"type":"text","text":"And?"}]}]}
                        """);

        JsonNode written = new OpenAiConversationWriter(Server.COMPATIBLE).write(read, "there");

        assertThat(RequestSchema.misfits(ProviderKind.OPENAI, Chats.sent(written))).isEmpty();
        assertThat(Replies.json(written.toString()))
                .isEqualTo(
                        Replies.json(
                                """
                                {"model":"there","max_tokens":1024,"temperature":0.5,"top_k":40,
                                 "stream":true,"stream_options":{"include_usage":true},
                                 "stop":["END"],"reasoning_effort":"low",
                                 "tools":[{"type":"function","function":{"name":"weather",
                                   "description":"Tells it","parameters":{"type":"object"}}}],
                                 "tool_choice":"required","parallel_tool_calls":false,
                                 "messages":[
                                   {"role":"system","content":"Be brief."},
                                   {"role":"user","content":[
                                     {"type":"text","text":"What is it?"},
                                     {"type":"image_url","image_url":
                                       {"url":"data:image/png;base64,AAAA"}}]},
                                   {"role":"assistant","content":"Let me see.","tool_calls":[
                                     {"id":"t1","type":"function","function":
                                       {"name":"weather","arguments":"{\\"a\\":1}"}}]},
                                   {"role":"tool","tool_call_id":"t1",
                                    "content":"Error: no such city"},
                                   {"role":"user","content":"And?"}]}
                                """));
        assertThat(read.hints()).containsExactlyInAnyOrder("cache_control", "metadata");
    }

    @Test
    void takesThatNothingOfTheConversationIsToBeCleared() {
        String keepAll = "{\"edits\":[{\"type\":\"clear_thinking_20251015\",\"keep\":\"all\"}]}";

        assertThat(read("{\"context_management\":" + keepAll + "," + HI + "}").hints()).isEmpty();
        assertThat(read("{\"context_management\":{\"edits\":[]}," + HI + "}").hints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tools[0].type | {\"tools\":[{\"type\":\"web_search_20250305\"}],M}",
                "mcp_servers | {\"mcp_servers\":[],M}",
                "container | {\"container\":\"x\",M}",
                "messages[0].content[0].type"
                        + " | {\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"x\"}]}]}",
                "messages[0].content[0].source.type"
                        + " | {\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\","
                        + "\"source\":{\"type\":\"file\"}}]}]}",
                "context_management.edits[0] | {\"context_management\":{\"edits\":"
                        + "[{\"type\":\"clear_tool_uses_20250919\"}]},M}",
                "context_management.edits[1] | {\"context_management\":{\"edits\":"
                        + "[{\"type\":\"clear_thinking_20251015\",\"keep\":\"all\"},"
                        + "{\"type\":\"clear_thinking_20251015\",\"keep\":"
                        + "{\"type\":\"thinking_turns\",\"value\":1}}]},M}",
                "context_management.x | {\"context_management\":{\"x\":1},M}"
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
                "messages[0].role | {\"messages\":[{\"role\":\"tool\",\"content\":\"\"}]}",
                "messages[0].content | {\"messages\":[{\"role\":\"user\"}]}",
                "tools[0].input_schema | {\"tools\":[{\"name\":\"x\"}],M}",
                "thinking.budget_tokens | {\"thinking\":{\"type\":\"enabled\"},M}"
            })
    void namesWhatIsWrongInItself(String field, String template) {
        assertThatExceptionOfType(MalformedChat.class)
                .isThrownBy(() -> read(template.replace("M}", HI + "}")))
                .satisfies(wrong -> assertThat(wrong.field()).isEqualTo(field));
    }

    private static Conversation read(String body) {
        return new AnthropicConversationReader().read(Replies.json(body));
    }
}
