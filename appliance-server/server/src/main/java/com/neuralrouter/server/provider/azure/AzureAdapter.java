package com.neuralrouter.server.provider.azure;

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
import com.neuralrouter.server.provider.http.PercentEncoding;
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
 * Speaks OpenAI's format to Azure OpenAI (Azure OpenAI REST API reference and "API version
 * lifecycle", read 2026-11): below {@code /openai/v1}, where the model in the body is the
 * deployment, or, for an endpoint with a dated version, below the deployment's own path. Bodies of
 * its operations go as they are, both ways; chats of other APIs are put into chat completions. Safe
 * for all threads.
 */
public final class AzureAdapter implements ProviderAdapter, ListsModels {
    private static final String PREVIEW = "preview";
    private static final ConversationWriter WRITER = new OpenAiConversationWriter(Server.OPENAI);

    private final UpstreamCalls calls;

    public AzureAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock, Expected.EVENTS, "api-key: ");
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.AZURE;
    }

    @Override
    public Service service(Endpoint endpoint, Operation operation) {
        boolean spoken =
                operation == Operation.CHAT_COMPLETIONS
                        || endpoint.options().operations().contains(operation);
        if (spoken && !path(operation).isEmpty()) {
            return Service.VERBATIM;
        }
        return switch (operation) {
            case RESPONSES, MESSAGES -> Service.TRANSLATED;
            default -> Service.NONE;
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
                    calls.post(call, path(call, call.operation()), verbatim.body());
            case Payload.Translated translated ->
                    Translation.of(
                            call,
                            translated,
                            WRITER,
                            body -> calls.post(call, path(call, Operation.CHAT_COMPLETIONS), body),
                            answer -> reply(call, answer));
        };
    }

    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return calls.get(id, endpoint, modelsPath(endpoint), credential, deadline);
    }

    @Override
    public void close() {
        calls.close();
    }

    private static ProviderReply reply(ProviderCall call, ProviderAnswer answer) {
        return TranslatedReply.of(call, answer, ServerSentEvents::new, new OpenAiReplyReader());
    }

    /** Below {@code /openai/v1} or the deployment; empty for what Azure does not have. */
    private static String path(Operation operation) {
        return switch (operation) {
            case CHAT_COMPLETIONS -> "/chat/completions";
            case COMPLETIONS -> "/completions";
            case RESPONSES -> "/responses";
            case EMBEDDINGS -> "/embeddings";
            case TRANSCRIPTIONS -> "/audio/transcriptions";
            case SPEECH -> "/audio/speech";
            case IMAGES -> "/images/generations";
            case MODERATIONS, RERANK, MESSAGES, COUNT_TOKENS -> "";
        };
    }

    private static String path(ProviderCall call, Operation operation) {
        String version = call.endpoint().options().apiVersion();
        return isDated(version)
                ? versioned("/openai" + place(call, operation) + path(operation), version)
                : versioned("/openai/v1" + path(operation), version);
    }

    private static String place(ProviderCall call, Operation operation) {
        return operation == Operation.RESPONSES
                ? ""
                : "/deployments/" + PercentEncoding.segment(call.model());
    }

    private static String modelsPath(Endpoint endpoint) {
        String version = endpoint.options().apiVersion();
        return versioned(isDated(version) ? "/openai/models" : "/openai/v1/models", version);
    }

    /** Whether it is of the API before v1; v1 has no version, or is asked for its preview. */
    private static boolean isDated(String version) {
        return !version.isEmpty() && !version.equals(PREVIEW);
    }

    private static String versioned(String path, String version) {
        return version.isEmpty() ? path : path + "?api-version=" + version;
    }
}
