package com.neuralrouter.server.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.provider.UsageObserver.Format;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What is learnt of the cost of answers of Anthropic's Messages and OpenAI's Responses. */
class UsageOfOtherFormatsTest {
    private static final String MESSAGES_STREAM =
            """
            event: message_start
            data: {"type":"message_start","message":{"usage":{"input_tokens":10,"cache_read_input_tokens":4,"cache_creation_input_tokens":3,"output_tokens":1}}}

            event: content_block_delta
            data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"abcd"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}

            """;

    private static final String RESPONSES_STREAM =
            """
            event: response.output_text.delta
            data: {"type":"response.output_text.delta","delta":"abcd"}

            event: response.output_text.done
            data: {"type":"response.output_text.done","text":"abcd"}

            event: response.completed
            data: {"type":"response.completed","response":{"error":null,"usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":2},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":14}}}

            """;

    @Test
    void addsUpWhatAnthropicCountsApart() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            UsageObserver seen = observe(Format.ANTHROPIC, true, MESSAGES_STREAM, seed);

            assertThat(seen.promptTokens()).as("seed %d", seed).isEqualTo(17);
            assertThat(seen.cachedTokens()).as("seed %d", seed).isEqualTo(4);
            assertThat(seen.cacheWrites()).as("seed %d", seed).isEqualTo(3);
            assertThat(seen.completionTokens()).as("seed %d", seed).isEqualTo(15);
            assertThat(seen.generatedBytes()).as("seed %d", seed).isEqualTo(4);
            assertThat(seen.errorSeen()).as("seed %d", seed).isFalse();
        }
    }

    @Test
    void readsTheUsageOfAResponse() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            UsageObserver seen = observe(Format.RESPONSES, true, RESPONSES_STREAM, seed);

            assertThat(seen.promptTokens()).as("seed %d", seed).isEqualTo(9);
            assertThat(seen.cachedTokens()).as("seed %d", seed).isEqualTo(2);
            assertThat(seen.reasoningTokens()).as("seed %d", seed).isEqualTo(3);
            assertThat(seen.completionTokens()).as("seed %d", seed).isEqualTo(5);
            assertThat(seen.generatedBytes()).as("seed %d", seed).isEqualTo(4);
            assertThat(seen.errorSeen()).as("seed %d", seed).isFalse();
        }
    }

    @Test
    void readsWholeAnswers() throws IOException {
        UsageObserver message =
                observe(
                        Format.ANTHROPIC,
                        false,
                        "{\"content\":[{\"type\":\"tool_use\",\"input\":{\"usage\":"
                                + "{\"input_tokens\":99}}}],"
                                + "\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}",
                        1);
        UsageObserver response =
                observe(
                        Format.RESPONSES,
                        false,
                        "{\"output\":[],\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}",
                        1);

        assertThat(message.promptTokens()).isEqualTo(7);
        assertThat(message.completionTokens()).isEqualTo(3);
        assertThat(response.promptTokens()).isEqualTo(7);
        assertThat(response.completionTokens()).isEqualTo(3);
    }

    @Test
    void seesThatTheProviderFails() throws IOException {
        assertThat(
                        observe(
                                        Format.ANTHROPIC,
                                        true,
                                        "event: error\ndata: {\"type\":\"error\",\"error\":{}}\n\n",
                                        1)
                                .errorSeen())
                .isTrue();
        assertThat(
                        observe(
                                        Format.RESPONSES,
                                        true,
                                        "data: {\"type\":\"error\",\"message\":\"x\"}\n\n",
                                        1)
                                .errorSeen())
                .isTrue();
    }

    private static UsageObserver observe(Format format, boolean stream, String text, long seed)
            throws IOException {
        UsageObserver observer = UsageObserver.of(format, stream);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var random = new Random(seed);
        var passed = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; ) {
            int n = Math.min(1 + random.nextInt(20), bytes.length - at);
            observer.pass(bytes, at, n, passed::write);
            at += n;
        }
        observer.end(passed::write);
        assertThat(passed.toByteArray()).isEqualTo(bytes);
        return observer;
    }
}
