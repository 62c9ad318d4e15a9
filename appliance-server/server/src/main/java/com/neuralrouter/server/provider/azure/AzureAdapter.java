package com.neuralrouter.server.provider.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

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

import java.net.URLEncoder;
import java.time.Clock;

/**
 * Speaks OpenAI's format to Azure OpenAI (Azure OpenAI REST API reference and "API version
 * lifecycle", read 2026-11): below {@code /openai/v1}, where the model in the body is the
 * deployment, or, for an endpoint with a version, below the deployment's own path. Bodies of its
 * operations go as they are, both ways; chats of other APIs are put into chat completions. Safe for
 * all threads.
 */
public final class AzureAdapter implements ProviderAdapter, ListsModels {
    private static final ConversationWriter WRITER = new OpenAiConversationWriter(Server.OPENAI);

    private final UpstreamCalls calls;

    public AzureAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock);
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
            case Payload.Verbatim verbatim -> post(call, call.operation(), verbatim);
            case Payload.Translated translated ->
                    Translation.of(
                            translated.conversation(),
                            call.model(),
                            WRITER,
                            body ->
                                    Translation.judge(
                                            post(
                                                    call,
                                                    Operation.CHAT_COMPLETIONS,
                                                    new Payload.Verbatim("application/json", body)),
                                            answer -> reply(call, answer)));
        };
    }

    @Override
    public OpenResult models(
            RequestId id, Endpoint endpoint, @Nullable SecretBytes credential, long deadline) {
        return calls.get(
                endpoint,
                modelsPath(endpoint),
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

    private OpenResult post(ProviderCall call, Operation operation, Payload.Verbatim payload) {
        return calls.post(
                call.endpoint(),
                path(call, operation),
                head -> headers(call, payload, head),
                payload.body(),
                expected(call),
                call.deadline());
    }

    private static ProviderReply reply(ProviderCall call, ProviderAnswer answer) {
        var reader = new OpenAiReplyReader();
        return call.stream()
                ? TranslatedReply.stream(answer, new ServerSentEvents(answer), reader)
                : TranslatedReply.whole(answer, reader);
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
        String path = path(operation);
        if (version.isEmpty()) {
            return "/openai/v1" + path;
        }
        String place =
                operation == Operation.RESPONSES
                        ? ""
                        : "/deployments/"
                                + URLEncoder.encode(call.model(), UTF_8).replace("+", "%20");
        return "/openai" + place + path + "?api-version=" + version;
    }

    private static String modelsPath(Endpoint endpoint) {
        String version = endpoint.options().apiVersion();
        return version.isEmpty() ? "/openai/v1/models" : "/openai/models?api-version=" + version;
    }

    private static Expected expected(ProviderCall call) {
        if (call.stream()) {
            return Expected.EVENTS;
        }
        return switch (call.operation()) {
            case SPEECH, TRANSCRIPTIONS -> Expected.ANYTHING;
            default -> Expected.JSON;
        };
    }

    private static void headers(ProviderCall call, Payload.Verbatim payload, HeadWriter head)
            throws UpstreamException {
        head.header("content-type: ", payload.contentType());
        head.header("accept: ", call.stream() ? "text/event-stream" : "*/*");
        head.header("x-request-id: ", call.requestId().value());
        authorise(call.endpoint(), call.credential(), head);
    }

    private static void authorise(
            Endpoint endpoint, @Nullable SecretBytes credential, HeadWriter head)
            throws UpstreamException {
        if (credential != null) {
            switch (endpoint.authentication()) {
                case API_KEY -> head.header("api-key: ", credential);
                case BEARER -> head.header("authorization: Bearer ", credential);
                case NONE, SIGNATURE -> {}
            }
        }
    }
}
