package com.neuralrouter.server.provider;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.provider.ProviderFailure.Rejected;
import com.neuralrouter.server.provider.ProviderFailure.Untranslatable;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * An adapter and its provider, for tests: what is sent to it, over real sockets, and what its
 * answers mean. Everything that is sent must fit the schema among the tests' resources.
 */
public abstract class AdapterHarness {
    protected static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    protected static final String CREDENTIAL = "credential-of-the-test";
    protected static final RequestId REQUEST_ID =
            new RequestId(UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd"));

    /** The id that is made up for the first call of an answer whose format has none. */
    protected static final String MADE_UP_ID = "call_0123456789ab7cde8f0123456789abcd_0";

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ProviderKind kind;
    private final Authentication authentication;
    private final BiFunction<UpstreamTimeouts, Clock, ProviderAdapter> adapters;
    private FakeUpstream upstream;
    private ProviderAdapter adapter;

    protected AdapterHarness(
            ProviderKind kind,
            Authentication authentication,
            BiFunction<UpstreamTimeouts, Clock, ProviderAdapter> adapters) {
        this.kind = kind;
        this.authentication = authentication;
        this.adapters = adapters;
    }

    @BeforeEach
    void start() throws IOException {
        upstream = FakeUpstream.start();
        adapter = adapter(new UpstreamTimeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE));
    }

    @AfterEach
    void stop() throws IOException {
        adapter.close();
        upstream.close();
    }

    protected final ProviderAdapter adapter(UpstreamTimeouts timeouts) {
        return adapters.apply(timeouts, CLOCK);
    }

    protected final Authentication authentication() {
        return authentication;
    }

    protected final FakeUpstream upstream() {
        return upstream;
    }

    protected final ProviderAdapter adapter() {
        return adapter;
    }

    protected final ProviderCall call(Conversation chat, Authentication authentication) {
        return call(new Payload.Translated(chat), chat.stream(), "m", authentication);
    }

    protected final ProviderCall call(
            Payload payload, boolean stream, String model, Authentication authentication) {
        return call(
                endpoint(authentication),
                Operation.CHAT_COMPLETIONS,
                model,
                payload,
                stream,
                CREDENTIAL);
    }

    protected static ProviderCall call(
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
                System.nanoTime() + PATIENCE.toNanos());
    }

    /** The upstream. */
    protected Endpoint endpoint(Authentication how) {
        return new Endpoint(
                new ProviderId(new UUID(0, 1)), "upstream", kind, upstream.baseUrl(), how, null);
    }

    protected final OpenResult open(Conversation chat) {
        return adapter.open(call(chat, authentication));
    }

    /** What is sent for a chat; it fits the schema. */
    protected final JsonNode sent(Conversation chat) throws IOException {
        return sent(chat, "m");
    }

    protected final JsonNode sent(Conversation chat, String model) throws IOException {
        upstream.next(FakeUpstream.status(500, "", ""));
        OpenResult result =
                adapter.open(
                        call(new Payload.Translated(chat), chat.stream(), model, authentication));
        assertThat(result).isEqualTo(new Rejected("the provider answered 500: it failed", 500));
        JsonNode body = Chats.json(upstream.requests().getLast().text());
        assertThat(RequestSchema.misfits(kind, body)).isEmpty();
        return body;
    }

    /** The field of a chat that the format has no word for. */
    protected final String refused(Conversation chat) {
        OpenResult result = open(chat);
        assertThat(result).isInstanceOf(Untranslatable.class);
        assertThat(upstream.requests()).isEmpty();
        return ((Untranslatable) result).field();
    }

    protected final List<ReplyEvent> events(OpenResult result) throws IOException {
        if (!(result instanceof ProviderReply reply)) {
            throw new AssertionError("no reply: " + result);
        }
        var events = new ArrayList<ReplyEvent>();
        try (reply) {
            for (ReplyEvent event; (event = reply.next()) != null; ) {
                events.add(event);
            }
        }
        return events;
    }
}
