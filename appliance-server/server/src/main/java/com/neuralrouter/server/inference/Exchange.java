package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.catalogue.PriceBook;
import com.neuralrouter.server.content.Content;
import com.neuralrouter.server.content.Keeping;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.guardrail.GuardedExchange;
import com.neuralrouter.server.identity.Caller;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.Retention;
import com.neuralrouter.server.receipt.ContentHashes;
import com.neuralrouter.server.receipt.Receipt;
import com.neuralrouter.server.receipt.SignedReceipt;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.route.Attempts;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.usage.RequestCost;
import com.neuralrouter.server.usage.RequestEnded;
import com.neuralrouter.server.usage.RequestJournal;
import com.neuralrouter.server.usage.RequestJournal.RecordUnavailable;
import com.neuralrouter.server.usage.RequestStarted;
import com.neuralrouter.server.usage.Residency;
import com.neuralrouter.server.usage.TokenCounts;
import com.neuralrouter.server.usage.Waits;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is recorded of one request while it goes its way: who, which model, when, how it ended; no
 * content. Requests of nobody we know are not recorded here. Owned by the request's thread.
 */
final class Exchange {
    private final long arrived = System.nanoTime();
    private final Traces traces;
    private final RequestId id;
    private final long startedAtMillis;

    private @Nullable Caller caller;
    private @Nullable GuardedExchange guarded;
    private Map<String, String> passed = Map.of();
    private String model = "";
    private boolean stream;
    private long siteVersion;
    private RequestJournal.@Nullable Ticket ticket;
    private @Nullable Admission admission;
    private Residency residency = Residency.NONE;
    private @Nullable Attempts following;
    private PriceBook prices = PriceBook.EMPTY;
    private long queueNanos;
    private long sentMicros;
    private final SentTo sent = new SentTo();
    private final List<Receipt.Place> copies = new ArrayList<>();
    private final KeptCopy copy = new KeptCopy();
    private long firstByteMicros;
    private Content received = Content.NONE;

    /** Null until the request begins, and for ever where no receipts are wanted. */
    private @Nullable ContentHashes hashes;

    /** What stands for the app's receipt in the audit log; empty while there is none. */
    private String receiptHash = "";

    Exchange(Traces traces, RequestId id, long startedAtMillis) {
        this.traces = traces;
        this.id = id;
        this.startedAtMillis = startedAtMillis;
    }

    /** These headers of the app go on to a provider that speaks its format. */
    void passesOn(Map<String, String> headers) {
        passed = headers;
    }

    Map<String, String> passedOn() {
        return passed;
    }

    /** The request's body came. */
    void received(Content body) {
        received = body;
    }

    RequestId id() {
        return id;
    }

    long startedAtMillis() {
        return startedAtMillis;
    }

    /** The caller is known; so is the state of the site by which all is decided. */
    void isOf(Caller known, GatewaySnapshot snapshot) {
        caller = known;
        siteVersion = snapshot.version();
        prices = snapshot.catalogue().prices();
    }

    /** The request is for a model that there is a route for. */
    void asksFor(String routedModel, boolean asStream) {
        model = routedModel;
        stream = asStream;
    }

    /** These guardrails look at it and at its answer. */
    void guardedBy(GuardedExchange guardrails) {
        guarded = guardrails;
    }

    /**
     * A question about it, to one of the site's own models: recorded as a request of its own.
     *
     * @param question its id
     */
    Exchange beside(RequestId question, String itsModel) {
        var beside = new Exchange(traces, question, startedAtMillis);
        beside.caller = caller;
        beside.siteVersion = siteVersion;
        beside.prices = prices;
        beside.model = itsModel;
        beside.residency = Residency.NONE.decidedBy(residency.policy());
        return beside;
    }

    /** The question went to these; the request's receipt names them too. */
    void asked(Exchange beside) {
        copies.addAll(beside.sent.places());
    }

    /** Null if there are none. */
    @Nullable GuardedExchange guarded() {
        return guarded;
    }

    /** By which version of the policies it is decided. */
    void decidedBy(String policyHash) {
        residency = residency.decidedBy(policyHash);
    }

    /** It was let in, and holds this of limits and budgets until it has ended. */
    void admitted(Admission held) {
        admission = held;
    }

    /** Whether limits and budgets have room for another upstream that is asked for the same. */
    boolean affordsAnother() {
        return admission == null || admission.another();
    }

    /**
     * Sees to it that what comes next is paid for before the app gets it. Throws {@link
     * BudgetReached}.
     *
     * @param soFar what has passed already
     * @param bytes of what comes
     */
    void cover(TokenCounts soFar, int bytes) {
        if (admission != null) {
            admission.cover(soFar.output() + Tokens.most(bytes));
        }
    }

    /** What the request has used so far. */
    void used(TokenCounts soFar) {
        if (ticket != null) {
            TokenCounts tokens = better(soFar);
            ticket.used(tokens, cost(sent.serving(), tokens));
        }
    }

    private TokenCounts better(TokenCounts tokens) {
        return admission == null ? tokens : admission.better(tokens);
    }

    /**
     * Its content is kept for so long, as sent on. Throws {@link InferenceRefused} without room.
     */
    void keeps(Retention retention, InferenceRequest request) {
        Caller known = Objects.requireNonNull(caller);
        var about = new Keeping.About(id, known.workspaceId(), known.keyId(), retention);
        copy.begin(traces.content(), about, request);
    }

    /** Nothing comes after this: what nobody has told the end of holds nothing any more. */
    void over() {
        copy.end(!sent.nobody(), guarded);
        if (admission != null) {
            admission.settle(TokenCounts.NONE, RequestCost.NOTHING);
        }
    }

