package com.neuralrouter.server.inference;

import com.neuralrouter.server.chat.ReplyEvent;
import com.neuralrouter.server.chat.ReplyWriter;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.provider.UsageObserver;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.usage.TokenCounts;

import java.io.IOException;
import java.util.function.LongFunction;

/** An answer in the provider's own format: each event is written anew in the app's. */
final class TranslatedFlow implements Flow {
    private final Served.Translated served;
    private final ReplyWriter writer;
    private final TokenTally tally;
    private final LongFunction<byte[]> errorEvent;
    private boolean failed;
    private long events;

    /** What the events that went to the app came to. */
    private TokenCounts passed;

    /**
     * @param errorEvent writes that the provider failed as the app's format does in the middle of a
     *     stream, behind so many events
     */
    TranslatedFlow(
            Served.Translated served,
            InferenceRequest request,
            ReplyWriter writer,
            LongFunction<byte[]> errorEvent) {
        this.served = served;
        this.writer = writer;
        this.tally = new TokenTally(request);
        this.errorEvent = errorEvent;
        this.passed = tally.soFar();
    }

    @Override
    public Attempt attempt() {
        return served.attempt();
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public String contentType() {
        return "text/event-stream";
    }

    @Override
    public void pump(UsageObserver.Sink client, Exchange exchange) throws IOException {
        for (ReplyEvent event : served.first()) {
            pass(event, client, exchange);
        }
        for (ReplyEvent event; (event = served.reply().next()) != null; ) {
            pass(event, client, exchange);
        }
    }

    private void pass(ReplyEvent event, UsageObserver.Sink client, Exchange exchange)
            throws IOException {
        tally.count(event);
        byte[] bytes;
        if (event instanceof ReplyEvent.Failed) {
            failed = true;
            bytes = errorEvent.apply(events);
        } else {
            bytes = writer.event(event);
        }
        if (bytes.length > 0) {
            exchange.cover(passed, bytes.length);
            client.accept(bytes, 0, bytes.length);
            events += ends(bytes);
        }
        passed = tally.soFar();
        exchange.used(passed);
    }

    /** Each event ends with an empty line. */
    private static int ends(byte[] bytes) {
        int ends = 0;
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\n') {
                ends++;
            }
        }
        return ends;
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public boolean failed() {
        return failed;
    }

    @Override
    public TokenCounts tokens() {
        return tally.tokens();
    }

    @Override
    public TokenCounts soFar() {
        return passed;
    }

    @Override
    public void cut() {
        served.reply().close();
    }
}
