package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.dialect.ApiErrors;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.guardrail.GuardedExchange;
import com.neuralrouter.server.guardrail.GuardedStream;
import com.neuralrouter.server.guardrail.GuardrailRefusal;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.receipt.SignedReceipt;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.usage.TokenCounts;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/**
 * Takes an upstream's answer to the app and learns from it on the way what the request cost: byte
 * for byte where the provider speaks the app's format, event by event where it does not. From the
 * first byte on there is no other upstream any more: what breaks then ends the stream with an error
 * event. Safe for all threads.
 */
public final class Relay {
    private static final HeaderName ESTIMATED = HeaderNames.create("nr-estimated");
    private static final HeaderName IGNORED = HeaderNames.create("nr-ignored");
    static final HeaderName RECEIPT = HeaderNames.create(SignedReceipt.NAME);

    private final Heartbeats heartbeats;
    private final UpstreamHealth health;

    public Relay(Heartbeats heartbeats, UpstreamHealth health) {
        this.heartbeats = heartbeats;
        this.health = health;
    }

    /**
     * Throws {@link CloseConnectionException} when the app has gone; that is recorded then.
     *
     * @param errors how the app's API writes errors
     */
    void relay(
            Served served,
            InferenceRequest request,
            ApiErrors errors,
            ServerResponse response,
            Exchange exchange) {
        if (!(served instanceof Served.Counted)) {
            exchange.servedBy(served.attempt());
        }
        switch (served) {
            case Served.Whole whole -> verbatim(whole, request, errors, response, exchange);
            case Served.Counted counted -> counted(counted, errors, response, exchange);
            case Served.Stream stream ->
                    flow(new VerbatimFlow(stream, request), errors, response, exchange);
            case Served.Translated translated -> {
                tellIgnored(translated, response);
                ReplyWriter writer =
                        request.reply(exchange.id(), exchange.startedAtMillis() / 1_000);
                if (request.stream()) {
                    var flow =
                            new TranslatedFlow(
                                    translated,
                                    request,
                                    writer,
                                    events ->
                                            errors.event(
                                                    ProblemCode.UPSTREAM_FAILED,
                                                    ProblemCode.UPSTREAM_FAILED.title(),
                                                    exchange.id(),
                                                    events));
                    flow(flow, errors, response, exchange);
                } else {
                    translated(translated, request, writer, errors, response, exchange);
                }
            }
        }
    }

    /** Says that it is an estimate; nobody was asked, and nothing is charged. */
    private static void counted(
            Served.Counted counted, ApiErrors errors, ServerResponse response, Exchange exchange) {
        response.headers().set(ESTIMATED, "true");
        response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
        byte[] body =
                ("{\"input_tokens\":" + counted.tokens() + "}").getBytes(StandardCharsets.US_ASCII);
        guarded(Status.OK_200.code(), body, TokenCounts.NONE, errors, response, exchange);
    }

    /** Nothing is left out without a word. */
    private static void tellIgnored(Served.Translated served, ServerResponse response) {
        if (!served.ignored().isEmpty()) {
            response.headers().set(IGNORED, String.join(", ", new TreeSet<>(served.ignored())));
        }
    }

    private static void verbatim(
            Served.Whole served,
            InferenceRequest request,
            ApiErrors errors,
            ServerResponse response,
            Exchange exchange) {
        boolean good = served.status() / 100 == 2;
        TokenCounts tokens =
                good && !request.counts() ? Tokens.of(served.body(), request) : TokenCounts.NONE;
        response.headers().set(HeaderNames.CONTENT_TYPE, served.contentType());
        guarded(served.status(), served.body(), tokens, errors, response, exchange);
    }

    private static void translated(
            Served.Translated served,
            InferenceRequest request,
            ReplyWriter writer,
            ApiErrors errors,
            ServerResponse response,
            Exchange exchange) {
        var tally = new TokenTally(request);
        for (ReplyEvent event : served.first()) {
            tally.count(event);
            writer.event(event);
        }
        response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
        TokenCounts tokens = tally.tokens();
        guarded(Status.OK_200.code(), writer.whole(), tokens, errors, response, exchange);
    }

    /** Sends what the guardrails leave of an answer, or that they leave nothing of it. */
    private static void guarded(
            int status,
            byte[] body,
            TokenCounts tokens,
            ApiErrors errors,
            ServerResponse response,
            Exchange exchange) {
        GuardedExchange guarded = exchange.guarded();
        byte[] left = body;
        ProblemCode problem = null;
        int shown = status;
        if (guarded != null) {
            try {
                String type = response.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
                left = guarded.whole(type, body);
            } catch (InferenceRefused refused) {
                problem = refused.code();
                shown = errors.status(problem);
                response.headers().set(HeaderNames.CONTENT_TYPE, errors.contentType());
                left = errors.body(refused, exchange.id());
            }
        }
        send(shown, left, problem, tokens, response, exchange);
    }

    /** What it cost is noted before it leaves, for a kill while it is on its way. */
    private static void send(
            int status,
            byte[] body,
            @Nullable ProblemCode problem,
            TokenCounts tokens,
            ServerResponse response,
            Exchange exchange) {
        response.status(Status.create(status));
        boolean good = status / 100 == 2;
        Outcome outcome = good ? Outcome.COMPLETED : Outcome.FAILED;
        exchange.answers(body, 0, body.length);
        exchange.receipt(outcome, status, problem, tokens)
                .ifPresent(receipt -> response.headers().set(RECEIPT, receipt));
        exchange.answerBegins();
        exchange.used(tokens);
        try {
            response.send(body);
        } catch (RuntimeException left) {
            exchange.ended(Outcome.CLIENT_GONE, status, problem, tokens);
            throw new CloseConnectionException("the app is gone", left);
        }
        exchange.ended(outcome, status, problem, tokens);
    }

