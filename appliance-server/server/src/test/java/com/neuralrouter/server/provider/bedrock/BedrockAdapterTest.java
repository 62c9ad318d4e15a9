package com.neuralrouter.server.provider.bedrock;

import static com.neuralrouter.server.provider.Chats.saying;
import static com.neuralrouter.server.provider.Chats.text;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Conversation;
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
import com.neuralrouter.server.provider.Chats;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.InPieces;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderConformance;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.http.TranslatedReply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Converse over real sockets, with answers as the API's reference has them. */
class BedrockAdapterTest extends ProviderConformance {
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

    BedrockAdapterTest() {
        super(ProviderKind.BEDROCK, Authentication.BEARER, BedrockAdapter::new);
    }

    @Override
    protected Endpoint endpoint(Authentication how) {
        Endpoint usual = super.endpoint(how);
        return new Endpoint(
                usual.id(),
                usual.name(),
                usual.kind(),
                usual.baseUrl(),
                usual.authentication(),
                null,
                Destination.of(usual.name(), null, "eu-central-1", null, null),
                usual.pins(),
                usual.options());
    }

    @Override
    protected String credentialHeader() {
        return "authorization: Bearer " + CREDENTIAL;
    }

    @Override
    protected String streamType() {
        return "application/vnd.amazon.eventstream";
    }

    @Override
    protected ProviderReply reply(ProviderAnswer answer) {
        return TranslatedReply.stream(answer, new AmazonEvents(answer), new ConverseReader());
    }

    @Override
    protected Recorded stream() {
        return new Recorded(STREAM, STREAMED);
    }

    @Override
    protected byte[] unfinished() {
        return beginning().bytes();
    }

    @Override
    protected Recorded failingStream() {
        return failing("throttlingException", Failed.Kind.RATE_LIMITED);
    }

    private static Recorded failing(String type, Failed.Kind kind) {
        return new Recorded(
                new EventStream()
                        .event("messageStart", "{'role':'assistant'}")
                        .event(
                                "contentBlockDelta",
                                "{'contentBlockIndex':0,'delta':{'text':'Hel'}}")
                        .exception(type, "{'message':'planted'}")
                        .bytes(),
                List.of(new Begun(""), new TextDelta("Hel"), new Failed(kind)));
    }

    @Override
    protected Recorded whole() {
        return new Recorded(
                """
                {"output":{"message":{"role":"assistant","content":[
                  {"reasoningContent":{"reasoningText":{"text":"hm","signature":"c2ln"}}},
                  {"reasoningContent":{"redactedContent":"cmVk"}},
                  {"text":"Hello"},
                  {"toolUse":{"toolUseId":"t1","name":"weather","input":{"in":"A"}}}]}},
                 "stopReason":"max_tokens",
                 "usage":{"inputTokens":7,"outputTokens":9,"totalTokens":16},
                 "metrics":{"latencyMs":3}}
                """,
                List.of(
                        new Begun(""),
                        new ReasoningDelta("hm"),
                        new ReasoningSealed("c2ln", false),
                        new ReasoningSealed("cmVk", true),
                        new TextDelta("Hello"),
                        new ToolCallBegun(0, "t1", "weather"),
                        new ArgumentsDelta(0, "{\"in\":\"A\"}"),
                        new UsageReported(new TokenUsage(7, 0, 0, 9, 0)),
                        new Finished(FinishReason.LENGTH, "")));
    }

    @Override
    protected String refusal() {
        return "{\"message\":\"no such thing\"}";
    }

    @Override
    protected Conversation inexpressible() {
        return Chats.empty().user(text("What is it?"), Chats.REMOTE_IMAGE).end();
    }

    @Test
    void asksForWhatTheModelIsAndHowTheAnswerIsToCome() throws IOException {
        sent(saying("Hello").end(), MODEL);
        sent(saying("Hello").stream().end(), MODEL);

        FakeUpstream.Received whole = upstream().requests().getFirst();
        assertThat(whole.requestLine())
                .isEqualTo("POST /v1/model/eu.anthropic.claude-x-v1%3A0/converse HTTP/1.1");
        assertThat(whole.header("accept")).isEqualTo("application/json");
        FakeUpstream.Received stream = upstream().requests().getLast();
        assertThat(stream.requestLine())
                .isEqualTo("POST /v1/model/eu.anthropic.claude-x-v1%3A0/converse-stream HTTP/1.1");
        assertThat(stream.header("accept")).isEqualTo("application/vnd.amazon.eventstream");
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
        Recorded failing = failing(type, kind);

        assertThat(events(reply(new InPieces(failing.body(), _ -> 1 << 20))))
                .isEqualTo(failing.events());
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
        upstream()
                .next(
                        FakeUpstream.json(
                                "{\"output\":{\"message\":{\"content\":[]}},\"stopReason\":\""
                                        + word
                                        + "\"}"));

        assertThat(events(open(saying("Hello").end())).getLast())
                .isEqualTo(new Finished(reason, ""));
    }

    @Test
    void signsWhatItSends() throws IOException {
        upstream()
                .next(
                        FakeUpstream.json(
                                "{\"output\":{\"message\":{\"content\":[]}},\"stopReason\":\"end_turn\"}"));

        events(adapter().open(signed("AKIDEXAMPLE:" + SECRET)));

        FakeUpstream.Received request = upstream().requests().getFirst();
        var headers = new TreeMap<String, String>();
        for (String name : List.of("content-type", "host", "x-amz-date")) {
            headers.put(name, request.header(name));
        }
        assertThat(headers)
                .containsEntry("host", "127.0.0.1:" + upstream().port())
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
        assertThat(adapter().open(signed("no-access-key")))
                .isInstanceOfSatisfying(
                        ProviderFailure.Rejected.class,
                        rejected -> assertThat(rejected.reason()).doesNotContain("no-access-key"));
        assertThat(upstream().requests()).isEmpty();
    }

    private ProviderCall signed(String credential) {
        return call(
                endpoint(Authentication.SIGNATURE),
                Operation.CHAT_COMPLETIONS,
                MODEL,
                new Payload.Translated(saying("Hello").end()),
                false,
                credential);
    }
}
