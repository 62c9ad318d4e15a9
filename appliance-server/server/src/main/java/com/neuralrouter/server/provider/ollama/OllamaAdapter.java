package com.neuralrouter.server.provider.ollama;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ListsModels;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.provider.http.CallIds;
import com.neuralrouter.server.provider.http.JsonLines;
import com.neuralrouter.server.provider.http.TranslatedReply;
import com.neuralrouter.server.provider.http.Translation;
import com.neuralrouter.server.provider.http.UpstreamCalls;
import com.neuralrouter.server.provider.http.UpstreamCalls.Expected;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.time.Clock;

/**
 * Speaks Ollama's own API: {@code POST /api/chat} (docs.ollama.com/api/chat, read 2026-11-29),
 * whose streams are lines of JSON. Safe for all threads.
 */
public final class OllamaAdapter implements ProviderAdapter, ListsModels {
    private static final OllamaConversationWriter WRITER = new OllamaConversationWriter();

    private final UpstreamCalls calls;

    public OllamaAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock, Expected.LINES);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.OLLAMA;
    }

    @Override
    public Service service(Endpoint endpoint, Operation operation) {
        return Translation.isChat(operation) ? Service.TRANSLATED : Service.NONE;
    }

    @Override
    public OpenResult open(ProviderCall call) {
        if (!(call.payload() instanceof Payload.Translated chat)) {
            throw new IllegalStateException("nothing goes to Ollama's own API as it came");
        }
        return Translation.of(
                call,
                chat,
                WRITER,
                body -> calls.post(call, "/api/chat", body),
                answer -> reply(call, answer));
    }

    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return calls.get(id, endpoint, "/api/tags", credential, deadline);
    }

    @Override
    public void close() {
        calls.close();
    }

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        var reader = new OllamaReplyReader(new CallIds(call.requestId()));
        return TranslatedReply.of(call, answer, JsonLines::new, reader);
    }
}
