package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.provider.http.UpstreamException.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection to a provider and its buffer, in which answers are read. Owned by the thread of
 * the exchange, or by nobody while it is idle; only {@link #cut} and {@link #cutIfLate} are for
 * other threads.
 */
final class UpstreamConnection {
    /** A few events of a stream; a connection that waits for the next holds no more. */
    private static final int BUFFER = 1 << 10;

    /** No larger, but for a line that does not fit. */
    private static final int LARGE_BUFFER = 16 << 10;

    /** The longest line of a head, a chunk's size or a trailer. */
    private static final int LONGEST_LINE = 8 << 10;

    private enum State {
        IDLE,
        BUSY,
        /** Cut because a deadline passed. */
        LATE,
        CUT
    }

    /** Small, because many wait; grows with what comes at once, and when a line does not fit. */
    byte[] buffer = new byte[BUFFER];

    /** What has been received and not yet consumed is {@code buffer[at..end)}. */
    int at;

    int end;

    /**
     * The TCP socket, also of a TLS connection: closing an {@code SSLSocket} may wait for the
     * thread that writes to it, closing the socket below never does.
     */
    private final Socket socket;

    private final UpstreamPool pool;
    private final DeadlineWatch watch;
    private final AtomicReference<State> state = new AtomicReference<>(State.BUSY);

    /** When the watch cuts it, {@link System#nanoTime()}. */
    private volatile long deadline;

    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    /** The end of the call as a whole, which no other deadline goes beyond. */
    private long callDeadline;

    /** What a passed deadline means at the moment. */
    private String lateReason = "";

    /** Whether a byte of the present answer has come. */
    private boolean answered;

    UpstreamConnection(
            Socket socket,
            UpstreamPool pool,
            DeadlineWatch watch,
            long deadline,
            long callDeadline) {
        this.socket = socket;
        this.pool = pool;
        this.watch = watch;
        this.deadline = deadline;
        this.callDeadline = callDeadline;
        this.lateReason = "the connection was not made in time";
        watch.add(this);
    }

    /** Reads and writes through these from now on: the socket's own, or those of TLS above it. */
    void use(Socket speaking) throws IOException {
        in = speaking.getInputStream();
        out = speaking.getOutputStream();
    }

    /** Begins another exchange; false if it was cut meanwhile. */
    boolean take(long untilAtMost) {
        callDeadline = untilAtMost;
        // Before the state: whoever sees BUSY sees this deadline and not the one for idle ones.
        deadline = untilAtMost;
        answered = false;
        return state.compareAndSet(State.IDLE, State.BUSY);
    }

    /** Ends an exchange; false if it was cut meanwhile. */
    boolean rest(Duration idle) {
        deadline = System.nanoTime() + idle.toNanos();
        return state.compareAndSet(State.BUSY, State.IDLE);
    }

    /**
     * Whether the peer sent something nobody asked for, so that it would be taken for an answer.
     * Under TLS such bytes may be session tickets, so it is not asked there.
     */
    boolean hasStrayBytes() {
        try {
            return in == socket.getInputStream() && in.available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Sets how long the next steps may take, all together. */
    void allow(Duration atMost, String reasonWhenLate) {
        long until = System.nanoTime() + atMost.toNanos();
        if (until - callDeadline >= 0) {
            deadline = callDeadline;
            lateReason = "the time for the whole request was over";
        } else {
            deadline = until;
            lateReason = reasonWhenLate;
        }
    }

    boolean answered() {
        return answered;
    }

    int buffered() {
        return end - at;
    }

    void write(byte[] bytes, int from, int length) throws UpstreamException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw broken("the connection broke while the request was sent");
        }
    }

    /** Waits for more in the buffer; false if the peer ended its side. */
    boolean fill() throws UpstreamException {
        if (at == end) {
            if (end == buffer.length && end < LARGE_BUFFER) {
                buffer = new byte[2 * end];
            }
            at = 0;
            end = 0;
        } else if (end == buffer.length && at == 0) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        } else if (end == buffer.length) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        int n = receive(buffer, end, buffer.length - end);
        end += Math.max(n, 0);
        return n > 0;
    }

    /** Reads past the buffer, which must be empty; -1 if the peer ended its side. */
    int receive(byte[] into, int from, int length) throws UpstreamException {
        int n;
        try {
            n = in.read(into, from, length);
        } catch (IOException e) {
            throw broken("the connection broke while the answer was awaited");
        }
        if (n < 0 && state.get() != State.BUSY) {
            throw broken("");
        }
        answered |= n > 0;
        return n;
    }

    /**
     * Waits until a whole line is in the buffer from {@link #at} on, and returns the index of the
     * CR that ends it; the line feed follows. A line must end with CR and LF: what is lenient here
     * is read differently by somebody else (RFC 9112, section 2.2 and 11).
     */
    int line() throws UpstreamException {
        int i = at;
        while (true) {
            for (; i < end; i++) {
                if (buffer[i] == '\n') {
                    return endOfLine(i);
                }
            }
            if (end - at > LONGEST_LINE) {
                throw UpstreamException.badReply("the answer has a line that is too long");
            }
            int seen = i - at;
            if (!fill()) {
                throw UpstreamException.unreachable(
                        answered
                                ? "the provider closed the connection in the middle of the answer"
                                : "the provider closed the connection without an answer");
            }
            i = at + seen;
        }
    }

    private int endOfLine(int lineFeed) throws UpstreamException {
        if (lineFeed - at > LONGEST_LINE) {
            throw UpstreamException.badReply("the answer has a line that is too long");
        }
        if (lineFeed == at || buffer[lineFeed - 1] != '\r') {
            throw UpstreamException.badReply("the answer has a line that does not end with CR LF");
        }
        return lineFeed - 1;
    }

    /** Whether {@link #line} would return without waiting. */
    boolean hasLine() {
        for (int i = at; i < end; i++) {
            if (buffer[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** What an {@link IOException} of the socket means, by who caused it. */
    UpstreamException broken(String reason) {
        return switch (state.get()) {
            case LATE -> new UpstreamException(Kind.TIMED_OUT, lateReason);
            case CUT, IDLE -> new UpstreamException(Kind.CANCELLED, "the request was cancelled");
            case BUSY ->
                    Thread.currentThread().isInterrupted()
                            ? new UpstreamException(Kind.CANCELLED, "the request was cancelled")
                            : UpstreamException.unreachable(reason);
        };
    }

    /** Closes it for good, from any thread; whoever waits for it is woken with a failure. */
    void cut() {
        if (state.get() != State.LATE) {
            state.set(State.CUT);
        }
        close();
    }

    /** For the watch: closes it if its deadline has passed. */
    void cutIfLate(long now) {
        State seen = state.get(); // before the deadline, see take()
        if (now - deadline < 0) {
            return;
        }
        State next = seen == State.BUSY ? State.LATE : State.CUT;
        if (seen == State.LATE || seen == State.CUT || state.compareAndSet(seen, next)) {
            close();
            if (seen == State.IDLE) {
                pool.forget(this);
            }
        }
    }

    private void close() {
        watch.remove(this);
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, whatever the system says about it.
        }
    }
}