    private RequestCost cost(@Nullable Attempt served, TokenCounts tokens) {
        return sent.cost(prices, served, startedAtMillis, tokens);
    }

    /**
     * Records that the request begins; nothing has left for a provider before this returns. Throws
     * {@link InferenceRefused} when it can't be recorded.
     */
    void begin() {
        try {
            open();
            hashes = traces.receipts().begin(received.bytes()).orElse(null);
        } catch (RecordUnavailable full) {
            throw InferenceRefused.because(ProblemCode.RECORD_UNAVAILABLE);
        }
    }

    /** These are told when the request has ended. */
    void follows(Attempts made) {
        following = made;
    }

    /** It waited so long for the turn of its next attempt. */
    void waited(long nanos) {
        queueNanos += nanos;
    }

    void attempted(Attempt attempt) {
        sentMicros = micros();
        sent.add(attempt);
        Destination to = attempt.endpoint().destination();
        residency = residency.sentTo(to.jurisdiction(), to.region());
    }

    /** That one was asked for the same, and is cut off; null if nobody was. */
    void overtook(@Nullable Attempt late) {
        sent.overtook(late);
    }

    /** This one's answer is what the app gets, whoever else was asked at the same time. */
    void servedBy(Attempt attempt) {
        sent.servedBy(attempt);
    }

    /**
     * A copy of the request goes to a shadow, as a request of its own.
     *
     * @param copy its id
     * @param to the shadow
     */
    RequestStarted copied(RequestId copy, long atMillis, Route.Upstream to) {
        copies.add(new Receipt.Place(to.model(), to.endpoint().destination()));
        Caller known = Objects.requireNonNull(caller, "nobody asks");
        return new RequestStarted(
                copy, atMillis, known.workspaceId(), known.keyId(), model, stream, siteVersion);
    }

    /** The prices in force when it began. */
    PriceBook prices() {
        return prices;
    }

    /** By which version of the policies it was decided, and nothing else yet. */
    Residency decision() {
        return Residency.NONE.decidedBy(residency.policy());
    }

    /** These bytes of the answer's body go to the app. */
    void answers(byte[] bytes, int at, int length) {
        if (hashes != null) {
            hashes.answer(bytes, at, length);
        }
        copy.answers(bytes, at, length);
    }

    /**
     * Signs the receipt for an answer that ends like this; to be called before that is recorded.
     * Empty if no receipts are wanted, and for a request that had not begun.
     */
    Optional<String> receipt(
            Outcome outcome, int status, @Nullable ProblemCode problem, TokenCounts reported) {
        TokenCounts tokens = better(reported);
        ContentHashes content = hashes;
        if (content == null) {
            return Optional.empty();
        }
        hashes = null;
        var receipt =
                new Receipt(
                        id,
                        Objects.requireNonNull(caller).workspaceId(),
                        model,
                        new Receipt.Ended(endsAt(), outcome, status, problem, tokens),
                        sent.places(),
                        copies,
                        sent.answering(),
                        residency.policy(),
                        copy.retention(!sent.nobody()).toString());
        SignedReceipt signed = traces.receipts().sign(receipt, content);
        receiptHash = signed.hash();
        return Optional.of(signed.jws());
    }

    private Instant endsAt() {
        return Instant.ofEpochMilli(startedAtMillis + micros() / 1_000);
    }

    void answerBegins() {
        firstByteMicros = micros();
    }

    /** The answer began, and ended like this. */
    void ended(Outcome outcome, int status, @Nullable ProblemCode problem, TokenCounts tokens) {
        close(outcome, status, problem, sent.serving(), tokens);
    }

    /**
     * The request was refused or failed before its answer began, and this is what the app is told
     * instead. Returns its receipt, if it gets one.
     */
    Optional<String> refused(ProblemCode problem, int status, byte[] body) {
        answers(body, 0, body.length);
        Optional<String> signed = receipt(Outcome.FAILED, status, problem, TokenCounts.NONE);
        refused(problem);
        return signed;
    }

    /** The request was refused or failed before its answer began. */
    void refused(ProblemCode problem) {
        if (ticket == null) {
            try {
                open();
            } catch (RecordUnavailable full) {
                return; // It went nowhere, and it is not known to whom it would be told.
            }
        }
        close(Outcome.FAILED, problem.status(), problem, null, TokenCounts.NONE);
    }

    private void open() {
        Caller known = caller;
        if (known != null) {
            ticket =
                    traces.journal()
                            .open(
                                    new RequestStarted(
                                            id,
                                            startedAtMillis,
                                            known.workspaceId(),
                                            known.keyId(),
                                            model,
                                            stream,
                                            siteVersion));
        }
    }

    private void close(
            Outcome outcome,
            int status,
            @Nullable ProblemCode problem,
            @Nullable Attempt served,
            TokenCounts reported) {
        TokenCounts tokens = better(reported);
        RequestCost cost = cost(served, tokens);
        if (admission != null) {
            admission.settle(tokens, cost);
        }
        if (following != null) {
            following.ended(tokens.output());
        }
        copy.end(!sent.nobody(), guarded);
        if (ticket != null) {
            ticket.close(
                    new RequestEnded(
                            outcome,
                            status,
                            problem,
                            served == null ? null : served.provider(),
                            served == null ? null : served.model(),
                            sent.count(),
                            firstByteMicros,
                            micros(),
                            tokens,
                            guarded == null ? residency : residency.actedOn(guarded.acted()),
                            cost,
                            new Waits(queueNanos / 1_000, sentMicros),
                            receiptHash));
        }
    }

    private long micros() {
        return (System.nanoTime() - arrived) / 1_000;
    }
}
