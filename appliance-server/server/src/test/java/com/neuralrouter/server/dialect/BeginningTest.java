package com.neuralrouter.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** What two requests must have in common to be taken for ones that begin alike. */
class BeginningTest {
    private static final long KEY = 42;
    private static final String SYSTEM = "{\"role\":\"system\",\"content\":\"Be brief.\"}";
    private static final String FIRST = "{\"role\":\"user\",\"content\":\"What is a lattice?\"}";

    private static long hash(Dialect dialect, String body) {
        return dialect.read("application/json", body.getBytes(StandardCharsets.UTF_8))
                .beginning()
                .hash(KEY);
    }

    private static long chat(String messages) {
        return hash(OpenAiChat.chat(), "{\"model\":\"m\",\"messages\":[" + messages + "]}");
    }

    private static String user(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    @Test
    void aConversationKeepsItsBeginningAsItGrows() {
        long begun = chat(SYSTEM + "," + FIRST);

        assertThat(begun).isNotZero();
        assertThat(
                        chat(
                                SYSTEM
                                        + ","
                                        + FIRST
                                        + ",{\"role\":\"assistant\",\"content\":\"An order.\"},"
                                        + user("And a meet?")))
                .isEqualTo(begun);
    }

    @Test
    void anotherSystemPromptOrFirstMessageIsAnotherBeginning() {
        long begun = chat(SYSTEM + "," + FIRST);

        assertThat(chat(FIRST)).isNotEqualTo(begun);
        assertThat(chat(SYSTEM + "," + user("What is a meet?"))).isNotEqualTo(begun);
        assertThat(chat(SYSTEM.replace("brief", "verbose") + "," + FIRST)).isNotEqualTo(begun);
        assertThat(chat(SYSTEM.replace("system", "developer") + "," + FIRST)).isNotEqualTo(begun);
    }

    @Test
    void severalInstructionsBelongToItAndWhatFollowsTheFirstMessageDoesNot() {
        String two = SYSTEM + "," + SYSTEM.replace("brief", "kind") + "," + FIRST;

        assertThat(chat(two)).isNotEqualTo(chat(SYSTEM + "," + FIRST));
        assertThat(chat(two + "," + SYSTEM)).isEqualTo(chat(two));
    }

    @Test
    void theEndOfALongFirstMessageDoesNotMatter() {
        String text = "x".repeat(Beginning.MOST_OF_MESSAGE);

        assertThat(chat(user(text + " What does it say?")))
                .isEqualTo(chat(user(text + " Who wrote it?")));
        assertThat(chat(user("y" + text))).isNotEqualTo(chat(user(text)));
    }

    @Test
    void toolsBelongToIt() {
        String body = "{\"model\":\"m\",\"messages\":[" + FIRST + "]%s}";
        String tool = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"%s\"}}]";

        assertThat(hash(OpenAiChat.chat(), body.formatted(tool.formatted("find"))))
                .isNotEqualTo(hash(OpenAiChat.chat(), body.formatted(tool.formatted("send"))))
                .isNotEqualTo(hash(OpenAiChat.chat(), body.formatted("")));
    }

    @Test
    void otherFieldsDoNotBelongToIt() {
        String body = "{%s\"model\":\"m\",\"messages\":[" + FIRST + "]%s}";

        assertThat(hash(OpenAiChat.chat(), body.formatted("\"stream\":true,", "")))
                .isEqualTo(hash(OpenAiChat.chat(), body.formatted("", ",\"temperature\":0.7")));
    }

    @Test
    void everyFormatOfAConversationHasOne() {
        var messages = AnthropicMessages.create();
        String anthropic =
                "{\"model\":\"m\",\"max_tokens\":5,\"system\":\"%s\",\"messages\":["
                        + FIRST
                        + "%s]}";
        assertThat(hash(messages, anthropic.formatted("Be brief.", ",{\"role\":\"assistant\"}")))
                .isEqualTo(hash(messages, anthropic.formatted("Be brief.", "")))
                .isNotEqualTo(hash(messages, anthropic.formatted("Be kind.", "")));

        var responses = new OpenAiResponses();
        String response = "{\"model\":\"m\",\"instructions\":\"%s\",\"input\":%s}";
        assertThat(hash(responses, response.formatted("Be brief.", "[" + FIRST + "]")))
                .isNotEqualTo(hash(responses, response.formatted("Be kind.", "[" + FIRST + "]")));
        assertThat(hash(responses, response.formatted("Be brief.", "\"What?\"")))
                .isNotEqualTo(hash(responses, response.formatted("Be brief.", "\"Who?\"")));

        assertThat(hash(OpenAiChat.completions(), "{\"model\":\"m\",\"prompt\":\"Once upon\"}"))
                .isNotEqualTo(
                        hash(OpenAiChat.completions(), "{\"model\":\"m\",\"prompt\":\"It was\"}"));
    }

    @Test
    void anotherKeyTellsNothing() {
        byte[] body = Messages.BODY.getBytes(StandardCharsets.UTF_8);
        Beginning beginning = OpenAiChat.chat().read("application/json", body).beginning();

        assertThat(beginning.hash(1)).isNotEqualTo(beginning.hash(2));
        assertThat(beginning).hasToString("Beginning[parts=1]");
        assertThat(Beginning.UNKNOWN.hash(1)).isZero();
    }

    private static final class Messages {
        static final String BODY = "{\"model\":\"m\",\"messages\":[" + FIRST + "]}";
    }
}
