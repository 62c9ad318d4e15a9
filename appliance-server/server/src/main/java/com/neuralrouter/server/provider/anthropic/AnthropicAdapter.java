package com.neuralrouter.server.provider.anthropic;

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
import java.util.Map;

/**
 * Speaks Anthropic's Messages API (API reference, "Create a Message", read 2026-11): to Anthropic,
 * and to servers that have it too. What an app says in that format goes as it is; chats in OpenAI's
 * formats are translated. Safe for all threads.
 */
public final class AnthropicAdapter implements ProviderAdapter, ListsModels {
    /** Every request must name one; an app's own goes before. */
    private static final String VERSION = "2023-06-01";

    private final AnthropicWriter writer = new AnthropicWriter();
    private final UpstreamCalls calls;

    public AnthropicAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.ANTHROPIC;
    }

    @Override
    public Service service(Endpoint endpoint, Operation operation) {
        return switch (operation) {
            case MESSAGES, COUNT_TOKENS -> Service.VERBATIM;
            case CHAT_COMPLETIONS, RESPONSES -> Service.TRANSLATED;
            default -> Service.NONE;
        };
    }

    @Override
    public OpenResult open(ProviderCall call) {
        return switch (call.payload()) {
            case Payload.Verbatim verbatim -> post(call, verbatim.headers(), verbatim.body());
            case Payload.Translated translated ->
                    Translation.of(
                            translated.conversation(),
                            call.model(),
                            writer,
                            body ->
                                    Translation.judge(
                                            post(call, Map.of(), body),
                                            answer -> reply(call, answer)));
        };
    }

    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return calls.get(
                endpoint,
                "/models",
                head -> {
                    head.header("accept: ", "application/json");
                    head.header("x-request-id: ", id.value());
                    head.header("anthropic-version: ", VERSION);
                    authorise(endpoint, credential, head);
                },
                deadline);
    }

    @Override
    public void close() {
        calls.close();
    }

    private OpenResult post(ProviderCall call, Map<String, String> passed, byte[] body) {
        return calls.post(
                call.endpoint(),
                call.operation() == Operation.COUNT_TOKENS ? "/messages/count_tokens" : "/messages",
                head -> headers(call, passed, head),
                body,
                call.stream() ? Expected.EVENTS : Expected.JSON,
                call.deadline());
    }

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        return call.stream()
                ? TranslatedReply.stream(
                        answer, new ServerSentEvents(answer), new AnthropicReader())
                : TranslatedReply.whole(answer, new AnthropicReader());
    }

    private static void headers(ProviderCall call, Map<String, String> passed, HeadWriter head)
            throws UpstreamException {
        head.header("content-type: ", "application/json");
        head.header("accept: ", call.stream() ? "text/event-stream" : "application/json");
        head.header("x-request-id: ", call.requestId().value());
        head.header("anthropic-version: ", passed.getOrDefault("anthropic-version", VERSION));
        String beta = passed.get("anthropic-beta");
        if (beta != null) {
            head.header("anthropic-beta: ", beta);
        }
        authorise(call.endpoint(), call.credential(), head);
    }

    private static void authorise(
            Endpoint endpoint, @Nullable SecretBytes credential, HeadWriter head)
            throws UpstreamException {
        if (credential != null) {
            switch (endpoint.authentication()) {
                case API_KEY -> head.header("x-api-key: ", credential);
                case BEARER -> head.header("authorization: Bearer ", credential);
                case NONE, SIGNATURE -> {}
            }
        }
    }
}
