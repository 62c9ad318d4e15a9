package com.neuralrouter.server.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Calls to providers and their answers, for the tests of adapters. */
public final class TranslatedCalls {
    public static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    public static final RequestId REQUEST_ID =
            new RequestId(UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd"));

    /** Long enough never to pass in a test that does not wait for it. */
    public static final UpstreamTimeouts PATIENT = timeouts(Duration.ofSeconds(20));

    private TranslatedCalls() {}

    public static UpstreamTimeouts timeouts(Duration firstByte) {
        Duration patient = Duration.ofSeconds(20);
        return new UpstreamTimeouts(patient, firstByte, patient, patient);
    }

    /** The upstream's address without the path that OpenAI's servers have. */
    public static URI root(FakeUpstream upstream) {
        return URI.create("http://127.0.0.1:" + upstream.port());
    }

    public static Endpoint endpoint(ProviderKind kind, URI baseUrl, Authentication authentication) {
        return new Endpoint(
                new ProviderId(new UUID(0, 1)), "upstream", kind, baseUrl, authentication, null);
    }

    public static ProviderCall chat(Endpoint endpoint, String model, Chat chat, String credential) {
        return call(
                endpoint,
                Operation.CHAT_COMPLETIONS,
                model,
                new Payload.Translated(chat.conversation()),
                chat.conversation().stream(),
                credential);
    }

    public static ProviderCall call(
            Endpoint endpoint,
            Operation operation,
            String model,
            Payload payload,
            boolean stream,
            String credential) {
        return new ProviderCall(
                REQUEST_ID,
                endpoint,
                operation,
                model,
                payload,
                stream,
                SecretBytes.copyOf(credential.getBytes(UTF_8)),
                System.nanoTime() + Duration.ofSeconds(30).toNanos());
    }

    /** All of a translated answer. */
    public static List<ReplyEvent> events(OpenResult result) throws IOException {
        if (!(result instanceof ProviderReply reply)) {
            throw new AssertionError("not a reply: " + result);
        }
        try (reply) {
            return events(reply);
        }
    }

    public static List<ReplyEvent> events(ProviderReply reply) throws IOException {
        var events = new ArrayList<ReplyEvent>();
        for (ReplyEvent event; (event = reply.next()) != null; ) {
            events.add(event);
        }
        return events;
    }
}
