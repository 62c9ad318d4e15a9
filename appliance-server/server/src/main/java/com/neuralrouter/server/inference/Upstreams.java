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
import com.neuralrouter.server.provider.ProviderFailure.RequestRefused;
import com.neuralrouter.server.provider.ProviderFailure.Untranslatable;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.WholeBody;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.route.Attempts;
import com.neuralrouter.server.route.Resilience;
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
 * is here, any other answer when it is whole. Who is next is decided by {@link Attempts}. Safe for
 * all threads.
 */
public final class Upstreams {
    /** Of a stream; it is held as long as that lives, so it is not large. */
    private static final int PIECE = 4 << 10;

    private final Map<ProviderKind, ProviderAdapter> adapters;
    private final UpstreamHealth health;
    private final Resilience resilience;
    private final Duration total;

    /**
     * @param total how long all attempts of a request may take together, the answer included
     */
    public Upstreams(
            Map<ProviderKind, ProviderAdapter> adapters,
            UpstreamHealth health,
            Resilience resilience,
            Duration total) {
        this.adapters = Map.copyOf(adapters);
        this.health = health;
        this.resilience = resilience;
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
        long deadline = System.nanoTime() + total.toNanos();
        Attempts attempts = resilience.begin(exchange.id(), plan, deadline);
        exchange.follows(attempts);
        var asking = new Asking(attempts, new UpstreamFailures());
        for (Attempt attempt; (attempt = attempts.next()) != null; ) {
            Payload payload = payload(attempt, operation, request, cap, exchange, asking);
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
                            attempts.deadline());
            Served served = tryOne(attempt, call, asking);
            if (served != null) {
                return served;
            }
            if (asking.failures.pointless()) {
                break;
            }
        }
        if (asking.declined != null) {
            return asking.declined;
        }
        throw asking.failures.refusal(plan, attempts.tried());
    }

    /** One request on its way. Owned by the request's thread. */
    private static final class Asking {
        final Attempts attempts;
        final UpstreamFailures failures;

        /** An answer that the app gets if no reserve has a better one. */
        private @Nullable Served declined;

        Asking(Attempts attempts, UpstreamFailures failures) {
            this.attempts = attempts;
            this.failures = failures;
        }

        void failed(Attempt attempt, ProviderFailure failure) {
            attempts.failed(failure);
            failures.add(attempt.endpoint().name(), failure);
        }

        void unsuitable(Attempt attempt, ProviderFailure why) {
            attempts.unsuitable(why.reason());
            failures.add(attempt.endpoint().name(), why);
        }
    }

    /** What that upstream is sent; null if it can't serve the request, which is noted then. */
    private @Nullable Payload payload(
            Attempt attempt,
            Operation operation,
            InferenceRequest request,
            OptionalInt cap,
            Exchange exchange,
            Asking asking) {
        try {
            return switch (adapter(attempt).service(attempt.endpoint(), operation)) {
                case VERBATIM -> request.verbatim(attempt.model(), cap).with(exchange.passedOn());
                case TRANSLATED -> request.translated(cap);
                case NONE -> {
                    asking.unsuitable(attempt, new NotServed(operation));
                    yield null;
                }
            };
        } catch (Inexpressible missing) {
            asking.unsuitable(attempt, new Untranslatable(missing.field(), missing.why()));
            return null;
        }
    }

    /** The answer, or null if there is none; then the failure has been noted. */
    private @Nullable Served tryOne(Attempt attempt, ProviderCall call, Asking asking) {
        switch (adapter(attempt).open(call)) {
            case ProviderFailure failure -> {
                if (!declined(failure, asking)) {
                    asking.failed(attempt, failure);
                }
            }
            case ProviderAnswer answer -> {
                try {
                    return unlessDeclined(begun(attempt, answer), asking);
                } catch (IOException broken) {
                    answer.close();
                    asking.failed(attempt, failure(broken));
                }
            }
            case ProviderReply reply -> {
                try {
                    Served served = begun(attempt, reply, call);
                    asking.attempts.answers();
                    return served;
                } catch (IOException broken) {
                    reply.close();
                    asking.failed(attempt, failure(broken));
                }
            }
        }
        return null;
    }

    /** Whether the route has a reserve for what the provider has against the request. */
    private static boolean declined(ProviderFailure failure, Asking asking) {
        return failure instanceof RequestRefused refused
                && asking.attempts.hasReserves()
                && Objection.in(refused.message())
                        .map(use -> asking.attempts.declined(use, refused.reason()))
                        .orElse(false);
    }

    /** Null if a reserve is asked first; the answer is kept in case that fails. */
    private static @Nullable Served unlessDeclined(Served served, Asking asking) {
        if (served instanceof Served.Whole whole
                && whole.status() / 100 == 4
                && asking.attempts.hasReserves()) {
            boolean reserve =
                    Objection.in(whole.body())
                            .map(use ->
                                    asking.attempts.declined(
                                            use, "the provider answered " + whole.status()))
                            .orElse(false);
            if (reserve) {
                asking.declined = served;
                return null;
            }
        }
        asking.attempts.answers();
        return served;
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
