package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.chat.Conversation;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.Payload;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderFailure.NotServed;
import com.neuralrouter.server.provider.ProviderFailure.Untranslatable;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.WholeBody;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.UpstreamHealth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks one upstream once, until it is known whether its answer will do: a stream counts as an
 * answer when its first piece is here, any other answer when it is whole. Safe for all threads.
 */
public final class Calls {
    /** Of a stream; it is held as long as that lives, so it is not large. */
    private static final int PIECE = 1 << 10;

    private final Map<ProviderKind, ProviderAdapter> adapters;
    private final UpstreamHealth health;

    public Calls(Map<ProviderKind, ProviderAdapter> adapters, UpstreamHealth health) {
        this.adapters = Map.copyOf(adapters);
        this.health = health;
    }

    /** What an upstream is to be sent, or why it can't serve the request. */
    sealed interface Prepared {
        record Ready(ProviderCall call) implements Prepared {}

        record Unsuitable(ProviderFailure why) implements Prepared {}
    }

    /** What came of asking. */
    sealed interface Asked {
        record Answered(Served served) implements Asked {}

        record Failed(ProviderFailure failure) implements Asked {}
    }

    /**
     * @param deadline by when the whole attempt must be over, {@link System#nanoTime()}
     * @param over is told which connection it goes over
     */
    Prepared prepare(
            RequestId id,
            Route.Upstream upstream,
            Wanted wanted,
            long deadline,
            Consumer<Connection> over) {
        Endpoint endpoint = upstream.endpoint();
        try {
            Payload payload =
                    switch (adapter(endpoint).service(endpoint, wanted.operation())) {
                        case VERBATIM ->
                                wanted.request()
                                        .verbatim(upstream.model(), wanted.cap())
                                        .with(wanted.passed());
                        case TRANSLATED -> wanted.request().translated(wanted.cap());
                        case NONE -> null;
                    };
            return payload == null
                    ? new Prepared.Unsuitable(new NotServed(wanted.operation()))
                    : new Prepared.Ready(
                            new ProviderCall(
                                    id,
                                    endpoint,
                                    wanted.operation(),
                                    upstream.model(),
                                    payload,
                                    wanted.request().stream(),
                                    wanted.workspace().credential(endpoint.id()).orElse(null),
                                    deadline,
                                    over));
        } catch (Inexpressible missing) {
            return new Prepared.Unsuitable(new Untranslatable(missing.field(), missing.why()));
        }
    }

    /** The answer's head, or what there is instead. */
    OpenResult open(ProviderCall call) {
        return adapter(call.endpoint()).open(call);
    }

    /** Asks, and waits until the answer will do. */
    Asked ask(Attempt attempt, ProviderCall call) {
        return switch (open(call)) {
            case ProviderFailure failure -> new Asked.Failed(failure);
            case ProviderAnswer answer -> {
                try {
                    yield new Asked.Answered(begun(attempt, answer));
                } catch (IOException broken) {
                    answer.close();
                    yield new Asked.Failed(failure(broken));
                }
            }
            case ProviderReply reply -> {
                try {
                    yield new Asked.Answered(begun(attempt, reply, call));
                } catch (IOException broken) {
                    reply.close();
                    yield new Asked.Failed(failure(broken));
                }
            }
        };
    }

    /**
     * A translated stream has begun when there is something in it for the app; any other answer
     * when it is complete.
     */
    private Served begun(Attempt attempt, ProviderReply reply, ProviderCall call)
            throws IOException {
        Set<String> ignored = ignored(call);
        var events = new ArrayList<ReplyEvent>();
        for (ReplyEvent event; (event = reply.next()) != null; ) {
            if (event instanceof ReplyEvent.Failed) {
                throw new IOException("the provider says that it fails");
            }
            events.add(event);
            boolean silent =
                    event instanceof ReplyEvent.Begun || event instanceof ReplyEvent.UsageReported;
            if (call.stream() && !silent) {
                return new Served.Translated(attempt, reply, events, ignored);
            }
        }
        reply.close();
        if (events.isEmpty()) {
            throw new IOException("an answer without an event");
        }
        health.succeeded(attempt.provider(), attempt.model());
        return new Served.Translated(attempt, reply, events, ignored);
    }

    /** What of the request did not go to the provider. */
    private Set<String> ignored(ProviderCall call) {
        if (!(call.payload() instanceof Payload.Translated(Conversation conversation))) {
            return Set.of();
        }
        if (adapter(call.endpoint()).takesThoughts()) {
            return conversation.hints();
        }
        var ignored = new HashSet<>(conversation.hints());
        ignored.addAll(conversation.thoughts());
        return ignored;
    }

    private Served begun(Attempt attempt, ProviderAnswer answer) throws IOException {
        if (isStream(answer)) {
            byte[] buffer = new byte[PIECE];
            int first = answer.read(buffer, 0, buffer.length);
            if (first < 0) {
                throw new IOException("a stream without an event");
            }
            return new Served.Stream(attempt, answer, buffer, first);
        }
        try (answer) {
            byte[] body = WholeBody.of(answer);
            health.succeeded(attempt.provider(), attempt.model());
            return new Served.Whole(attempt, answer.status(), answer.contentType(), body);
        }
    }

    static boolean isStream(ProviderAnswer answer) {
        return answer.contentType().regionMatches(true, 0, "text/event-stream", 0, 17);
    }

    /** What an answer that broke off says about its provider. */
    static ProviderFailure failure(IOException broken) {
        if (Thread.currentThread().isInterrupted()) {
            return new ProviderFailure.Cancelled("the appliance is stopping");
        }
        return broken instanceof InterruptedIOException
                ? new ProviderFailure.TimedOut("the answer stopped coming")
                : new ProviderFailure.Unreachable("the answer broke off");
    }

    private ProviderAdapter adapter(Endpoint endpoint) {
        ProviderAdapter adapter = adapters.get(endpoint.kind());
        if (adapter == null) {
            throw new IllegalStateException("no adapter for " + endpoint.kind());
        }
        return adapter;
    }
}
