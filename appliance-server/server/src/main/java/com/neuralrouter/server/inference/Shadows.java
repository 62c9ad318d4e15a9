package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.catalogue.PriceBook;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.inference.Calls.Prepared;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.provider.OpenResult;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderReply;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.route.Resilience;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.usage.RequestEnded;
import com.neuralrouter.server.usage.RequestJournal;
import com.neuralrouter.server.usage.RequestJournal.RecordUnavailable;
import com.neuralrouter.server.usage.RequestStarted;
import com.neuralrouter.server.usage.Residency;
import com.neuralrouter.server.usage.TokenCounts;
import com.neuralrouter.server.usage.Waits;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends copies of requests to shadows, and throws away what they answer. The request that is copied
 * never waits for it: a copy goes on a thread of its own, and is not sent at all when there are
 * enough of them under way, when its provider has hardly a place left, or when it can't be
 * recorded. Each copy is recorded as a request of its own, whose id differs from its request's in
 * the last byte only. What a shadow does counts neither for nor against its provider. Safe for all
 * threads.
 */
public final class Shadows implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Shadows.class.getName());

    /** Each holds a request's body for as long as it lives. */
    private static final int MOST_AT_ONCE = 64;

    /** So that one shadow that hangs leaves room for others. */
    private static final int MOST_EACH = 16;

    private static final long STOP_MILLIS = 2_000;

    private final Calls calls;
    private final Resilience resilience;
    private final RequestJournal journal;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ConcurrentMap<ProviderId, Semaphore> placesEach = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    public Shadows(Calls calls, Resilience resilience, RequestJournal journal, Clock clock) {
        this.calls = calls;
        this.resilience = resilience;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Sends each of the plan's shadows a copy. The plan has them only where policy lets the request
     * go.
     *
     * @param deadline {@link System#nanoTime()}
     */
    void copy(RoutePlan plan, Wanted wanted, Exchange exchange, long deadline) {
        for (int i = 0; i < plan.shadows().size() && !plan.empty(); i++) {
            RequestId id = copyOf(exchange.id(), i + 1);
            var copy =
                    new Copy(
                            exchange.copied(id, clock.millis(), plan.shadows().get(i)),
                            exchange.decision(),
                            exchange.prices(),
                            plan.shadows().get(i),
                            wanted,
                            deadline);
            start(copy);
        }
    }

    /** So that both are found together. */
    private static RequestId copyOf(RequestId original, int number) {
        UUID value = original.value();
        return new RequestId(
                new UUID(
                        value.getMostSignificantBits(),
                        value.getLeastSignificantBits() ^ (number & 0xff)));
    }

    /** One copy of one request. */
    private record Copy(
            RequestStarted started,
            Residency decision,
            PriceBook prices,
            Route.Upstream upstream,
            Wanted wanted,
            long deadline) {}

    private void start(Copy copy) {
        Semaphore each =
                placesEach.computeIfAbsent(
                        copy.upstream().endpoint().id(), _ -> new Semaphore(MOST_EACH));
        if (!places.tryAcquire()) {
            return;
        }
        if (!each.tryAcquire()) {
            places.release();
            return;
        }
        Thread.ofVirtual()
                .name("shadow-" + copy.started().id())
                .start(() -> {
                    threads.add(Thread.currentThread());
                    try {
                        send(copy);
                    } catch (RuntimeException defect) {
                        // Not its message: it may quote the request.
                        LOGGER.log(
                                Level.ERROR,
                                "A copy of a request met a defect: requestId={0} exception={1}",
                                copy.started().id(),
                                defect.getClass().getName());
                    } finally {
                        threads.remove(Thread.currentThread());
                        each.release();
                        places.release();
                    }
                });
    }

    private void send(Copy copy) {
        Resilience.Spare spare = resilience.spare(copy.upstream());
        if (spare == null) {
            return;
        }
        try (spare) {
            RequestJournal.Ticket ticket = journal.open(copy.started());
            var end = new End(copy);
            try {
                ask(copy, end);
            } finally {
                ticket.close(end.recorded());
            }
        } catch (RecordUnavailable full) {
            // It goes nowhere that is not recorded; the request itself was.
        }
    }

    private void ask(Copy copy, End end) {
        Prepared prepared =
                calls.prepare(
                        copy.started().id(),
                        copy.upstream(),
                        copy.wanted(),
                        copy.deadline(),
                        _ -> {});
        if (!(prepared instanceof Prepared.Ready(ProviderCall call))) {
            end.failed(ProblemCode.UNSUPPORTED_FEATURE);
            return;
        }
        end.sent();
        try {
            discard(calls.open(call), copy, end);
        } catch (IOException broken) {
            end.failed(problem(Calls.failure(broken)));
        }
    }

    private static void discard(OpenResult opened, Copy copy, End end) throws IOException {
        switch (opened) {
            case ProviderFailure failure -> end.failed(problem(failure));
            case ProviderAnswer answer -> {
                try (answer) {
                    end.answered(answer.status());
                    UsageObserver observer = copy.wanted().request().observer();
                    byte[] piece = new byte[4 << 10];
                    for (int n; (n = answer.read(piece, 0, piece.length)) >= 0; ) {
                        end.begins();
                        observer.pass(piece, 0, n, (bytes, at, length) -> {});
                    }
                    end.tokens = Tokens.of(observer, copy.wanted().request());
                }
            }
            case ProviderReply reply -> {
                try (reply) {
                    end.answered(200);
                    var tally = new TokenTally(copy.wanted().request());
                    for (ReplyEvent event; (event = reply.next()) != null; ) {
                        end.begins();
                        tally.count(event);
                    }
                    end.tokens = tally.tokens();
                }
            }
        }
    }

    private static ProblemCode problem(ProviderFailure failure) {
        return failure instanceof ProviderFailure.TimedOut
                ? ProblemCode.UPSTREAM_TIMED_OUT
                : ProblemCode.UPSTREAM_FAILED;
    }

    /** What is recorded of a copy's end. Owned by its thread. */
    private static final class End {
        private final long began = System.nanoTime();
        private final Copy copy;
        private int attempts;
        private int status = ProblemCode.UPSTREAM_FAILED.status();
        private @Nullable ProblemCode problem;
        private long firstByteMicros;
        private TokenCounts tokens = TokenCounts.NONE;

        End(Copy copy) {
            this.copy = copy;
        }

        void sent() {
            attempts = 1;
        }

        void answered(int itsStatus) {
            status = itsStatus;
        }

        void begins() {
            firstByteMicros = firstByteMicros == 0 ? micros() : firstByteMicros;
        }

        void failed(ProblemCode why) {
            problem = why;
            status = why.status();
        }

        RequestEnded recorded() {
            Destination to = copy.upstream().endpoint().destination();
            boolean sent = attempts > 0;
            return new RequestEnded(
                    Outcome.SHADOWED,
                    status,
                    problem,
                    sent ? copy.upstream().endpoint().id() : null,
                    sent ? copy.upstream().model() : null,
                    attempts,
                    firstByteMicros,
                    micros(),
                    tokens,
                    sent ? copy.decision().sentTo(to.jurisdiction(), to.region()) : copy.decision(),
                    Costs.of(
                            copy.prices(),
                            sent ? copy.upstream() : null,
                            copy.started().startedAtMillis(),
                            tokens),
                    Waits.NONE);
        }

        private long micros() {
            return (System.nanoTime() - began) / 1_000;
        }
    }

    /** Cuts the copies that are under way, so that their ends are recorded before all is closed. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            places.tryAcquire(MOST_AT_ONCE, STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
