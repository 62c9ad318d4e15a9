package com.neuralrouter.server.provider.cohere;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
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
import com.neuralrouter.server.provider.http.HeadWriter;
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;
import com.neuralrouter.server.provider.http.Translation;
import com.neuralrouter.server.provider.http.UpstreamCalls;
import com.neuralrouter.server.provider.http.UpstreamCalls.Expected;
import com.neuralrouter.server.provider.http.UpstreamException;
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
        this.calls = new UpstreamCalls(timeouts, clock);
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
            case Payload.Verbatim rerank -> post(call, "/v2/rerank", rerank.body());
            case Payload.Translated chat ->
                    Translation.of(
                            chat.conversation(),
                            call.model(),
                            WRITER,
                            body ->
                                    Translation.judge(
                                            post(call, "/v2/chat", body),
                                            answer -> reply(call, answer)));
        };
    }

    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return calls.get(
                endpoint,
                "/v1/models",
                head -> {
                    head.header("accept: ", "application/json");
                    head.header("x-request-id: ", id.value());
                    authorise(endpoint, credential, head);
                },
                deadline);
    }

    @Override
    public void close() {
        calls.close();
    }

    private OpenResult post(ProviderCall call, String path, byte[] body) {
        return calls.post(
                call.endpoint(),
                path,
                head -> headers(call, head),
                body,
                call.stream() ? Expected.EVENTS : Expected.JSON,
                call.deadline());
    }

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        var reader = new CohereReplyReader(new CallIds(call.requestId()));
        return call.stream()
                ? TranslatedReply.stream(answer, new ServerSentEvents(answer), reader)
                : TranslatedReply.whole(answer, reader);
    }

    private static void headers(ProviderCall call, HeadWriter head) throws UpstreamException {
        head.header("content-type: ", "application/json");
        head.header("accept: ", call.stream() ? "text/event-stream" : "application/json");
        head.header("x-request-id: ", call.requestId().value());
        authorise(call.endpoint(), call.credential(), head);
    }

    private static void authorise(
            Endpoint endpoint, @Nullable SecretBytes credential, HeadWriter head)
            throws UpstreamException {
        if (credential != null && endpoint.authentication() == Authentication.BEARER) {
            head.header("authorization: Bearer ", credential);
        }
    }
}
