package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.usage.TokenCounts;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;

import java.io.IOException;

/**
 * Takes an upstream's answer to the app, byte for byte but for the usage chunk that only we asked
 * for, and learns from it on the way what the request cost. From the first byte on there is no
 * other upstream any more: what breaks then ends the stream with an error event. Safe for all
 * threads.
 */
public final class Relay {
    /** A rule of thumb for estimates, where the provider reports no usage. */
    private static final int BYTES_PER_TOKEN = 4;

    private final Heartbeats heartbeats;
    private final UpstreamHealth health;
    private final OpenAiErrors errors;

    public Relay(Heartbeats heartbeats, UpstreamHealth health, OpenAiErrors errors) {
        this.heartbeats = heartbeats;
        this.health = health;
        this.errors = errors;
    }

    /** Throws {@link CloseConnectionException} when the app has gone; that is recorded then. */
    void relay(Served served, ChatRequest request, ServerResponse response, Exchange exchange) {
        switch (served) {
            case Served.Whole whole -> whole(whole, request, response, exchange);
            case Served.Stream stream -> stream(stream, request, response, exchange);
        }
    }

    private void whole(
            Served.Whole served, ChatRequest request, ServerResponse response, Exchange exchange) {
        boolean good = served.status() / 100 == 2;
        TokenCounts tokens = good ? tokens(served.body(), request) : TokenCounts.NONE;
        response.status(Status.create(served.status()));
        response.headers().set(HeaderNames.CONTENT_TYPE, served.contentType());
        exchange.answerBegins();
        try {
            response.send(served.body());
        } catch (RuntimeException left) {
            exchange.ended(Outcome.CLIENT_GONE, served.status(), null, tokens);
            throw new CloseConnectionException("the app is gone", left);
        }
        exchange.ended(good ? Outcome.COMPLETED : Outcome.FAILED, served.status(), null, tokens);
    }

    private void stream(
            Served.Stream served, ChatRequest request, ServerResponse response, Exchange exchange) {
        boolean usageWanted = request.usage() == ChatRequest.Usage.WANTED;
        UsageObserver observer =
                usageWanted ? UsageObserver.ofStream() : UsageObserver.ofStreamWithoutUsageChunk();
        try (ProviderAnswer answer = served.answer()) {
            response.status(Status.create(answer.status()));
            response.headers().set(HeaderNames.CONTENT_TYPE, answer.contentType());
            exchange.answerBegins();
            var client = new ClientStream(response.outputStream(), answer);
            try {
                pump(served, observer, client);
                finished(served.attempt(), request, observer, exchange);
            } catch (CloseConnectionException left) {
                gone(served.attempt(), request, observer, exchange);
                throw left;
            } catch (IOException broken) {
                if (client.gone()) {
                    gone(served.attempt(), request, observer, exchange);
                    throw new CloseConnectionException("the app is gone", broken);
                }
                broke(served.attempt(), request, observer, exchange, broken);
                client.fail(
                        errors.event(
                                ProblemCode.UPSTREAM_FAILED,
                                "The provider broke off in the middle of its answer.",
                                exchange.id()));
            }
        }
    }

    private void pump(Served.Stream served, UsageObserver observer, ClientStream client)
            throws IOException {
        byte[] buffer = served.buffer();
        observer.pass(buffer, 0, served.first(), client);
        heartbeats.watch(client);
        try {
            for (int n; (n = served.answer().read(buffer, 0, buffer.length)) >= 0; ) {
                observer.pass(buffer, 0, n, client);
            }
        } finally {
            heartbeats.forget(client);
        }
        observer.end(client);
    }

    /** Providers also report in mid-stream that they fail; the app has seen that event. */
    private void finished(
            Attempt attempt, ChatRequest request, UsageObserver observer, Exchange exchange) {
        health.succeeded(attempt.provider(), attempt.model());
        boolean failed = observer.errorSeen();
        exchange.ended(
                failed ? Outcome.PROVIDER_BROKE : Outcome.COMPLETED,
                200,
                failed ? ProblemCode.UPSTREAM_FAILED : null,
                tokens(observer, request));
    }

    private void gone(
            Attempt attempt, ChatRequest request, UsageObserver observer, Exchange exchange) {
        health.succeeded(attempt.provider(), attempt.model());
        exchange.ended(Outcome.CLIENT_GONE, 200, null, tokens(observer, request));
    }

    private void broke(
            Attempt attempt,
            ChatRequest request,
            UsageObserver observer,
            Exchange exchange,
            IOException broken) {
        ProviderFailure failure = Upstreams.failure(broken);
        health.failed(attempt.provider(), attempt.model(), failure);
        boolean stopping = failure instanceof ProviderFailure.Cancelled;
        exchange.ended(
                stopping ? Outcome.INTERRUPTED : Outcome.PROVIDER_BROKE,
                200,
                stopping ? ProblemCode.STOPPING : ProblemCode.UPSTREAM_FAILED,
                tokens(observer, request));
    }

    private static TokenCounts tokens(byte[] body, ChatRequest request) {
        UsageObserver observer = UsageObserver.ofJson();
        try {
            observer.pass(body, 0, body.length, (bytes, at, length) -> {});
        } catch (IOException impossible) {
            throw new IllegalStateException("nothing is written", impossible);
        }
        return tokens(observer, request);
    }

    private static TokenCounts tokens(UsageObserver observer, ChatRequest request) {
        if (observer.promptTokens() >= 0 || observer.completionTokens() >= 0) {
            return new TokenCounts(
                    Math.max(0, observer.promptTokens()),
                    Math.max(0, observer.completionTokens()),
                    false);
        }
        return new TokenCounts(
                estimate(request.body().length), estimate(observer.generatedBytes()), true);
    }

    private static long estimate(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
