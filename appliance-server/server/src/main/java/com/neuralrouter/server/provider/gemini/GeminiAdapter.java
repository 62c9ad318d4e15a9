package com.neuralrouter.server.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

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
        this.calls = new UpstreamCalls(timeouts, clock);
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
        return Translation.of(chat.conversation(), call.model(), WRITER, body -> send(call, body));
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
                        path(call),
                        head -> headers(call, head),
                        body,
                        call.stream() ? Expected.EVENTS : Expected.JSON,
                        call.deadline());
        return Translation.judge(opened, answer -> reply(call, answer), GeminiAdapter::blame);
    }

    private static OpenResult reply(ProviderCall call, ProviderAnswer answer) {
        var reader = new GeminiReplyReader(new CallIds(call.requestId()));
        return call.stream()
                ? TranslatedReply.stream(answer, new ServerSentEvents(answer), reader)
                : TranslatedReply.whole(answer, reader);
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
                + encoded(call.model())
                + (call.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    /** As one segment of a path, whatever is in it (RFC 3986, section 2.1). */
    private static String encoded(String model) {
        var segment = new StringBuilder();
        for (byte b : model.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0;
            if (plain) {
                segment.append(c);
            } else {
                segment.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return segment.toString();
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
        if (credential != null) {
            switch (endpoint.authentication()) {
                case API_KEY -> head.header("x-goog-api-key: ", credential);
                case BEARER -> head.header("authorization: Bearer ", credential);
                case NONE, SIGNATURE -> {}
            }
        }
    }
}
