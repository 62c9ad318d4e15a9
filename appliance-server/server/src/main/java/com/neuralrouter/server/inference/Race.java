package com.neuralrouter.server.inference;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.inference.Calls.Asked;
import com.neuralrouter.server.provider.ProviderCall;
import com.neuralrouter.server.route.Attempt;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Several upstreams that are asked for the same at the same time, each on a thread of its own; what
 * comes of them is taken by the request's thread, to which all else here belongs. Closing it cuts
 * those that are still being asked, and drops what they answer after all.
 */
final class Race implements AutoCloseable {
    private final Calls calls;
    private final RequestId request;
    private final AtomicBoolean over = new AtomicBoolean();
    private final BlockingQueue<Done> finished = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>(2);
    private int running;

    Race(Calls calls, RequestId request) {
        this.calls = calls;
        this.request = request;
    }

    /** What came of asking one of them. */
    record Finish(Attempt attempt, Asked asked) {}

    /** The same, or the defect that it met. */
    private record Done(Attempt attempt, @Nullable Asked asked, @Nullable RuntimeException defect) {
        Finish finish() {
            if (defect != null || asked == null) {
                throw defect == null ? new IllegalStateException("nothing came of it") : defect;
            }
            return new Finish(attempt, asked);
        }
    }

    void start(Attempt attempt, ProviderCall call) {
        running++;
        threads.add(Thread.ofVirtual().name("attempt-" + request).start(() -> run(attempt, call)));
    }

    private void run(Attempt attempt, ProviderCall call) {
        Done done;
        try {
            done = new Done(attempt, calls.ask(attempt, call), null);
        } catch (RuntimeException defect) {
            done = new Done(attempt, null, defect); // The request's thread tells of it.
        }
        finished.add(done);
        if (over.get()) {
            drop();
        }
    }

    /** Whether any of them is still being asked. */
    boolean running() {
        return running > 0;
    }

    /** The next one that is done; null if none is within that time. */
    @Nullable Finish within(long millis) throws InterruptedException {
        Done done = finished.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
        if (done == null) {
            return null;
        }
        running--;
        return done.finish();
    }

    /** The next one that is done; each has its own deadline. */
    Finish next() throws InterruptedException {
        Done done = finished.take();
        running--;
        return done.finish();
    }

    @Override
    public void close() {
        over.set(true);
        threads.forEach(Thread::interrupt);
        drop();
    }

    private void drop() {
        for (Done late; (late = finished.poll()) != null; ) {
            if (late.asked() instanceof Asked.Answered answered) {
                answered.served().drop();
            }
        }
    }
}