    private void flow(Flow flow, ApiErrors errors, ServerResponse response, Exchange exchange) {
        try {
            response.status(Status.create(flow.status()));
            response.headers().set(HeaderNames.CONTENT_TYPE, flow.contentType());
            exchange.answerBegins();
            var client = new ClientStream(response.outputStream(), flow::cut, exchange::answers);
            try {
                pump(flow, client, exchange);
                finished(flow, client, exchange);
            } catch (CloseConnectionException left) {
                gone(flow, exchange);
                throw left;
            } catch (GuardrailRefusal refusal) {
                refused(flow, client, errors, exchange, refusal);
            } catch (BudgetReached reached) {
                reached(flow, client, errors, exchange, reached);
            } catch (IOException broken) {
                if (client.gone()) {
                    gone(flow, exchange);
                    throw new CloseConnectionException("the app is gone", broken);
                }
                broke(flow, client, errors, exchange, broken);
            }
        } finally {
            flow.cut();
        }
    }

    private void pump(Flow flow, ClientStream client, Exchange exchange) throws IOException {
        GuardedExchange guarded = exchange.guarded();
        heartbeats.watch(client);
        try {
            if (guarded == null || !guarded.looksAtAnswers()) {
                flow.pump(client, exchange);
            } else {
                GuardedStream stream = guarded.stream(client);
                flow.pump(stream, exchange);
                stream.end();
            }
        } finally {
            heartbeats.forget(client);
        }
    }

    /** Providers also report in mid-stream that they fail; the app has seen that event. */
    private void finished(Flow flow, ClientStream client, Exchange exchange) {
        health.succeeded(flow.attempt().provider(), flow.attempt().model());
        if (flow.failed()) {
            ended(
                    Outcome.PROVIDER_BROKE,
                    ProblemCode.UPSTREAM_FAILED,
                    flow.tokens(),
                    client,
                    exchange);
        } else {
            ended(Outcome.COMPLETED, null, flow.tokens(), client, exchange);
        }
    }

    /** The receipt goes to the app last, and is a part of what is recorded. */
    private static void ended(
            Outcome outcome,
            @Nullable ProblemCode problem,
            TokenCounts tokens,
            ClientStream client,
            Exchange exchange) {
        int status = Status.OK_200.code();
        client.end(() ->
                exchange.receipt(outcome, status, problem, tokens)
                        .map(receipt -> SignedReceipt.NAME + " " + receipt));
        exchange.ended(outcome, status, problem, tokens);
    }

    private void refused(
            Flow flow,
            ClientStream client,
            ApiErrors errors,
            Exchange exchange,
            GuardrailRefusal refusal) {
        health.succeeded(flow.attempt().provider(), flow.attempt().model());
        ProblemCode problem = ProblemCode.GUARDRAIL_REFUSED;
        try {
            long events = sent(flow, exchange);
            client.fail(errors.event(problem, refusal.sentence(), exchange.id(), events));
        } finally {
            ended(Outcome.FAILED, problem, flow.soFar(), client, exchange);
        }
    }

    private static long sent(Flow flow, Exchange exchange) {
        GuardedExchange guarded = exchange.guarded();
        return guarded == null ? flow.events() : guarded.sent(flow.events());
    }

    private void gone(Flow flow, Exchange exchange) {
        health.succeeded(flow.attempt().provider(), flow.attempt().model());
        exchange.ended(Outcome.CLIENT_GONE, Status.OK_200.code(), null, flow.soFar());
    }

    /** The provider did nothing wrong. */
    private void reached(
            Flow flow,
            ClientStream client,
            ApiErrors errors,
            Exchange exchange,
            BudgetReached reached) {
        health.succeeded(flow.attempt().provider(), flow.attempt().model());
        ProblemCode problem = ProblemCode.BUDGET_EXHAUSTED;
        try {
            client.fail(
                    errors.event(
                            problem,
                            String.valueOf(reached.getMessage()),
                            exchange.id(),
                            sent(flow, exchange)));
        } finally {
            ended(Outcome.FAILED, problem, flow.soFar(), client, exchange);
        }
    }

    private void broke(
            Flow flow,
            ClientStream client,
            ApiErrors errors,
            Exchange exchange,
            IOException broken) {
        ProviderFailure failure = Calls.failure(broken);
        health.failed(flow.attempt().provider(), flow.attempt().model(), failure);
        boolean stopping = failure instanceof ProviderFailure.Cancelled;
        Outcome outcome = stopping ? Outcome.INTERRUPTED : Outcome.PROVIDER_BROKE;
        ProblemCode problem = stopping ? ProblemCode.STOPPING : ProblemCode.UPSTREAM_FAILED;
        try {
            client.fail(
                    errors.event(
                            ProblemCode.UPSTREAM_FAILED,
                            "The provider broke off in the middle of its answer.",
                            exchange.id(),
                            sent(flow, exchange)));
        } finally {
            ended(outcome, problem, flow.soFar(), client, exchange);
        }
    }
}
