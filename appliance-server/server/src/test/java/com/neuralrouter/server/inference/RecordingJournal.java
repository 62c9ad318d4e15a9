package com.neuralrouter.server.inference;

import com.neuralrouter.server.usage.RequestEnded;
import com.neuralrouter.server.usage.RequestJournal;
import com.neuralrouter.server.usage.RequestStarted;

import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what was recorded, in the order in which requests ended. */
final class RecordingJournal implements RequestJournal {
    final BlockingQueue<Recorded> ended = new LinkedBlockingQueue<>();
    volatile boolean full;

    record Recorded(RequestStarted started, RequestEnded ended) {}

    @Override
    public Ticket open(RequestStarted started) {
        if (full) {
            throw new RecordUnavailable("full");
        }
        return end -> ended.add(new Recorded(started, end));
    }

    @Override
    public boolean takes() {
        return !full;
    }

    /** How many requests ended that nobody asked for with {@link #next}; forgets them. */
    int drain() {
        return ended.drainTo(new ArrayList<>());
    }

    /** The next request that ended; waits for it. */
    Recorded next() throws InterruptedException {
        Recorded next = ended.poll(15, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request was recorded");
        }
        return next;
    }
}
