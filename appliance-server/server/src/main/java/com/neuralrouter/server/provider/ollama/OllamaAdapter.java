package com.neuralrouter.server.provider.ollama;

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
import com.neuralrouter.server.provider.http.JsonLines;
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
 * Speaks Ollama's own API: {@code POST /api/chat} (docs.ollama.com/api/chat, read 2026-11-29),
 * whose streams are lines of JSON. Safe for all threads.
 */
public final class OllamaAdapter implements ProviderAdapter, ListsModels {
    private static final OllamaConversationWriter WRITER = new OllamaConversationWriter();

    private final UpstreamCalls calls;

    public OllamaAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock);
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
        return Translation.of(chat.conversation(), call.model(), WRITER, body -> send(call, body));
    }

    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return calls.get(
                endpoint,
                "/api/tags",
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

    private OpenResult send(ProviderCall call, byte[] body) {
        OpenResult opened =
                calls.post(
                        call.endpoint(),
                        "/api/chat",
                        head -> headers(call, head),
                        body,
                        call.stream() ? Expected.LINES : Expected.JSON,
                        call.deadline());
        return Translation.judge(opened, answer -> reply(call, answer));
    }

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        var reader = new OllamaReplyReader(new CallIds(call.requestId()));
        return call.stream()
                ? TranslatedReply.stream(answer, new JsonLines(answer), reader)
                : TranslatedReply.whole(answer, reader);
    }

    private static void headers(ProviderCall call, HeadWriter head) throws UpstreamException {
        head.header("content-type: ", "application/json");
        head.header("accept: ", call.stream() ? "application/x-ndjson" : "application/json");
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
