package com.neuralrouter.server.inference;

import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.usage.TokenCounts;

import java.io.IOException;

/** An answer in the app's own format: its bytes pass as they come, and are only observed. */
final class VerbatimFlow implements Flow {
    /** Pieces begin small, because many streams wait, and grow with what comes at once. */
    private static final int LARGE_PIECE = 8 << 10;

    private final Served.Stream served;
    private final InferenceRequest request;
    private final UsageObserver observer;

    VerbatimFlow(Served.Stream served, InferenceRequest request) {
        this.served = served;
        this.request = request;
        this.observer = request.observer();
    }

    @Override
    public Attempt attempt() {
        return served.attempt();
    }

    @Override
    public int status() {
        return served.answer().status();
    }

    @Override
    public String contentType() {
        return served.answer().contentType();
    }

    @Override
    public void pump(UsageObserver.Sink client, Exchange exchange) throws IOException {
        byte[] buffer = served.buffer();
        for (int n = served.first(); n >= 0; n = served.answer().read(buffer, 0, buffer.length)) {
            exchange.cover(soFar(), n);
            observer.pass(buffer, 0, n, client);
            exchange.used(soFar());
            if (n == buffer.length && n < LARGE_PIECE) {
                buffer = new byte[2 * n];
            }
        }
        observer.end(client);
    }

    @Override
    public boolean failed() {
        return observer.errorSeen();
    }

    @Override
    public long events() {
        return observer.events();
    }

    @Override
    public TokenCounts tokens() {
        return Tokens.of(observer, request);
    }

    @Override
    public TokenCounts soFar() {
        return Tokens.soFar(observer, request);
    }

    @Override
    public void cut() {
        served.answer().close();
    }
}
