package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Every answer tells of the limits, in the headers of the API that the app speaks. */
@Timeout(120)
class RateHeadersIT {
    private static final String ANSWER =
            """
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
            "message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\
            """;

    private static final String[] STREAM = {
        """
        {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,\
        "delta":{"role":"assistant","content":"Hello."},"finish_reason":null}]}\
        """,
        """
        {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,\
        "delta":{},"finish_reason":"stop"}]}\
        """,
        """
        {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],\
        "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\
        """,
        "[DONE]"
    };

    private static final String HI =
            "{\"model\":\"house\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\","
                    + "\"content\":\"hi\"}]";

    @TempDir private Path folder;

    private static SiteDocument document(FakeUpstream upstream, LimitsDocument limits)
            throws IOException {
        return new SiteDocument(
                SiteDocument.API_VERSION,
                null,
                List.of(
                        new ProviderDocument(
                                "gpu",
                                ProviderKind.OPENAI,
                                upstream.baseUrl().toString(),
                                Authentication.NONE,
                                null)),
                List.of(
                        new WorkspaceDocument(
                                RunningSite.WORKSPACE,
                                "For proofs",
                                null,
                                null,
                                List.of(),
                                List.of(new ApiKeyDocument("app", null, null, limits, null)))),
                List.of(
                        new RouteDocument(
                                "route",
                                "house",
                                List.of(RunningSite.WORKSPACE),
                                List.of(new UpstreamDocument("gpu", null)))));
    }

    /** Four answers to an app that may ask three times a minute; the third is a failure. */
    private List<HttpResponse<String>> four(String path) throws IOException {
        try (var upstream = FakeUpstream.start();
                var site = RunningSite.start(folder);
                var operator = site.operator();
                var app = site.app(key(operator, upstream))) {
            upstream.next(FakeUpstream.json(ANSWER));
            upstream.next(FakeUpstream.events(STREAM));
            upstream.always(FakeUpstream.status(400, "content-type: application/json", "{}"));
            return List.of(
                    app.send(path, HI + "}", BodyHandlers.ofString()),
                    app.send(path, HI + ",\"stream\":true}", BodyHandlers.ofString()),
                    app.send(path, HI + "}", BodyHandlers.ofString()),
                    app.send(path, HI + "}", BodyHandlers.ofString()));
        }
    }

    private static String key(Administrator operator, FakeUpstream upstream) throws IOException {
        return operator.apply(document(upstream, new LimitsDocument(3, 10_000, null)))
                .createdKeys()
                .getFirst()
                .secret();
    }

    @Test
    void inTheWordsOfOpenAi() throws IOException {
        List<HttpResponse<String>> all = four("/v1/chat/completions");

        assertStatus(all);
        assertThat(all.get(1).body()).contains("[DONE]");
        assertThat(all.getLast().body()).contains("rate_limit_exceeded").contains("per minute");
        assertThat(header(all, "x-ratelimit-limit-requests")).containsOnly("3");
        assertThat(header(all, "x-ratelimit-remaining-requests"))
                .containsExactly("2", "1", "0", "0");
        assertThat(header(all, "x-ratelimit-reset-requests").getFirst()).isEqualTo("20s");
        assertThat(header(all.subList(0, 3), "x-ratelimit-limit-tokens")).containsOnly("10000");
        assertThat(header(all, "x-ratelimit-remaining-tokens").getFirst()).startsWith("99");
        assertThat(header(all, "anthropic-ratelimit-requests-limit")).containsOnly("");
    }

    @Test
    void inTheWordsOfAnthropic() throws IOException {
        Instant before = Instant.now(Clock.systemUTC());

        List<HttpResponse<String>> all = four("/v1/messages");

        assertStatus(all);
        assertThat(all.get(1).body()).contains("event: message_stop");
        assertThat(all.getLast().body()).contains("rate_limit_error");
        assertThat(header(all, "anthropic-ratelimit-requests-limit")).containsOnly("3");
        assertThat(header(all, "anthropic-ratelimit-requests-remaining"))
                .containsExactly("2", "1", "0", "0");
        assertThat(header(all, "anthropic-ratelimit-requests-reset"))
                .allSatisfy(text ->
                        assertThat(Instant.parse(text)).isBetween(before, before.plusSeconds(180)));
        assertThat(header(all.subList(0, 3), "anthropic-ratelimit-tokens-limit"))
                .containsOnly("10000");
        assertThat(header(all, "anthropic-ratelimit-tokens-remaining").getFirst()).startsWith("99");
        assertThat(header(all, "x-ratelimit-limit-requests")).containsOnly("");
    }

    /** An answer, a stream, what the provider refuses, and what the appliance refuses. */
    private static void assertStatus(List<HttpResponse<String>> all) {
        assertThat(all)
                .as(all.getFirst().body())
                .extracting(HttpResponse::statusCode)
                .containsExactly(200, 200, 400, 429);
        assertThat(Integer.parseInt(header(all, "retry-after").getLast())).isBetween(1, 20);
    }

    private static List<String> header(List<HttpResponse<String>> all, String name) {
        return all.stream().map(each -> each.headers().firstValue(name).orElse("")).toList();
    }
}
