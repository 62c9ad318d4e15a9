package com.neuralrouter.server.provider.http;

import java.time.Duration;

/**
 * The body of one answer, as its head says it is framed (RFC 9112, sections 6.3 and 7.1). Gives
 * what has come without waiting for more, whatever the sizes of the chunks, and never reads beyond
 * the body's end. Used by the thread of the exchange.
 */
final class ResponseBody {
    /** From here on a chunk is read past the buffer. */
    private static final int LARGE = 4 << 10;

    /** No chunk has 2^60 bytes. */
    private static final int MOST_HEX_DIGITS = 15;

    private static final int MOST_TRAILERS = 50;

    /** What comes next. */
    private enum Next {
        DATA,
        CHUNK_SIZE,
        CHUNK_END,
        TRAILER,
        DATA_UNTIL_CLOSE,
        NOTHING
    }

    private final UpstreamConnection connection;
    private Duration betweenBytes;
    private final boolean chunked;
    private Next next;

    /** How much of the body, or of the chunk, is to come. */
    private long left;

    private int trailers;

    ResponseBody(UpstreamConnection connection, ResponseHead head, Duration betweenBytes) {
        this.connection = connection;
        this.betweenBytes = betweenBytes;
        this.chunked = head.chunked();
        if (chunked) {
            next = Next.CHUNK_SIZE;
        } else if (head.contentLength() >= 0) {
            left = head.contentLength();
            next = left == 0 ? Next.NOTHING : Next.DATA;
        } else {
            next = Next.DATA_UNTIL_CLOSE;
        }
    }

    /** Waits for no longer than this from now on. */
    void hurry(Duration between) {
        betweenBytes = between;
    }

    boolean whole() {
        return next == Next.NOTHING;
    }

    /** At least one byte, or -1 at the end of a body that is whole. */
    int read(byte[] into, int from, int length) throws UpstreamException {
        int n = 0;
        while (true) {
            switch (next) {
                case NOTHING -> {
                    return n == 0 ? -1 : n;
                }
                case DATA -> {
                    if (n == length || n > 0 && connection.buffered() == 0) {
                        return n;
                    }
                    n += data(into, from + n, (int) Math.min(left, length - n));
                }
                case DATA_UNTIL_CLOSE -> {
                    return untilClose(into, from, length);
                }
                case CHUNK_SIZE, CHUNK_END, TRAILER -> {
                    if (!connection.hasLine()) {
                        if (n > 0) {
                            return n;
                        }
                        await();
                    }
                    line();
                }
            }
        }
    }

    private int data(byte[] into, int from, int wanted) throws UpstreamException {
        int n;
        if (connection.buffered() == 0 && (!chunked || wanted >= LARGE)) {
            await();
            n = connection.receive(into, from, wanted);
            if (n < 0) {
                throw brokenOff();
            }
        } else {
            if (connection.buffered() == 0) {
                await();
                if (!connection.fill()) {
                    throw brokenOff();
                }
            }
            n = copy(into, from, wanted);
        }
        left -= n;
        if (left == 0) {
            next = chunked ? Next.CHUNK_END : Next.NOTHING;
        }
        return n;
    }

    private int untilClose(byte[] into, int from, int length) throws UpstreamException {
        if (connection.buffered() > 0) {
            return copy(into, from, length);
        }
        await();
        int n = connection.receive(into, from, length);
        if (n < 0) {
            next = Next.NOTHING;
        }
        return n;
    }

    private int copy(byte[] into, int from, int wanted) {
        int n = Math.min(wanted, connection.buffered());
        System.arraycopy(connection.buffer, connection.at, into, from, n);
        connection.at += n;
        return n;
    }

    private void line() throws UpstreamException {
        int end = connection.line();
        int from = connection.at;
        connection.at = end + 2;
        switch (next) {
            case CHUNK_SIZE -> {
                left = size(connection.buffer, from, end);
                next = left == 0 ? Next.TRAILER : Next.DATA;
            }
            case CHUNK_END -> {
                if (from != end) {
                    throw UpstreamException.badReply("a chunk is longer than it says");
                }
                next = Next.CHUNK_SIZE;
            }
            case TRAILER -> {
                Ascii.checkText(connection.buffer, from, end);
                if (from == end) {
                    next = Next.NOTHING;
                } else if (++trailers > MOST_TRAILERS) {
                    throw UpstreamException.badReply("the answer has too many trailers");
                }
            }
            case DATA, DATA_UNTIL_CLOSE, NOTHING -> throw new IllegalStateException(next.name());
        }
    }

    /** Hexadecimal digits, then nothing or an extension, which nobody needs. */
    private static long size(byte[] b, int from, int end) throws UpstreamException {
        long size = 0;
        int i = from;
        for (; i < end; i++) {
            int digit = b[i] < 0 ? -1 : Character.digit(b[i], 16);
            if (digit < 0) {
                break;
            }
            size = size << 4 | digit;
        }
        int digits = i - from;
        if (digits == 0 || digits > MOST_HEX_DIGITS || i < end && b[i] != ';') {
            throw UpstreamException.badReply("a chunk's size is no number");
        }
        Ascii.checkText(b, i, end);
        return size;
    }

    private void await() {
        connection.allow(betweenBytes, "the provider stopped in the middle of the answer");
    }

    private static UpstreamException brokenOff() {
        return UpstreamException.unreachable("the provider broke off in the middle of the answer");
    }
}
