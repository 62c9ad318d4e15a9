package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.chat.Replies;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Behaviour;
import com.neuralrouter.server.usage.TokenCounts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Apps that speak Anthropic's Messages or OpenAI's Responses, and a provider of chats. */
class TranslationIT {
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}";
    private static final String WHOLE =
            "{\"id\":\"a\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"hello\"}}],"
                    + USAGE
                    + "}";
    private static final Behaviour STREAM =
            FakeUpstream.events(
                    "{\"id\":\"a\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hel\"}}]}",
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"}}]}",
                    "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                    "{\"choices\":[]," + USAGE + "}",
                    "[DONE]");

    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
        gateway.first.always(FakeUpstream.json(WHOLE));
        gateway.second.always(FakeUpstream.json(WHOLE));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void asksTheProviderInItsFormatAndAnswersInAnthropics() throws Exception {
        Answer answer = messages("\"metadata\":{\"user_id\":\"u\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/content/0/text").asString()).isEqualTo("hello");
        assertThat(answer.json().path("model").asString()).isEqualTo("m");
        assertThat(answer.head()).contains("\r\nrequest-id: ").contains("nr-ignored: metadata");
        var received = gateway.first.requests().getFirst();
        assertThat(received.requestLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(Replies.json(received.text()).path("model").asString()).isEqualTo("m@first");
        assertThat(gateway.journal.next().ended().tokens())
                .isEqualTo(new TokenCounts(11, 7, false));
    }

    @Test
    void streamsToAnthropicsClients() throws Exception {
        gateway.first.always(STREAM);

        Answer answer = messages("\"stream\":true");

        assertThat(answer.head()).contains("content-type: text/event-stream");
        assertThat(answer.body()).contains("event: message_start").contains("event: message_stop");
        assertThat(answer.body()).contains("\"input_tokens\":11").contains("\"output_tokens\":7");
        var ended = gateway.journal.next().ended();
        assertThat(ended.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(ended.tokens()).isEqualTo(new TokenCounts(11, 7, false));
    }

    @Test
    void asksTheProviderInItsFormatAndAnswersAsResponses() throws Exception {
        Answer answer = responses("\"store\":false");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/output/0/content/0/text").asString()).isEqualTo("hello");
        assertThat(answer.json().at("/usage/total_tokens").asInt()).isEqualTo(18);
    }

    @Test
    void streamsToClientsOfResponses() throws Exception {
        gateway.first.always(STREAM);

        Answer answer = responses("\"stream\":true");

        assertThat(answer.body())
                .contains("event: response.created")
                .contains("event: response.completed")
                .doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @CsvSource({"/v1/messages,error", "/v1/responses,error"})
    void endsAStreamThatBreaksWithTheErrorOfItsApi(String path, String event) throws Exception {
        gateway.first.always(x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            x.chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n");
            x.reset();
        });

        Answer answer = post(path, "\"stream\":true");

        String last = answer.body().substring(answer.body().lastIndexOf("event: "));
        assertThat(last).startsWith("event: " + event + "\ndata: {\"type\":\"error\"");
        assertThat(gateway.journal.next().ended().outcome()).isEqualTo(Outcome.PROVIDER_BROKE);
    }

    /** As every event of Responses has its number, translated or as it came. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numbersTheErrorThatEndsAResponse(boolean translated) throws Exception {
        if (!translated) {
            gateway.routes(
                    List.of(
                            TestRoutes.to(
                                    "m",
                                    TestRoutes.ways(Strategy.PRIORITY),
                                    TestRoutes.ofResponses("first", gateway.first))));
        }
        gateway.first.always(x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            x.chunk(
                    translated
                            ? "data:"
                                  + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n"
                            : "event: response.created\ndata: {\"type\":\"response.created\","
                                    + "\"sequence_number\":0}\n\n");
            x.reset();
        });

        Answer answer = responses("\"stream\":true");

        List<Integer> numbers =
                answer.body()
                        .lines()
                        .filter(line -> line.startsWith("data: "))
                        .map(line ->
                                Replies.json(line.substring(6)).path("sequence_number").asInt())
                        .toList();
        assertThat(numbers)
                .hasSizeGreaterThan(1)
                .isEqualTo(IntStream.range(0, numbers.size()).boxed().toList());
    }

    @Test
    void namesTheThoughtsThatAProviderOfChatCompletionsHasNoPlaceFor() throws Exception {
        String thought =
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                    + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\","
                    + "\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"text\","
                    + "\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"c\"}]}";

        Answer answer =
                Answer.to(
                        gateway,
                        Answer.post(gateway, "/v1/messages", "connection: close\r\n", thought));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.head()).contains("nr-ignored: messages.thinking\r\n");
        assertThat(gateway.first.requests().getFirst().text()).doesNotContain("hm");
    }

    @ParameterizedTest
    @CsvSource({"/v1/messages", "/v1/responses"})
    void endsAStreamInWhichTheProviderSaysThatItFails(String path) throws Exception {
        gateway.first.always(
                FakeUpstream.events(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}",
                        "{\"error\":{\"message\":\"secret words\"}}"));

        Answer answer = post(path, "\"stream\":true");

        assertThat(answer.body()).contains("event: error").doesNotContain("secret words");
        assertThat(gateway.journal.next().ended().outcome()).isEqualTo(Outcome.PROVIDER_BROKE);
    }

    @Test
    void triesTheNextProviderWhenAStreamEndsBeforeItBegan() throws Exception {
        gateway.first.always(FakeUpstream.events("{\"error\":{\"message\":\"x\"}}"));
        gateway.second.always(STREAM);

        assertThat(messages("\"stream\":true").body()).contains("message_stop");
        assertThat(gateway.journal.next().ended().attempts()).isEqualTo(2);
    }

    @Test
    void namesTheFieldThatTheProviderHasNoWordFor() throws Exception {
        Answer anthropic = messages("\"tools\":[{\"type\":\"web_search_20250305\"}]");
        Answer responses = responses("\"previous_response_id\":\"resp_1\"");

        assertThat(anthropic.status()).isEqualTo(422);
        assertThat(anthropic.json().at("/error/type").asString())
                .isEqualTo("invalid_request_error");
        assertThat(anthropic.json().at("/error/message").asString()).contains("tools[0].type");
        assertThat(responses.status()).isEqualTo(422);
        assertThat(responses.json().at("/error/param").asString())
                .isEqualTo("previous_response_id");
        assertThat(gateway.first.requests()).isEmpty();
    }

    @Test
    void tellsTheAppWhatTheProviderSaysOfItsRequest() throws Exception {
        gateway.first.always(
                FakeUpstream.status(
                        400,
                        "content-type: application/json",
                        "{\"error\":{\"message\":\"too many tokens\"}}"));

        JsonNode error = messages("\"top_p\":1").json();

        assertThat(error.at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.at("/error/message").asString()).contains("too many tokens");
    }

    @Test
    void takesExactlyOneCredentialInWhicheverHeader() throws Exception {
        String both =
                "x-api-key: %s\r\nauthorization: Bearer %s\r\n"
                        .formatted(gateway.key.text(), gateway.key.text());

        assertThat(send("/v1/messages", both, messagesBody("\"top_p\":1")).status()).isEqualTo(400);
        assertThat(
                        send(
                                        "/v1/messages",
                                        "api-key: " + gateway.key.text() + "\r\n",
                                        messagesBody("\"top_p\":1"))
                                .status())
                .isEqualTo(200);
        JsonNode refused =
                send("/v1/messages", "x-api-key: wrong\r\n", messagesBody("\"top_p\":1")).json();
        assertThat(refused.at("/error/type").asString()).isEqualTo("authentication_error");
    }

    @Test
    void passesEmbeddingsOn() throws Exception {
        gateway.first.always(
                FakeUpstream.json(
                        "{\"data\":[{\"embedding\":\"AAAA\"}],\"usage\":{\"prompt_tokens\":3}}"));

        Answer answer =
                send(
                        "/v1/embeddings",
                        "x-api-key: " + gateway.key.text() + "\r\n",
                        "{\"model\":\"m\",\"input\":\"x\"}");

        assertThat(answer.json().at("/data/0/embedding").asString()).isEqualTo("AAAA");
        assertThat(gateway.first.requests().getFirst().requestLine())
                .isEqualTo("POST /v1/embeddings HTTP/1.1");
        assertThat(gateway.journal.next().ended().tokens()).isEqualTo(new TokenCounts(3, 0, false));
    }

    private Answer messages(String more) throws IOException {
        return post("/v1/messages", more);
    }

    private Answer responses(String more) throws IOException {
        return post("/v1/responses", more);
    }

    private Answer post(String path, String more) throws IOException {
        return send(
                path,
                "x-api-key: " + gateway.key.text() + "\r\n",
                path.equals("/v1/messages")
                        ? messagesBody(more)
                        : "{\"model\":\"m\",\"input\":\"hi\"," + more + "}");
    }

    private static String messagesBody(String more) {
        return "{\"model\":\"m\",\"max_tokens\":9,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                + more
                + "}";
    }

    private Answer send(String path, String credential, String body) throws IOException {
        return Answer.to(
                gateway,
                "POST "
                        + path
                        + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                        + credential
                        + "connection: close\r\ncontent-length: "
                        + body.getBytes(StandardCharsets.UTF_8).length
                        + "\r\n\r\n"
                        + body);
    }
}
