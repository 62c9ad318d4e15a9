package com.neuralrouter.server.provider.cohere;

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
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;
import com.neuralrouter.server.provider.http.Translation;
import com.neuralrouter.server.provider.http.UpstreamCalls;
import com.neuralrouter.server.provider.http.UpstreamCalls.Expected;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.time.Clock;

/**
 * Speaks version 2 of Cohere's API (docs.cohere.com/reference/chat and /rerank, read 2026-11-29).
 * What apps ask of a reranker has Cohere's own form and goes as it came. Safe for all threads.
 */
public final class CohereAdapter implements ProviderAdapter, ListsModels {
    private static final CohereConversationWriter WRITER = new CohereConversationWriter();

    private final UpstreamCalls calls;

    public CohereAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock, Expected.EVENTS);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.COHERE;
    }

    @Override
    public Service service(Endpoint endpoint, Operation operation) {
        if (operation == Operation.RERANK) {
            return Service.VERBATIM;
        }
        return Translation.isChat(operation) ? Service.TRANSLATED : Service.NONE;
    }

    @Override
    public OpenResult open(ProviderCall call) {
        return switch (call.payload()) {
            case Payload.Verbatim rerank -> calls.post(call, "/v2/rerank", rerank.body());
            case Payload.Translated chat ->
                    Translation.of(
                            call,
                            chat,
                            WRITER,
                            body -> calls.post(call, "/v2/chat", body),
                            answer -> reply(call, answer));
        };
    }

    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return calls.get(id, endpoint, "/v1/models", credential, deadline);
    }

    @Override
    public void close() {
        calls.close();
    }

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        var reader = new CohereReplyReader(new CallIds(call.requestId()));
        return TranslatedReply.of(call, answer, ServerSentEvents::new, reader);
    }
}
