package com.neuralrouter.server.acceptance;

import com.neuralrouter.server.provider.FakeUpstream;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/** What a provider with OpenAI's API answers (OpenAI API reference, "Chat"). */
final class Completions {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Completions() {}

    /** A chat completion; it has used 12 tokens. */
    static String whole(String model, String content) {
        return """
        {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":%s,
         "choices":[{"index":0,"message":{"role":"assistant","content":%s,"refusal":null},
                     "logprobs":null,"finish_reason":"stop"}],
         "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}
        """
                .formatted(quoted(model), quoted(content));
    }

    /** The events of a stream, the end of it included. */
    static String[] chunks(String model, String... pieces) {
        List<String> events = new ArrayList<>();
        for (String piece : pieces) {
            events.add(chunk(model, "{\"content\":" + quoted(piece) + "}", "null"));
        }
        events.add(chunk(model, "{}", "\"stop\""));
        events.add("[DONE]");
        return events.toArray(String[]::new);
    }

    static String chunk(String model, String delta, String finishReason) {
        return """
        {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":%s,\
        "choices":[{"index":0,"delta":%s,"logprobs":null,"finish_reason":%s}]}\
        """
                .formatted(quoted(model), delta, finishReason);
    }

    /** Answers each request as it asks to be answered: whole or in a stream. */
    static FakeUpstream.Behaviour asAsked(String model, String... pieces) {
        FakeUpstream.Behaviour whole = FakeUpstream.json(whole(model, String.join("", pieces)));
        FakeUpstream.Behaviour stream = FakeUpstream.events(chunks(model, pieces));
        return exchange -> (wantsStream(exchange) ? stream : whole).serve(exchange);
    }

    static boolean wantsStream(FakeUpstream.Exchange exchange) {
        return JSON.readTree(exchange.request().body()).path("stream").asBoolean(false);
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}
