package com.neuralrouter.server.provider.gemini;

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
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.Service;
import com.neuralrouter.server.provider.http.CallIds;
import com.neuralrouter.server.provider.http.PercentEncoding;
import com.neuralrouter.server.provider.http.ServerSentEvents;
import com.neuralrouter.server.provider.http.TranslatedReply;
import com.neuralrouter.server.provider.http.Translation;
import com.neuralrouter.server.provider.http.UpstreamCalls;
import com.neuralrouter.server.provider.http.UpstreamCalls.Expected;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Clock;

/**
 * Speaks the Gemini API, version {@code v1beta} ("Generating content", ai.google.dev/api, read
 * 2026-11-29): {@code models.generateContent} and {@code models.streamGenerateContent}. The key
 * goes into a header and never into the URL, which ends up in logs. Safe for all threads.
 */
public final class GeminiAdapter implements ProviderAdapter, ListsModels {
    private static final GeminiConversationWriter WRITER = new GeminiConversationWriter();

    private final UpstreamCalls calls;

    public GeminiAdapter(UpstreamTimeouts timeouts, Clock clock) {
        this.calls = new UpstreamCalls(timeouts, clock, Expected.EVENTS, "x-goog-api-key: ");
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GEMINI;
    }

    @Override
    public Service service(Endpoint endpoint, Operation operation) {
        return Translation.isChat(operation) ? Service.TRANSLATED : Service.NONE;
    }

    @Override
    public OpenResult open(ProviderCall call) {
        if (!(call.payload() instanceof Payload.Translated chat)) {
            throw new IllegalStateException("nothing goes to Gemini as it came");
        }
        return Translation.of(
                call,
                chat,
                WRITER,
                body -> calls.post(call, path(call), body),
                answer -> reply(call, answer),
                GeminiAdapter::blame);
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

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        var reader = new GeminiReplyReader(new CallIds(call.requestId()));
        return TranslatedReply.of(call, answer, ServerSentEvents::new, reader);
    }

    /** A wrong key is answered with 400, and is nothing that the app can mend. */
    private static @Nullable ProviderFailure blame(JsonNode body) {
        for (JsonNode detail : body.path("error").path("details")) {
            if (detail.path("reason").asString("").equals("API_KEY_INVALID")) {
                return new ProviderFailure.Rejected(
                        "the provider answered 400: the credential is refused", 401);
            }
        }
        return null;
    }

    private static String path(ProviderCall call) {
        return "/models/"
                + PercentEncoding.segment(call.model())
                + (call.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }
}
