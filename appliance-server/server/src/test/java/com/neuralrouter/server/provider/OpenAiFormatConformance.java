package com.neuralrouter.server.provider;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.FinishReason;
import com.neuralrouter.server.chat.Media;
import com.neuralrouter.server.chat.Part;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.TokenUsage;
import com.neuralrouter.server.chat.openai.OpenAiReplyReader;
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;

import java.time.Clock;
import java.util.List;
import java.util.function.BiFunction;

/** Chats of other APIs as chat completions, with answers as OpenAI's reference has them. */
public abstract class OpenAiFormatConformance extends ProviderConformance {
    private static final ReplyEvent BEGUN = new ReplyEvent.Begun("c-1");

    protected OpenAiFormatConformance(
            ProviderKind kind,
            Authentication authentication,
            BiFunction<UpstreamTimeouts, Clock, ProviderAdapter> adapters) {
        super(kind, authentication, adapters);
    }

    private static String chunk(String delta) {
        return choices("[{'index':0,'delta':" + delta + ",'finish_reason':null}]");
    }

    private static String choices(String choices) {
        return event(
                "{'id':'c-1','object':'chat.completion.chunk','created':1,'model':'m','choices':"
                        + choices
                        + "}");
    }

    private static String event(String data) {
        return "data: " + data.replace('\'', '"') + "\n\n";
    }

    private static ReplyEvent usage(long input, long cached, long output, long reasoning) {
        return new ReplyEvent.UsageReported(new TokenUsage(input, cached, 0, output, reasoning));
    }

    @Override
    protected String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    protected ProviderReply reply(ProviderAnswer answer) {
        return TranslatedReply.stream(
                answer, new ServerSentEvents(answer), new OpenAiReplyReader());
    }

    @Override
    protected Recorded stream() {
        return new Recorded(
                choices("[]")
                        + ": keep-alive\n\n"
                        + chunk("{'role':'assistant','content':''}")
                        + chunk("{'reasoning_content':'Überlegt 🤔'}")
                        + chunk("{'content':'Grüße '}")
                        + chunk("{'content':'aus 東京 😀'}")
                        + chunk(
                                "{'tool_calls':[{'index':0,'id':'call_1','type':'function',"
                                        + "'function':{'name':'weather','arguments':''}}]}")
                        + chunk(
                                "{'tool_calls':[{'index':0,'function':{'arguments':"
                                        + "'{\\'city\\':'}}]}")
                        + chunk(
                                "{'tool_calls':[{'index':0,'function':{'arguments':"
                                        + "'\\'東京\\'}'}}]}")
                        + chunk(
                                "{'tool_calls':[{'index':1,'id':'call_2','type':'function',"
                                        + "'function':{'name':'clock','arguments':'{}'}}]}")
                        + choices("[{'index':0,'delta':{},'finish_reason':'tool_calls'}]")
                        + event(
                                "{'id':'c-1','object':'chat.completion.chunk','created':1,"
                                        + "'model':'m','choices':[],'usage':{'prompt_tokens':9,"
                                        + "'completion_tokens':17,'total_tokens':26,"
                                        + "'prompt_tokens_details':{'cached_tokens':4},"
                                        + "'completion_tokens_details':{'reasoning_tokens':5}}}")
                        + "data: [DONE]\n\n",
                List.of(
                        BEGUN,
                        new ReplyEvent.ReasoningDelta("Überlegt 🤔"),
                        new ReplyEvent.TextDelta("Grüße "),
                        new ReplyEvent.TextDelta("aus 東京 😀"),
                        new ReplyEvent.ToolCallBegun(0, "call_1", "weather"),
                        new ReplyEvent.ArgumentsDelta(0, "{\"city\":"),
                        new ReplyEvent.ArgumentsDelta(0, "\"東京\"}"),
                        new ReplyEvent.ToolCallBegun(1, "call_2", "clock"),
                        new ReplyEvent.ArgumentsDelta(1, "{}"),
                        usage(9, 4, 17, 5),
                        new ReplyEvent.Finished(FinishReason.TOOL_CALLS, "")));
    }

    @Override
    protected Recorded failingStream() {
        return new Recorded(
                chunk("{'role':'assistant','content':'Hel'}")
                        + event("{'error':{'message':'planted','type':'overloaded_error'}}"),
                List.of(
                        BEGUN,
                        new ReplyEvent.TextDelta("Hel"),
                        new ReplyEvent.Failed(ReplyEvent.Failed.Kind.OVERLOADED)));
    }

    @Override
    protected Recorded whole() {
        return new Recorded(
                """
                {"id":"c-1","object":"chat.completion","created":1,"model":"m",
                 "choices":[{"index":0,"finish_reason":"length","logprobs":null,
                  "message":{"role":"assistant","content":"Hello","refusal":null,
                   "annotations":[]}}],
                 "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}
                """,
                List.of(
                        BEGUN,
                        new ReplyEvent.TextDelta("Hello"),
                        usage(3, 0, 4, 0),
                        new ReplyEvent.Finished(FinishReason.LENGTH, "")));
    }

    @Override
    protected String refusal() {
        return "{\"error\":{\"message\":\"no such thing\",\"type\":\"invalid_request_error\","
                + "\"param\":null,\"code\":null}}";
    }

    @Override
    protected Conversation inexpressible() {
        var elsewhere =
                new Part.Document(
                        "messages[0].content[1]", new Media.Remote("https://x.example/a.pdf"), "");
        return Chats.empty().user(Chats.text("What is it?"), elsewhere).end();
    }
}
