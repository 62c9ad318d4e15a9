package com.neuralrouter.server.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Consumer;

/** Calls and answers as the tests of this adapter need them. */
final class Calls {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    static final String CREDENTIAL = "sk-credential-of-the-test";
    static final RequestId REQUEST_ID =
            new RequestId(UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd"));

    /** Long enough never to pass in a test that does not wait for it. */
    static final UpstreamTimeouts PATIENT =
            new UpstreamTimeouts(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20));

    private Calls() {}

    static Endpoint endpoint(URI baseUrl) {
        return endpoint(baseUrl, Authentication.BEARER, null);
    }

    static Endpoint endpoint(URI baseUrl, Authentication authentication, String trusted) {
        return new Endpoint(
                new ProviderId(new UUID(0, 1)),
                "upstream",
                ProviderKind.OPENAI,
                baseUrl,
                authentication,
                trusted);
    }

    static ProviderCall call(Endpoint endpoint) {
        return call(endpoint, "{\"model\":\"m\"}".getBytes(UTF_8), false, Duration.ofSeconds(30));
    }

    /** One that is told which connection it goes over. */
    static ProviderCall call(Endpoint endpoint, Consumer<Connection> over) {
        ProviderCall call = call(endpoint);
        return new ProviderCall(
                call.requestId(),
                call.endpoint(),
                call.operation(),
                call.model(),
                call.payload(),
                call.stream(),
                call.credential(),
                call.deadline(),
                over);
    }

    static ProviderCall stream(Endpoint endpoint) {
        return call(endpoint, "{\"stream\":true}".getBytes(UTF_8), true, Duration.ofSeconds(30));
    }

    static ProviderCall call(Endpoint endpoint, byte[] body, boolean stream, Duration total) {
        var payload = new Payload.Verbatim("application/json", body);
        return call(endpoint, Operation.CHAT_COMPLETIONS, payload, stream, total);
    }

    static ProviderCall call(Endpoint endpoint, Operation operation, Payload payload) {
        return call(endpoint, operation, payload, false, Duration.ofSeconds(30));
    }

    private static ProviderCall call(
            Endpoint endpoint,
            Operation operation,
            Payload payload,
            boolean stream,
            Duration total) {
        return new ProviderCall(
                REQUEST_ID,
                endpoint,
                operation,
                "m",
                payload,
                stream,
                SecretBytes.copyOf(CREDENTIAL.getBytes(UTF_8)),
                System.nanoTime() + total.toNanos());
    }

    /** The body, read to its end in pieces of some size. */
    static String read(OpenResult result, int piece) throws IOException {
        if (!(result instanceof ProviderAnswer answer)) {
            throw new AssertionError("not an answer: " + result);
        }
        var out = new ByteArrayOutputStream();
        byte[] buffer = new byte[piece];
        try (answer) {
            for (int n; (n = answer.read(buffer, 0, piece)) > 0; ) {
                out.write(buffer, 0, n);
            }
        }
        return out.toString(UTF_8);
    }

    static String read(OpenResult result) throws IOException {
        return read(result, 8192);
    }
}
