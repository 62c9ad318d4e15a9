package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.snapshot.WorkspaceView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Asks the upstreams of a plan, one after the other, until one answers. Whatever goes wrong before
 * the app has seen a byte leads to the next one: a stream counts as an answer when its first piece
 * is here, any other answer when it is whole. Safe for all threads.
 */
public final class Upstreams {
    private static final String PATH = "/chat/completions";
    private static final int PIECE = 16 << 10;

    /** An answer that is not a stream is held in memory; none that a model gives comes near. */
    private static final int LARGEST_ANSWER = 64 << 20;

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
            ChatRequest request,
            OptionalInt cap,
            WorkspaceView workspace,
            Exchange exchange) {
        var failures = new UpstreamFailures();
        long deadline = System.nanoTime() + total.toNanos();
        for (Attempt attempt : plan.attempts()) {
            exchange.attempted(attempt);
            var call =
                    new ProviderCall(
                            exchange.id(),
                            attempt.endpoint(),
                            PATH,
                            attempt.model(),
                            request.forUpstream(attempt.model(), cap),
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
        }
        return null;
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
            byte[] body = whole(answer);
            health.succeeded(attempt.provider(), attempt.model());
            return new Served.Whole(attempt, answer.status(), answer.contentType(), body);
        }
    }

    private static byte[] whole(ProviderAnswer answer) throws IOException {
        long announced = answer.contentLength();
        if (announced > LARGEST_ANSWER) {
            throw new IOException("the answer is too large");
        }
        byte[] body = new byte[announced >= 0 ? (int) announced : PIECE];
        int length = 0;
        while (true) {
            if (length == body.length && announced < 0) {
                if (length == LARGEST_ANSWER) {
                    throw new IOException("the answer is too large");
                }
                body = Arrays.copyOf(body, Math.min(length * 2, LARGEST_ANSWER));
            }
            if (length == body.length) {
                return body;
            }
            int n = answer.read(body, length, body.length - length);
            if (n < 0) {
                return length == body.length ? body : Arrays.copyOf(body, length);
            }
            length += n;
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
