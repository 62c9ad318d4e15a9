package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.FakeUpstream.Behaviour;
import com.neuralrouter.server.provider.bedrock.EventStream;

/**
 * Providers as {@link TranslationMatrixTest} has them: each says {@link #TEXT} in its own format,
 * or calls a tool, or refuses.
 */
final class MatrixProviders {
    static final String TEXT = "Hello \u6771\u4eac";
    static final String CALL = "weather {\"city\":\"Bonn\"}";
    static final String REFUSAL = "no such thing";

    private static final String ARGUMENTS = "{\\\"city\\\":\\\"Bonn\\\"}";

    private MatrixProviders() {}

    static Behaviour refusing(ProviderKind kind) {
        String body =
                switch (kind) {
                    case OLLAMA -> "{'error':'no such thing'}";
                    case COHERE, BEDROCK -> "{'message':'no such thing'}";
                    case ANTHROPIC ->
                            "{'type':'error','error':{'type':'invalid_request_error',"
                                    + "'message':'no such thing'}}";
                    case OPENAI, AZURE, GEMINI, LOOPBACK ->
                            "{'error':{'message':'no such thing','type':'invalid_request_error'}}";
                };
        return FakeUpstream.status(400, "content-type: application/json", body.replace('\'', '"'));
    }

    static Behaviour answering(ProviderKind kind, boolean stream, boolean calls) {
        if (kind == ProviderKind.BEDROCK && stream) {
            return events(bedrock(calls));
        }
        String body =
                switch (kind) {
                    case OPENAI, AZURE -> stream ? chunks(calls) : completion(calls);
                    case ANTHROPIC -> stream ? blocks(calls) : message(calls);
                    case GEMINI -> (stream ? "data: " : "") + gemini(calls) + "\n\n";
                    case BEDROCK -> converse(calls);
                    case OLLAMA -> ollama(calls) + "\n";
                    case COHERE -> stream ? cohereEvents(calls) : cohere(calls);
                    case LOOPBACK -> throw new IllegalArgumentException("it answers by itself");
                };
        String type =
                !stream
                        ? "application/json"
                        : kind == ProviderKind.OLLAMA
                                ? "application/x-ndjson"
                                : "text/event-stream";
        return FakeUpstream.status(200, "content-type: " + type, body.replace('\'', '"'));
    }

    private static String completion(boolean calls) {
        String message =
                calls
                        ? "'content':null,'tool_calls':[{'id':'c1','type':'function','function':"
                                + "{'name':'weather','arguments':'"
                                + ARGUMENTS
                                + "'}}]"
                        : "'content':'" + TEXT + "'";
        return "{'id':'x','object':'chat.completion','created':1,'model':'m','choices':"
                + "[{'index':0,'message':{'role':'assistant',"
                + message
                + "},'finish_reason':'"
                + (calls ? "tool_calls" : "stop")
                + "'}],'usage':{'prompt_tokens':3,'completion_tokens':2,'total_tokens':5}}";
    }

    private static String chunks(boolean calls) {
        String delta =
                calls
                        ? "'tool_calls':[{'index':0,'id':'c1','type':'function','function':"
                                + "{'name':'weather','arguments':'"
                                + ARGUMENTS
                                + "'}}]"
                        : "'content':'" + TEXT + "'";
        String head = "data: {'id':'x','object':'chat.completion.chunk','created':1,'model':'m',";
        return head
                + "'choices':[{'index':0,'delta':{'role':'assistant',"
                + delta
                + "},'finish_reason':null}]}\n\n"
                + head
                + "'choices':[{'index':0,'delta':{},'finish_reason':'"
                + (calls ? "tool_calls" : "stop")
                + "'}]}\n\ndata: [DONE]\n\n";
    }

    private static String message(boolean calls) {
        return "{'id':'x','type':'message','role':'assistant','model':'m','content':["
                + (calls
                        ? "{'type':'tool_use','id':'c1','name':'weather','input':{'city':'Bonn'}}"
                        : "{'type':'text','text':'" + TEXT + "'}")
                + "],'stop_reason':'"
                + (calls ? "tool_use" : "end_turn")
                + "','stop_sequence':null,'usage':{'input_tokens':3,'output_tokens':2}}";
    }

