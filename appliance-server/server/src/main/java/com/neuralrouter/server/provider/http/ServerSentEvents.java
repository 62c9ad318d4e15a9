package com.neuralrouter.server.provider.http;

import com.neuralrouter.server.provider.ProviderAnswer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Server-sent events (HTML Living Standard, section 9.2.6): comments, ids and retry times are
 * passed over, several {@code data} lines are joined. An event that the body's end cuts off is
 * handed on all the same, because some servers leave the last blank line out; what is in it decides
 * whether the answer is whole. Used by one thread.
 */
public final class ServerSentEvents implements Framing {
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 16 << 20;

    private final LineReader lines;
    private byte[] data = new byte[1 << 10];

    public ServerSentEvents(ProviderAnswer answer) {
        this.lines = new LineReader(answer);
    }

    @Override
    public @Nullable Message next() throws IOException {
        String name = "";
        int length = -1;
        while (lines.next()) {
            if (lines.length() == 0) {
                if (length >= 0) {
                    return new Message(name, data, 0, length);
                }
                name = "";
            } else if (isField(DATA)) {
                length = append(length);
            } else if (isField(EVENT)) {
                name = value();
            }
        }
        return length < 0 ? null : new Message(name, data, 0, length);
    }

    private boolean isField(byte[] name) {
        byte[] bytes = lines.bytes();
        int from = lines.from();
        int end = from + name.length;
        return lines.length() >= name.length
                && Arrays.equals(bytes, from, end, name, 0, name.length)
                && (lines.length() == name.length || bytes[end] == ':');
    }

    /** Where the value begins, behind the colon and one space. */
    private int valueFrom(int nameLength) {
        int from = lines.from() + nameLength;
        int end = lines.from() + lines.length();
        if (from < end) {
            from++;
        }
        return from < end && lines.bytes()[from] == ' ' ? from + 1 : from;
    }

    private String value() {
        int from = valueFrom(EVENT.length);
        return new String(
                lines.bytes(), from, lines.from() + lines.length() - from, StandardCharsets.UTF_8);
    }

    /** Adds the line's value to the data; returns the new length. */
    private int append(int length) throws IOException {
        int from = valueFrom(DATA.length);
        int more = lines.from() + lines.length() - from;
        int at = length < 0 ? 0 : length + 1;
        if (at + more > LONGEST) {
            throw UpstreamException.badReply("the answer has a message that is too long");
        }
        if (at + more > data.length) {
            data = Arrays.copyOf(data, Math.max(at + more, data.length * 2));
        }
        if (length >= 0) {
            data[length] = '\n';
        }
        System.arraycopy(lines.bytes(), from, data, at, more);
        return at + more;
    }
}
