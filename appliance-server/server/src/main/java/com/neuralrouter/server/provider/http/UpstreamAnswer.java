package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.http.UpstreamException.Kind;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An answer whose head has come. Read by the thread that opened it; {@link #close} may be called by
 * any thread, and wakes a reader with a failure. The connection goes back to its pool as soon as
 * the body was read to its end.
 */
public final class UpstreamAnswer implements ProviderAnswer {
    private static final int MOST_DISCARDED = 16 << 10;
    private static final Duration DISCARD_PATIENCE = Duration.ofMillis(100);

    private final UpstreamPool pool;
    private final UpstreamConnection connection;
    private final ResponseHead head;
    private final ResponseBody body;
    private final boolean sentWhole;

    /** Set by whoever ends the exchange: from then on the connection may be somebody else's. */
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Whether the end of the body was read; owned by the reader. */
    private boolean whole;

    UpstreamAnswer(
            UpstreamPool pool,
            UpstreamConnection connection,
            ResponseHead head,
            ResponseBody body,
            boolean sentWhole) {
        this.pool = pool;
        this.connection = connection;
        this.head = head;
        this.body = body;
        this.sentWhole = sentWhole;
        endIfWhole();
    }

    public ResponseHead head() {
        return head;
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public String contentType() {
        return head.contentType();
    }

    @Override
    public long contentLength() {
        return head.contentLength();
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, into.length);
        if (whole) {
            return -1;
        }
        if (ended.get()) {
            throw new UpstreamException(Kind.CANCELLED, "the answer was closed");
        }
        if (length == 0) {
            return 0;
        }
        try {
            int n = body.read(into, at, length);
            endIfWhole();
            return n;
        } catch (UpstreamException e) {
            close();
            if (e.kind() == Kind.TIMED_OUT) {
                throw new InterruptedIOException(e.reason());
            }
            throw e;
        }
    }

    /**
     * Ends an answer that nobody is to see. One that is all but over is read to its end, so that
     * the connection can be kept; another is cut.
     */
    public void discard() {
        body.hurry(DISCARD_PATIENCE);
        byte[] unread = new byte[1 << 10];
        try {
            int total = 0;
            for (int n = 0; n >= 0 && total <= MOST_DISCARDED; total += n) {
                n = read(unread, 0, unread.length);
            }
        } catch (IOException e) {
            // It is cut then.
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            connection.cut();
        }
    }

    private void endIfWhole() {
        if (body.whole() && !whole) {
            whole = true;
            // Bytes beyond the end would be taken for the next answer.
            boolean reusable = head.keepAlive() && sentWhole && connection.buffered() == 0;
            if (ended.compareAndSet(false, true)) {
                pool.release(connection, reusable);
            }
        }
    }
}
