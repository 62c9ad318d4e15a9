package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.chat.Inexpressible;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
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
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.snapshot.WorkspaceView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Asks the upstreams of a plan, one after the other, until one answers. Whatever goes wrong before
 * the app has seen a byte leads to the next one: a stream counts as an answer when its first piece
 * is here, any other answer when it is whole. Safe for all threads.
 */
public final class Upstreams {
    /** Of a stream; it is held as long as that lives, so it is not large. */
    private static final int PIECE = 4 << 10;

    private final Map<ProviderKind, ProviderAdapter> adapters;
    private final UpstreamHealth health;
    private final Duration total;

    /**
     * @param total how long all attempts of a request may take together, the answer included
     */
    public Upstreams(
            Map<ProviderKind, ProviderAdapter> adapters, UpstreamHealth health, Duration total) {
        this.adapters = Map.copyOf(adapters);
        this.health = health;
        this.total = total;
    }

    /**
     * Throws {@link InferenceRefused} when nobody answers.
     *
     * @param cap how many output tokens the request gets if it did not ask for a number
     */
    Served ask(
            RoutePlan plan,
            Operation operation,
            InferenceRequest request,
            OptionalInt cap,
            WorkspaceView workspace,
            Exchange exchange) {
        var failures = new UpstreamFailures();
        long deadline = System.nanoTime() + total.toNanos();
        for (Attempt attempt : plan.attempts()) {
            Payload payload = payload(attempt, operation, request, cap, exchange, failures);
            if (payload == null) {
                continue;
            }
            exchange.attempted(attempt);
            var call =
                    new ProviderCall(
                            exchange.id(),
                            attempt.endpoint(),
                            operation,
                            attempt.model(),
                            payload,
                            request.stream(),
                            workspace.credential(attempt.provider()).orElse(null),
                            deadline);
            Served served = tryOne(attempt, call, failures);
            if (served != null) {
                return served;
            }
            if (failures.pointless() || System.nanoTime() - deadline >= 0) {
                break;
            }
        }
        throw failures.refusal(plan);
    }

    /** What that upstream is sent; null if it can't serve the request, which is noted then. */
    private @Nullable Payload payload(
            Attempt attempt,
            Operation operation,
            InferenceRequest request,
            OptionalInt cap,
            Exchange exchange,
            UpstreamFailures failures) {
        try {
            return switch (adapter(attempt).service(attempt.endpoint(), operation)) {
                case VERBATIM -> request.verbatim(attempt.model(), cap).with(exchange.passedOn());
                case TRANSLATED -> request.translated(cap);
                case NONE -> {
                    failures.add(attempt.endpoint().name(), new NotServed(operation));
                    yield null;
                }
            };
        } catch (Inexpressible missing) {
            failures.add(
                    attempt.endpoint().name(), new Untranslatable(missing.field(), missing.why()));
            return null;
        }
    }

    /** The answer, or null if there is none; then the failure has been noted. */
    private @Nullable Served tryOne(Attempt attempt, ProviderCall call, UpstreamFailures failures) {
        switch (adapter(attempt).open(call)) {
            case ProviderFailure failure -> failed(attempt, failure, failures);
            case ProviderAnswer answer -> {
                try {
                    return begun(attempt, answer);
                } catch (IOException broken) {
                    answer.close();
                    failed(attempt, failure(broken), failures);
                }
            }
            case ProviderReply reply -> {
                try {
                    return begun(attempt, reply, call);
                } catch (IOException broken) {
                    reply.close();
                    failed(attempt, failure(broken), failures);
                }
            }
        }
        return null;
    }

    /**
     * A translated stream has begun when there is something in it for the app; any other answer
     * when it is complete.
     */
    private Served begun(Attempt attempt, ProviderReply reply, ProviderCall call)
            throws IOException {
        Set<String> ignored = ignored(call.payload());
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

    private static Set<String> ignored(Payload payload) {
        return payload instanceof Payload.Translated translated
                ? translated.conversation().hints()
                : Set.of();
    }

    private void failed(Attempt attempt, ProviderFailure failure, UpstreamFailures failures) {
        health.failed(attempt.provider(), attempt.model(), failure);
        failures.add(attempt.endpoint().name(), failure);
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

    private ProviderAdapter adapter(Attempt attempt) {
        ProviderAdapter adapter = adapters.get(attempt.endpoint().kind());
        if (adapter == null) {
            throw new IllegalStateException("no adapter for " + attempt.endpoint().kind());
        }
        return adapter;
    }
}
