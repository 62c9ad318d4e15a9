package com.neuralrouter.server.provider.bedrock;

import static com.neuralrouter.server.provider.TranslatedCalls.events;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyEvent.ArgumentsDelta;
import com.neuralrouter.server.chat.ReplyEvent.Begun;
import com.neuralrouter.server.chat.ReplyEvent.Failed;
import com.neuralrouter.server.chat.ReplyEvent.Finished;
import com.neuralrouter.server.chat.ReplyEvent.ReasoningDelta;
import com.neuralrouter.server.chat.ReplyEvent.ReasoningSealed;
import com.neuralrouter.server.chat.ReplyEvent.TextDelta;
import com.neuralrouter.server.chat.ReplyEvent.ToolCallBegun;
import com.neuralrouter.server.chat.ReplyEvent.UsageReported;
import com.neuralrouter.server.chat.TokenUsage;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.provider.Chat;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.InPieces;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.provider.TranslatedCalls;
import com.neuralrouter.server.provider.TranslatingAdapterContract;
import com.neuralrouter.server.provider.http.TranslatedReply;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Converse over real sockets, with answers as the API's reference has them. */
class BedrockAdapterTest extends TranslatingAdapterContract {
    private static final String MODEL = "eu.anthropic.claude-x-v1:0";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static EventStream beginning() {
        return new EventStream()
                .event("messageStart", "{'role':'assistant'}")
                .event(
                        "contentBlockDelta",
                        "{'contentBlockIndex':0,'delta':{'reasoningContent':{'text':'hm \u00e4'}}}")
                .event(
                        "contentBlockDelta",
                        "{'contentBlockIndex':0,'delta':{'reasoningContent':"
                                + "{'signature':'c2ln'}}}")
                .event("contentBlockStop", "{'contentBlockIndex':0}")
                .event(
                        "contentBlockDelta",
                        "{'contentBlockIndex':1,'delta':{'text':'Gr\u00fc\u00df \ud83d\ude00'}}")
                .event("somethingNew", "{'contentBlockIndex':1}")
                .event("contentBlockStop", "{'contentBlockIndex':1}")
                .event(
                        "contentBlockStart",
                        "{'contentBlockIndex':2,'start':{'toolUse':{'toolUseId':'t1',"
                                + "'name':'weather'}}}")
                .event(
                        "contentBlockDelta",
                        "{'contentBlockIndex':2,'delta':{'toolUse':{'input':'{'}}}")
                .event(
                        "contentBlockDelta",
                        "{'contentBlockIndex':2,'delta':{'toolUse':{'input':'}'}}}")
                .event("contentBlockStop", "{'contentBlockIndex':2}")
                .event(
                        "contentBlockStart",
                        "{'contentBlockIndex':3,'start':{'toolUse':{'toolUseId':'t2',"
                                + "'name':'time'}}}")
                .event("contentBlockStop", "{'contentBlockIndex':3}");
    }

    private static final byte[] STREAM =
            beginning()
                    .event("messageStop", "{'stopReason':'tool_use'}")
                    .event(
                            "metadata",
                            "{'usage':{'inputTokens':10,'outputTokens':4,'totalTokens':22,"
                                    + "'cacheReadInputTokens':5,'cacheWriteInputTokens':3},"
                                    + "'metrics':{'latencyMs':12}}")
                    .bytes();

    private static final List<ReplyEvent> STREAMED =
            List.of(
                    new Begun(""),
                    new ReasoningDelta("hm \u00e4"),
                    new ReasoningSealed("c2ln", false),
                    new TextDelta("Gr\u00fc\u00df \ud83d\ude00"),
                    new ToolCallBegun(0, "t1", "weather"),
                    new ArgumentsDelta(0, "{"),
                    new ArgumentsDelta(0, "}"),
                    new ToolCallBegun(1, "t2", "time"),
                    new ArgumentsDelta(1, "{}"),
                    new UsageReported(new TokenUsage(18, 5, 3, 4, 0)),
                    new Finished(FinishReason.TOOL_CALLS, ""));

