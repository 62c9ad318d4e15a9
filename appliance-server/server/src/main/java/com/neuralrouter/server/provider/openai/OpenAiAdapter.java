package com.neuralrouter.server.provider.openai;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.ConversationWriter;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter;
import com.neuralrouter.server.chat.openai.OpenAiConversationWriter.Server;
import com.neuralrouter.server.chat.openai.OpenAiReplyReader;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ListsModels;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;
import com.neuralrouter.server.provider.http.Translation;
import com.neuralrouter.server.provider.http.UpstreamCalls;
import com.neuralrouter.server.provider.http.UpstreamCalls.Expected;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Clock;

/**
 * Speaks OpenAI's wire format: to vLLM, Ollama, llama.cpp, TGI, OpenAI itself. Bodies of its own
 * operations go as they are, both ways; chats of other APIs are put into chat completions. A
 * credential goes only to an endpoint that wants one. Safe for all threads.
 */
public final class OpenAiAdapter implements ProviderAdapter, ListsModels {
    private static final String OPENAI_HOST = "api.openai.com";
    private static final ConversationWriter FOR_OPENAI =
            new OpenAiConversationWriter(Server.OPENAI);
    private static final ConversationWriter FOR_OTHERS =
            new OpenAiConversationWriter(Server.COMPATIBLE);

    private final UpstreamCalls calls;

    public OpenAiAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock, Expected.EVENTS);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.OPENAI;
    }

    @Override
    public Service service(Endpoint endpoint, Operation operation) {
        if (endpoint.options().operations().contains(operation)) {
            return Service.VERBATIM;
        }
        return switch (operation) {
            case CHAT_COMPLETIONS, COMPLETIONS, EMBEDDINGS, MODERATIONS, IMAGES, RERANK ->
                    Service.VERBATIM;
            case RESPONSES, MESSAGES -> Service.TRANSLATED;
            case TRANSCRIPTIONS, SPEECH, COUNT_TOKENS -> Service.NONE;
        };
    }

    @Override
    public boolean takesThoughts() {
        return false;
    }

    @Override
    public OpenResult open(ProviderCall call) {
        return switch (call.payload()) {
            case Payload.Verbatim verbatim ->
                    calls.post(call, path(call.operation()), verbatim.body());
            case Payload.Translated translated ->
                    Translation.of(
                            call,
                            translated,
                            writer(call.endpoint()),
                            body -> calls.post(call, path(Operation.CHAT_COMPLETIONS), body),
                            answer -> reply(call, answer));
        };
    }

    private static ProviderReply reply(ProviderCall call, ProviderAnswer answer) {
        return TranslatedReply.of(call, answer, ServerSentEvents::new, new OpenAiReplyReader());
    }

    private static ConversationWriter writer(Endpoint endpoint) {
        String host = endpoint.address().map(URI::getHost).orElse("");
        return OPENAI_HOST.equalsIgnoreCase(host) ? FOR_OPENAI : FOR_OTHERS;
    }

    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return calls.get(id, endpoint, "/models", credential, deadline);
    }

    @Override
    public void close() {
        calls.close();
    }

    private static String path(Operation operation) {
        return switch (operation) {
            case CHAT_COMPLETIONS -> "/chat/completions";
            case COMPLETIONS -> "/completions";
            case EMBEDDINGS -> "/embeddings";
            case MODERATIONS -> "/moderations";
            case IMAGES -> "/images/generations";
            case RERANK -> "/rerank";
            case RESPONSES -> "/responses";
            case TRANSCRIPTIONS -> "/audio/transcriptions";
            case SPEECH -> "/audio/speech";
            case MESSAGES -> "/messages";
            case COUNT_TOKENS -> "/messages/count_tokens";
        };
    }
}
