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
        this.calls = new UpstreamCalls(timeouts, clock, Expected.EVENTS, "x-api-key: ");
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
                            call,
                            translated,
                            writer,
                            body -> post(call, Map.of(), body),
                            answer -> reply(call, answer));
        };
    }

    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return calls.get(
                id, endpoint, "/models", credential, deadline, head -> version(Map.of(), head));
    }

    @Override
    public void close() {
        calls.close();
    }

    private OpenResult post(ProviderCall call, Map<String, String> passed, byte[] body) {
        return calls.post(
                call,
                call.operation() == Operation.COUNT_TOKENS ? "/messages/count_tokens" : "/messages",
                body,
                head -> version(passed, head));
    }

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        return TranslatedReply.of(call, answer, ServerSentEvents::new, new AnthropicReader());
    }

    private static void version(Map<String, String> passed, HeadWriter head)
            throws UpstreamException {
        head.header("anthropic-version: ", passed.getOrDefault("anthropic-version", VERSION));
        String beta = passed.get("anthropic-beta");
        if (beta != null) {
            head.header("anthropic-beta: ", beta);
        }
    }
}