    private static FakeUpstream.Behaviour stream(byte[] bytes) {
        return x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\n"
                            + "content-length: "
                            + bytes.length
                            + "\r\n\r\n");
            x.write(bytes);
        };
    }

    @Override
    protected ProviderAdapter adapter(UpstreamTimeouts timeouts) {
        return new BedrockAdapter(timeouts, TranslatedCalls.CLOCK);
    }

    @Override
    protected ProviderCall call(Chat chat) {
        return call(chat, Authentication.BEARER, "bedrock-api-key-of-the-test");
    }

    private ProviderCall call(Chat chat, Authentication authentication, String credential) {
        Endpoint usual =
                TranslatedCalls.endpoint(
                        ProviderKind.BEDROCK, TranslatedCalls.root(upstream), authentication);
        var endpoint =
                new Endpoint(
                        usual.id(),
                        usual.name(),
                        usual.kind(),
                        usual.baseUrl(),
                        usual.authentication(),
                        null,
                        Destination.of(usual.name(), null, "eu-central-1", null, null),
                        usual.pins(),
                        usual.options());
        return TranslatedCalls.chat(endpoint, MODEL, chat, credential);
    }

    @Override
    protected String error(String message) {
        return "{\"message\":\"" + message + "\"}";
    }

    @Override
    protected FakeUpstream.Behaviour cutStream() {
        return stream(Arrays.copyOf(STREAM, STREAM.length / 2));
    }

    private List<ReplyEvent> ask(Chat chat) throws IOException {
        try (ProviderAdapter adapter = adapter(TranslatedCalls.PATIENT)) {
            return events(adapter.open(call(chat)));
        }
    }

    @Test
    void readsAStream() throws IOException {
        upstream.always(stream(STREAM));

        assertThat(ask(Chat.asking("Hello").stream())).isEqualTo(STREAMED);
        FakeUpstream.Received request = upstream.requests().getFirst();
        assertThat(request.requestLine())
                .isEqualTo("POST /model/eu.anthropic.claude-x-v1%3A0/converse-stream HTTP/1.1");
        assertThat(request.header("authorization")).isEqualTo("Bearer bedrock-api-key-of-the-test");
        assertThat(request.header("accept")).isEqualTo("application/vnd.amazon.eventstream");
        assertThat(request.header("x-request-id")).isEqualTo(TranslatedCalls.REQUEST_ID.toString());
        assertThat(Chat.json(request.text()))
                .isEqualTo(
                        Chat.json("{'messages':[{'role':'user','content':[{'text':'Hello'}]}]}"));
    }

    @Test
    void readsAStreamThatComesByteByByte() throws IOException {
        upstream.always(x -> {
            x.write("HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\n\r\n");
            for (byte b : STREAM) {
                x.write(new byte[] {b});
            }
            x.close();
        });

        assertThat(ask(Chat.asking("Hello").stream())).isEqualTo(STREAMED);
    }

    @Test
    void readsAStreamWhereverItIsSplit() throws IOException {
        for (int split = 1; split < STREAM.length; split++) {
            ProviderAnswer answer = InPieces.splitAt(STREAM, split);
            assertThat(
                            events(
                                    TranslatedReply.stream(
                                            answer,
                                            new AmazonEvents(answer),
                                            new ConverseReader())))
                    .as("split at %d", split)
                    .isEqualTo(STREAMED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException, RATE_LIMITED",
        "serviceUnavailableException, OVERLOADED",
        "internalServerException, OTHER",
        "modelStreamErrorException, OTHER",
        "validationException, OTHER"
    })
    void readsAFailureInMidStream(String type, Failed.Kind kind) throws IOException {
        upstream.always(stream(beginning().exception(type, "{'message':'planted'}").bytes()));

        List<ReplyEvent> events = ask(Chat.asking("Hello").stream());

        assertThat(events.getLast()).isEqualTo(new Failed(kind));
    }

    @Test
    void readsAWholeAnswer() throws IOException {
        upstream.always(
                FakeUpstream.json(
                        """
                        {"output":{"message":{"role":"assistant","content":[
                          {"reasoningContent":{"reasoningText":{"text":"hm","signature":"c2ln"}}},
                          {"reasoningContent":{"redactedContent":"cmVk"}},
                          {"text":"Hello"},
                          {"toolUse":{"toolUseId":"t1","name":"weather","input":{"in":"A"}}}]}},
                         "stopReason":"max_tokens",
                         "usage":{"inputTokens":7,"outputTokens":9,"totalTokens":16},
                         "metrics":{"latencyMs":3}}
                        """));

        assertThat(ask(Chat.asking("Hello")))
                .containsExactly(
                        new Begun(""),
                        new ReasoningDelta("hm"),
                        new ReasoningSealed("c2ln", false),
                        new ReasoningSealed("cmVk", true),
                        new TextDelta("Hello"),
                        new ToolCallBegun(0, "t1", "weather"),
                        new ArgumentsDelta(0, "{\"in\":\"A\"}"),
                        new UsageReported(new TokenUsage(7, 0, 0, 9, 0)),
                        new Finished(FinishReason.LENGTH, ""));
        assertThat(upstream.requests().getFirst().requestLine())
                .isEqualTo("POST /model/eu.anthropic.claude-x-v1%3A0/converse HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "stop_sequence, STOP",
        "tool_use, TOOL_CALLS",
        "model_context_window_exceeded, LENGTH",
        "guardrail_intervened, CONTENT_FILTER",
        "content_filtered, CONTENT_FILTER"
    })
    void readsWhyAnAnswerIsOver(String word, FinishReason reason) throws IOException {
        upstream.always(
                FakeUpstream.json(
                        "{\"output\":{\"message\":{\"content\":[]}},\"stopReason\":\""
                                + word
                                + "\"}"));

        assertThat(ask(Chat.asking("Hello")).getLast()).isEqualTo(new Finished(reason, ""));
    }

    @Test
    void signsWhatItSends() throws IOException {
        upstream.always(
                FakeUpstream.json(
                        "{\"output\":{\"message\":{\"content\":[]}},\"stopReason\":\"end_turn\"}"));

        try (ProviderAdapter adapter = adapter(TranslatedCalls.PATIENT)) {
            events(
                    adapter.open(
                            call(
                                    Chat.asking("Hello"),
                                    Authentication.SIGNATURE,
                                    "AKIDEXAMPLE:" + SECRET)));
        }

        FakeUpstream.Received request = upstream.requests().getFirst();
        var headers = new TreeMap<String, String>();
        for (String name : List.of("content-type", "host", "x-amz-date")) {
            headers.put(name, request.header(name));
        }
        assertThat(headers)
                .containsEntry("host", "127.0.0.1:" + upstream.port())
                .containsEntry("x-amz-date", "20260101T000000Z");
        assertThat(request.header("authorization"))
                .isEqualTo(
                        AmazonSignature.of(
                                new AmazonSignature.Signed(
                                        "POST",
                                        request.requestLine().split(" ", -1)[1],
                                        headers,
                                        request.body()),
                                new AmazonSignature.Scope("eu-central-1", "bedrock"),
                                "AKIDEXAMPLE",
                                SECRET.getBytes(UTF_8)));
        assertThat(request.headers().toString()).doesNotContain(SECRET);
    }

    @Test
    void sendsNothingWithACredentialThatIsNoAccessKey() {
        try (ProviderAdapter adapter = adapter(TranslatedCalls.PATIENT)) {
            assertThat(
                            adapter.open(
                                    call(
                                            Chat.asking("Hello"),
                                            Authentication.SIGNATURE,
                                            "no-access-key")))
                    .isInstanceOfSatisfying(
                            ProviderFailure.Rejected.class,
                            rejected ->
                                    assertThat(rejected.reason()).doesNotContain("no-access-key"));
        }
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void servesChatsOnly() {
        try (ProviderAdapter adapter = adapter(TranslatedCalls.PATIENT)) {
            Endpoint endpoint = call(Chat.asking("x")).endpoint();
            assertThat(
                            Stream.of(Operation.values())
                                    .filter(operation ->
                                            adapter.service(endpoint, operation) != Service.NONE))
                    .containsExactly(
                            Operation.CHAT_COMPLETIONS, Operation.RESPONSES, Operation.MESSAGES);
        }
    }
}
