package com.neuralrouter.server.inference;

import com.neuralrouter.server.content.Content;
import com.neuralrouter.server.content.ContentJournal;
import com.neuralrouter.server.content.FinishedExchange;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps content in memory, as much as there is room for. */
final class RecordingContent implements ContentJournal {
    private final BlockingQueue<FinishedExchange> kept = new LinkedBlockingQueue<>();
    private final AtomicLong held = new AtomicLong();
    private volatile long room = Long.MAX_VALUE;

    void roomFor(long bytes) {
        room = bytes;
    }

    @Override
    public boolean reserve(int bytes) {
        if (held.addAndGet(bytes) > room) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    @Override
    public void release(int bytes) {
        held.addAndGet(-bytes);
    }

    @Override
    public void keep(FinishedExchange exchange) {
        held.addAndGet(-exchange.held());
        kept.add(exchange);
    }

    /** The next request's, which an app may have its answer of a moment before. */
    FinishedExchange next() throws InterruptedException {
        FinishedExchange next = kept.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing is kept");
        }
        return next;
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    long held() {
        return held.get();
    }

    static String text(Content content) {
        return new String(content.bytes(), StandardCharsets.UTF_8);
    }
}
