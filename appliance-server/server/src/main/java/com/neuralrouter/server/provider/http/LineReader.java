package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.provider.ProviderAnswer;

import java.io.IOException;
import java.util.Arrays;

/**
 * The lines of an answer's body, wherever it is split. A line ends with LF, CR or CR LF (HTML
 * Living Standard, section 9.2.5), or with the body. Used by one thread.
 */
final class LineReader {
    /** Longer than any message of a model: an answer that never ends a line can't fill the heap. */
    private static final int LONGEST = 16 << 20;

    private final ProviderAnswer answer;
    private byte[] buffer = new byte[8 << 10];
    private int at;
    private int end;
    private boolean over;
    private boolean afterCarriageReturn;

    private int lineFrom;
    private int lineLength;

    LineReader(ProviderAnswer answer) {
        this.answer = answer;
    }

    /** Moves on to the next line; false when there is none any more. */
    boolean next() throws IOException {
        int scanned = at;
        while (true) {
            for (; scanned < end; scanned++) {
                byte b = buffer[scanned];
                if (b == '\n' && afterCarriageReturn && scanned == at) {
                    at++;
                    afterCarriageReturn = false;
                } else if (b == '\n' || b == '\r') {
                    take(scanned);
                    afterCarriageReturn = b == '\r';
                    at = scanned + 1;
                    return true;
                } else {
                    afterCarriageReturn = false;
                }
            }
            if (over) {
                if (at == end) {
                    return false;
                }
                take(end);
                at = end;
                return true;
            }
            scanned -= fill();
        }
    }

    /** The line's bytes are {@code bytes()[from()..from() + length())}. */
    byte[] bytes() {
        return buffer;
    }

    int from() {
        return lineFrom;
    }

    int length() {
        return lineLength;
    }

    private void take(int to) {
        lineFrom = at;
        lineLength = to - at;
    }

    /** Reads more behind what is there; returns by how much that was moved to the front. */
    private int fill() throws IOException {
        int moved = at;
        if (at > 0) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        if (end == buffer.length) {
            if (end >= LONGEST) {
                throw UpstreamException.badReply("the answer has a message that is too long");
            }
            buffer = Arrays.copyOf(buffer, end * 2);
        }
        int n = answer.read(buffer, end, buffer.length - end);
        if (n < 0) {
            over = true;
        } else {
            end += n;
        }
        return moved;
    }
}
