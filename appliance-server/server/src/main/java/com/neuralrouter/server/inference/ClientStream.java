package com.neuralrouter.server.inference;

import com.neuralrouter.server.provider.UsageObserver;

import io.helidon.webserver.CloseConnectionException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The app's end of a stream of server-sent events. Every piece is on the wire when {@link #accept}
 * returns. While the upstream is quiet, {@link Heartbeats} has comments sent between events, which
 * apps ignore (HTML Living Standard, section 9.2.6), and by which one that is gone is noticed: its
 * system answers the first with a reset, and the second can't be written.
 */
final class ClientStream implements UsageObserver.Sink {
    private static final byte[] COMMENT = ": hb\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BLANK_LINE = "\n\n".getBytes(StandardCharsets.US_ASCII);

    /** How soon the second comment of a pair follows the first. Nanoseconds. */
    private static final long PAIR = 250_000_000;

    private final OutputStream client;
    private final Runnable cut;
    private final UsageObserver.Sink watched;
    private final ReentrantLock writing = new ReentrantLock();

    /** Whether what was written ends with a blank line; written under writing. */
    private volatile boolean betweenEvents = true;

    /** Whether only a line feed is missing to the end of an event; guarded by writing. */
    private boolean atLineStart;

    private volatile long lastWrite = System.nanoTime();

    /** Whether the next comment is the second of a pair. */
    private volatile boolean inPair;

    private volatile boolean gone;

    /** Whether nothing more is written; guarded by writing. */
    private boolean ended;

    /** Whether a thread is on its way to send a comment: a second one would only wait for it. */
    private final AtomicBoolean beating = new AtomicBoolean();

    /**
     * @param cut ends the upstream's answer, which wakes the thread that waits for it
     * @param watched sees every byte that was written, in order, under a lock
     */
    ClientStream(OutputStream client, Runnable cut, UsageObserver.Sink watched) {
        this.client = client;
        this.cut = cut;
        this.watched = watched;
    }

    /** Throws {@link CloseConnectionException} when the app is gone. */
    @Override
    public void accept(byte[] bytes, int at, int length) {
        writing.lock();
        try {
            write(bytes, at, length);
            noteEnd(bytes, at, length);
            inPair = false;
        } finally {
            writing.unlock();
        }
    }

    /** Ends a stream that the upstream broke off, with an event that says so. */
    void fail(byte[] event) {
        writing.lock();
        try {
            endEvent();
            write(event, 0, event.length);
            noteEnd(event, 0, event.length);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Ends the stream with a comment, which is about all bytes before it: they are known when it is
     * asked for. An app that does not wait for it has had its answer, so it is not said to be gone.
     *
     * @param comment gives what the comment says; empty for none
     */
    void end(Supplier<Optional<String>> comment) {
        writing.lock();
        try {
            endEvent();
            ended = true;
            Optional<String> said = comment.get();
            if (said.isPresent()) {
                byte[] line = (": " + said.get() + "\n\n").getBytes(StandardCharsets.US_ASCII);
                client.write(line);
                client.flush();
            }
        } catch (IOException | RuntimeException left) {
            gone = true;
        } finally {
            writing.unlock();
        }
    }

    private void endEvent() {
        if (!betweenEvents) {
            write(BLANK_LINE, 0, BLANK_LINE.length);
            betweenEvents = true;
        }
    }

    /** Whether the app was found to be gone. */
    boolean gone() {
        return gone;
    }

    /** Sends a comment if it is time; on a thread of its own, because the app may be slow. */
    void beatIfQuiet(long now, long quietNanos) {
        boolean quiet = now - lastWrite >= (inPair ? PAIR : quietNanos);
        if (quiet && betweenEvents && !writing.isLocked() && beating.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::beat);
        }
    }

    private void beat() {
        if (!writing.tryLock()) {
            beating.set(false);
            return; // There is something better to write.
        }
        try {
            if (betweenEvents && !gone && !ended) {
                inPair = !inPair;
                write(COMMENT, 0, COMMENT.length);
            }
        } catch (CloseConnectionException left) {
            cut.run();
        } finally {
            beating.set(false);
            writing.unlock();
        }
    }

    private void write(byte[] bytes, int at, int length) {
        try {
            client.write(bytes, at, length);
            client.flush();
            watched.accept(bytes, at, length);
            lastWrite = System.nanoTime();
        } catch (IOException | RuntimeException left) {
            gone = true;
            throw new CloseConnectionException("the app is gone", left);
        }
    }

    /** Keeps track of where in the stream of lines the app is, across pieces split anywhere. */
    private void noteEnd(byte[] bytes, int at, int length) {
        for (int i = Math.max(at, at + length - 3); i < at + length; i++) {
            if (bytes[i] == '\n') {
                betweenEvents = atLineStart;
                atLineStart = true;
            } else if (bytes[i] != '\r') {
                betweenEvents = false;
                atLineStart = false;
            }
        }
    }
}
