package com.neuralrouter.server.provider.anthropic;

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
import com.neuralrouter.server.provider.Chats;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.InPieces;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderConformance;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.WholeBody;
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Anthropic's API over real sockets, with answers as the API's reference has them. */
class AnthropicAdapterTest extends ProviderConformance {
    /** With what a stream may hold: pings, comments, thoughts, two calls, an unknown event. */
    private static final String STREAM =
            event(
                            "message_start",
                            "{'message':{'id':'msg_1','type':'message','role':'assistant',"
                                    + "'content':[],'model':'claude-x','stop_reason':null,"
                                    + "'stop_sequence':null,'usage':{'input_tokens':10,"
                                    + "'cache_creation_input_tokens':3,"
                                    + "'cache_read_input_tokens':5,'output_tokens':1}}}")
                    + event("ping", "{}")
                    + event(
                            "content_block_start",
                            "{'index':0,'content_block':{'type':'thinking','thinking':'',"
                                    + "'signature':''}}")
                    + event(
                            "content_block_delta",
                            "{'index':0,'delta':{'type':'thinking_delta','thinking':'hm \u00e4'}}")
                    + event(
                            "content_block_delta",
                            "{'index':0,'delta':{'type':'signature_delta','signature':'c2ln'}}")
                    + event("content_block_stop", "{'index':0}")
                    + event(
                            "content_block_start",
                            "{'index':1,'content_block':{'type':'redacted_thinking',"
                                    + "'data':'cmVk'}}")
                    + event("content_block_stop", "{'index':1}")
                    + ": keep-alive\n\n"
                    + event(
                            "content_block_start",
                            "{'index':2,'content_block':{'type':'text','text':''}}")
                    + event(
                            "content_block_delta",
                            "{'index':2,'delta':{'type':'text_delta','text':'Gr\u00fc\u00df"
                                    + " \ud83d\ude00'}}")
                    + event("something_new", "{'index':2}")
                    + event("content_block_stop", "{'index':2}")
                    + event(
                            "content_block_start",
                            "{'index':3,'content_block':{'type':'tool_use','id':'toolu_1',"
                                    + "'name':'weather','input':{}}}")
                    + event(
                            "content_block_delta",
                            "{'index':3,'delta':{'type':'input_json_delta','partial_json':''}}")
                    + event(
                            "content_block_delta",
                            "{'index':3,'delta':{'type':'input_json_delta',"
                                    + "'partial_json':'{\\'in\\':'}}")
                    + event(
                            "content_block_delta",
                            "{'index':3,'delta':{'type':'input_json_delta',"
                                    + "'partial_json':'\\'A\\'}'}}")
                    + event("content_block_stop", "{'index':3}")
                    + event(
                            "content_block_start",
                            "{'index':4,'content_block':{'type':'tool_use','id':'toolu_2',"
                                    + "'name':'time','input':{}}}")
                    + event("content_block_stop", "{'index':4}")
                    + event(
                            "message_delta",
                            "{'delta':{'stop_reason':'tool_use','stop_sequence':null},"
                                    + "'usage':{'output_tokens':42}}")
                    + event("message_stop", "{}");

    private static final List<ReplyEvent> STREAMED =
            List.of(
                    new Begun("msg_1"),
                    new UsageReported(new TokenUsage(18, 5, 3, 1, 0)),
                    new ReasoningDelta("hm \u00e4"),
                    new ReasoningSealed("c2ln", false),
                    new ReasoningSealed("cmVk", true),
                    new TextDelta("Gr\u00fc\u00df \ud83d\ude00"),
                    new ToolCallBegun(0, "toolu_1", "weather"),
                    new ArgumentsDelta(0, "{\"in\":"),
                    new ArgumentsDelta(0, "\"A\"}"),
                    new ToolCallBegun(1, "toolu_2", "time"),
                    new ArgumentsDelta(1, "{}"),
                    new UsageReported(new TokenUsage(18, 5, 3, 42, 0)),
                    new Finished(FinishReason.TOOL_CALLS, ""));

    private static String event(String name, String data) {
        String typed =
                data.equals("{}")
                        ? "{'type':'" + name + "'}"
                        : "{'type':'" + name + "'," + data.substring(1);
        return "event: " + name + "\ndata: " + typed.replace('\'', '"') + "\n\n";
    }

    AnthropicAdapterTest() {
        super(ProviderKind.ANTHROPIC, Authentication.API_KEY, AnthropicAdapter::new);
    }

    @Override
    protected String credentialHeader() {
        return "x-api-key: " + CREDENTIAL;
    }

    @Override
    protected Set<String> ownHeaders() {
        return Set.of("anthropic-version");
    }

    @Override
    protected Set<Operation> passedOn() {
        return Set.of(Operation.MESSAGES, Operation.COUNT_TOKENS);
    }

    @Override
    protected String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    protected ProviderReply reply(ProviderAnswer answer) {
        return TranslatedReply.stream(answer, new ServerSentEvents(answer), new AnthropicReader());
    }

    @Override
    protected Recorded stream() {
        return new Recorded(STREAM, STREAMED);
    }