    private static String blocks(boolean calls) {
        return event(
                        "message_start",
                        "'message':{'id':'x','type':'message','role':'assistant','model':'m',"
                                + "'content':[],'usage':{'input_tokens':3,'output_tokens':1}}")
                + event(
                        "content_block_start",
                        "'index':0,'content_block':"
                                + (calls
                                        ? "{'type':'tool_use','id':'c1','name':'weather','input':{}}"
                                        : "{'type':'text','text':''}"))
                + event(
                        "content_block_delta",
                        "'index':0,'delta':"
                                + (calls
                                        ? "{'type':'input_json_delta','partial_json':'"
                                                + ARGUMENTS
                                                + "'}"
                                        : "{'type':'text_delta','text':'" + TEXT + "'}"))
                + event("content_block_stop", "'index':0")
                + event(
                        "message_delta",
                        "'delta':{'stop_reason':'"
                                + (calls ? "tool_use" : "end_turn")
                                + "','stop_sequence':null},'usage':{'output_tokens':2}")
                + "event: message_stop\ndata: {'type':'message_stop'}\n\n";
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {'type':'" + type + "'," + members + "}\n\n";
    }

    private static String gemini(boolean calls) {
        return "{'candidates':[{'content':{'role':'model','parts':["
                + (calls
                        ? "{'functionCall':{'name':'weather','args':{'city':'Bonn'}}}"
                        : "{'text':'" + TEXT + "'}")
                + "]},'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':3,"
                + "'candidatesTokenCount':2},'responseId':'x'}";
    }

    private static String ollama(boolean calls) {
        return "{'model':'m','message':{'role':'assistant','content':'"
                + (calls
                        ? "','tool_calls':[{'function':{'name':'weather','arguments':"
                                + "{'city':'Bonn'}}}]"
                        : TEXT + "'")
                + "},'done':true,'done_reason':'stop','prompt_eval_count':3,'eval_count':2}";
    }

    private static String cohere(boolean calls) {
        return "{'id':'x','message':{'role':'assistant',"
                + (calls
                        ? "'tool_calls':[{'id':'c1','type':'function','function':"
                                + "{'name':'weather','arguments':'"
                                + ARGUMENTS
                                + "'}}]"
                        : "'content':[{'type':'text','text':'" + TEXT + "'}]")
                + "},'finish_reason':'"
                + (calls ? "TOOL_CALL" : "COMPLETE")
                + "','usage':{'tokens':{'input_tokens':3,'output_tokens':2}}}";
    }

    private static String cohereEvents(boolean calls) {
        return event("message-start", "'id':'x','delta':{'message':{'role':'assistant'}}")
                + (calls
                        ? event(
                                "tool-call-start",
                                "'index':0,'delta':{'message':{'tool_calls':{'id':'c1','type':"
                                        + "'function','function':{'name':'weather','arguments':'"
                                        + ARGUMENTS
                                        + "'}}}}")
                        : event(
                                "content-delta",
                                "'index':0,'delta':{'message':{'content':{'text':'"
                                        + TEXT
                                        + "'}}}"))
                + event(
                        "message-end",
                        "'delta':{'finish_reason':'"
                                + (calls ? "TOOL_CALL" : "COMPLETE")
                                + "','usage':{'tokens':{'input_tokens':3,'output_tokens':2}}}");
    }

    private static String converse(boolean calls) {
        return "{'output':{'message':{'role':'assistant','content':["
                + (calls
                        ? "{'toolUse':{'toolUseId':'c1','name':'weather','input':{'city':'Bonn'}}}"
                        : "{'text':'" + TEXT + "'}")
                + "]}},'stopReason':'"
                + (calls ? "tool_use" : "end_turn")
                + "','usage':{'inputTokens':3,'outputTokens':2,'totalTokens':5}}";
    }

    private static byte[] bedrock(boolean calls) {
        var stream = new EventStream().event("messageStart", "{'role':'assistant'}");
        if (calls) {
            stream.event(
                            "contentBlockStart",
                            "{'contentBlockIndex':0,'start':{'toolUse':"
                                    + "{'toolUseId':'c1','name':'weather'}}}")
                    .event(
                            "contentBlockDelta",
                            "{'contentBlockIndex':0,'delta':{'toolUse':{'input':'"
                                    + ARGUMENTS
                                    + "'}}}");
        } else {
            stream.event(
                    "contentBlockDelta", "{'contentBlockIndex':0,'delta':{'text':'" + TEXT + "'}}");
        }
        return stream.event("contentBlockStop", "{'contentBlockIndex':0}")
                .event("messageStop", "{'stopReason':'" + (calls ? "tool_use" : "end_turn") + "'}")
                .event("metadata", "{'usage':{'inputTokens':3,'outputTokens':2,'totalTokens':5}}")
                .bytes();
    }

    private static Behaviour events(byte[] body) {
        return x -> {
            x.write(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\n"
                            + "content-length: "
                            + body.length
                            + "\r\n\r\n");
            x.write(body);
        };
    }
}
