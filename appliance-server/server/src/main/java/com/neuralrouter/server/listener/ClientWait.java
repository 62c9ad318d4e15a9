package com.neuralrouter.server.listener;

import io.helidon.webserver.CloseConnectionException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLEngine;

/**
 * How long one connection's thread waits for its client, and for what. Everything but {@link
 * #ended} and {@link #cutIfLate} is called by that thread, or by another that writes in its place
 * while it waits for something else; never by two at once.
 *
 * <p>Whether a wait ended in time is decided once, by exchanging {@link #deadline}: either the
 * thread takes it back, or the sweep does and the thread is then told by an exception. Without
 * that, an interrupt that comes a moment late would hit whatever the thread does next.
 */
final class ClientWait {
    private static final long WHOLE_PIECE = 64 << 10;
    private static final Duration LEFTOVERS = Duration.ofSeconds(1);

    private final Thread owner = Thread.currentThread();
    private final ClientDeadlines limits;
    private final AtomicReference<@Nullable Deadline> deadline = new AtomicReference<>();

    /** The engine while its handshake is under way; both sides may notice the end. */
    private volatile @Nullable SSLEngine handshaking;

    /** When the request that is being received began to come; 0 while none does. */
    private long headSince;

    /** When the body of the request that is being received began; 0 while its head comes. */
    private long bodySince;

    /** By when the client must have done something, who waits, and whether it is late already. */
    private record Deadline(long nanoTime, Thread waiting, boolean passed) {

        Deadline missed() {
            return new Deadline(nanoTime, waiting, true);
        }
    }

    ClientWait(SSLEngine engine, ClientDeadlines limits) {
        this.handshaking = engine;
        this.limits = limits;
    }

    /**
     * The thread is about to wait for bytes of the client.
     *
     * @param betweenRequests whether the last request, if there was one, has been answered
     */
    void forBytes(boolean betweenRequests) {
        if (betweenRequests && bodySince != 0) {
            bodySince = 0;
            headSince = 0;
        }
        if (bodySince != 0) {
            begin(bodySince, limits.requestBody());
        } else if (headSince != 0) {
            begin(headSince, limits.requestHead());
        } else {
            begin(System.nanoTime(), handshaking == null ? limits.idle() : limits.handshake());
        }
    }

    /** The thread is about to hand the client so many bytes. */
    void forWrite(int bytes) {
        begin(System.nanoTime(), limits.write().plusSeconds(bytes / WHOLE_PIECE));
    }

    /**
     * The wait is over. Throws {@link CloseConnectionException} when the client was late: the
     * connection is closed by then.
     */
    void over() {
        Deadline was = deadline.getAndSet(null);
        if (was == null || was.passed()) {
            throw new CloseConnectionException("the client took too long");
        }
    }

    /** Bytes came: a request has begun, unless one was being received already. */
    void received() {
        handshaking = null;
        if (headSince == 0) {
            headSince = System.nanoTime();
        }
    }

    /** A request line is complete. */
    void requestLine() {
        if (bodySince != 0) {
            bodySince = 0;
            headSince = System.nanoTime();
        }
    }

    /** A request's head is complete. */
    void headComplete() {
        bodySince = System.nanoTime();
    }

    Duration longestWrite() {
        return limits.write();
    }

    /** The thread is about to wait for bytes that nobody wants any more. */
    void forLeftovers() {
        begin(System.nanoTime(), LEFTOVERS);
    }

    /**
     * The connection is served; what is left is saying goodbye, for which the client gets as long
     * as for any piece of an answer.
     */
    void forGoodbye() {
        begin(System.nanoTime(), limits.write());
    }

    boolean ended() {
        return !owner.isAlive();
    }

    void cutIfLate(long now) {
        Deadline waiting = deadline.get();
        if (waiting == null || waiting.passed()) {
            return;
        }
        SSLEngine engine = handshaking;
        if (engine != null && !"NONE".equals(engine.getSession().getProtocol())) {
            handshaking = null;
            deadline.compareAndSet(
                    waiting,
                    new Deadline(now + limits.requestHead().toNanos(), waiting.waiting(), false));
        } else if (now - waiting.nanoTime() > 0
                && deadline.compareAndSet(waiting, waiting.missed())) {
            waiting.waiting().interrupt();
        }
    }

    private void begin(long since, Duration atMost) {
        deadline.set(new Deadline(since + atMost.toNanos(), Thread.currentThread(), false));
    }
}