    @Override
    protected Recorded failingStream() {
        return failing("overloaded_error", Failed.Kind.OVERLOADED);
    }

    private static Recorded failing(String type, Failed.Kind kind) {
        String error = "{'error':{'type':'" + type + "','message':'planted'}}";
        return new Recorded(
                event("message_start", "{'message':{'id':'msg_1','usage':{}}}")
                        + event("error", error),
                List.of(
                        new Begun("msg_1"),
                        new UsageReported(new TokenUsage(0, 0, 0, 0, 0)),
                        new Failed(kind)));
    }

    @Override
    protected Recorded whole() {
        return new Recorded(
                """
                {"id":"msg_2","type":"message","role":"assistant","model":"claude-x",
                 "content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},
                  {"type":"text","text":"Hello"},
                  {"type":"tool_use","id":"toolu_1","name":"weather","input":{"in":"A"}},
                  {"type":"tool_use","id":"toolu_2","name":"time","input":{}}],
                 "stop_reason":"stop_sequence","stop_sequence":"END",
                 "usage":{"input_tokens":7,"cache_creation_input_tokens":null,
                  "output_tokens":9}}
                """,
                List.of(
                        new Begun("msg_2"),
                        new ReasoningDelta("hm"),
                        new ReasoningSealed("c2ln", false),
                        new TextDelta("Hello"),
                        new ToolCallBegun(0, "toolu_1", "weather"),
                        new ArgumentsDelta(0, "{\"in\":\"A\"}"),
                        new ToolCallBegun(1, "toolu_2", "time"),
                        new ArgumentsDelta(1, "{}"),
                        new UsageReported(new TokenUsage(7, 0, 0, 9, 0)),
                        new Finished(FinishReason.STOP, "END")));
    }

    @Override
    protected String refusal() {
        return "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                + "\"no such thing\"},\"request_id\":\"req_1\"}";
    }

    @Override
    protected Conversation inexpressible() {
        return Chats.empty().user(text("What is it?"), Chats.SOUND).end();
    }

    @Test
    void asksForAStreamInTheVersionThatItSpeaks() throws IOException {
        JsonNode body = sent(saying("Hello").stream().end(), "claude-x");

        FakeUpstream.Received request = upstream().requests().getFirst();
        assertThat(request.requestLine()).isEqualTo("POST /v1/messages HTTP/1.1");
        assertThat(request.headers()).doesNotContainKey("authorization");
        assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(body.path("model").asString()).isEqualTo("claude-x");
        assertThat(body.path("stream").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded_error, OVERLOADED",
        "rate_limit_error, RATE_LIMITED",
        "api_error, OTHER"
    })
    void readsAFailureInMidStream(String type, Failed.Kind kind) throws IOException {
        Recorded failing = failing(type, kind);

        assertThat(events(reply(new InPieces(failing.body(), _ -> 1 << 20))))
                .isEqualTo(failing.events());
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "max_tokens, LENGTH",
        "model_context_window_exceeded, LENGTH",
        "tool_use, TOOL_CALLS",
        "refusal, CONTENT_FILTER",
        "pause_turn, PAUSE",
        "something_new, STOP"
    })
    void readsWhyAnAnswerIsOver(String word, FinishReason reason) throws IOException {
        upstream()
                .next(
                        FakeUpstream.json(
                                "{\"id\":\"m\",\"type\":\"message\",\"content\":[],\"stop_reason\":\""
                                        + word
                                        + "\",\"usage\":{}}"));

        assertThat(events(open(saying("Hello").end())).getLast())
                .isEqualTo(new Finished(reason, ""));
    }

    @Test
    void passesOnWhatIsInItsFormatWithTheVersionsThatTheAppNamed() throws IOException {
        upstream().next(FakeUpstream.json("{\"input_tokens\":3}"));
        byte[] body = "{\"model\":\"claude-x\", \"messages\":[]}".getBytes(UTF_8);
        var payload =
                new Payload.Verbatim(
                        "application/json",
                        body,
                        Map.of("anthropic-version", "2024-01-01", "anthropic-beta", "a,b"));
        ProviderCall call =
                call(
                        endpoint(Authentication.BEARER),
                        Operation.COUNT_TOKENS,
                        "claude-x",
                        payload,
                        false,
                        CREDENTIAL);

        try (var answer = (ProviderAnswer) adapter().open(call)) {
            assertThat(new String(WholeBody.of(answer), UTF_8)).isEqualTo("{\"input_tokens\":3}");
        }

        FakeUpstream.Received request = upstream().requests().getFirst();
        assertThat(request.requestLine()).isEqualTo("POST /v1/messages/count_tokens HTTP/1.1");
        assertThat(request.body()).isEqualTo(body);
        assertThat(request.header("authorization")).isEqualTo("Bearer " + CREDENTIAL);
        assertThat(request.headers()).doesNotContainKey("x-api-key");
        assertThat(request.header("anthropic-version")).isEqualTo("2024-01-01");
        assertThat(request.header("anthropic-beta")).isEqualTo("a,b");
    }
}
