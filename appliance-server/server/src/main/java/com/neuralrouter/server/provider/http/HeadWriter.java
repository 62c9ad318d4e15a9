package com.neuralrouter.server.provider.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.neuralrouter.server.secret.SecretBytes;

import java.util.Arrays;
import java.util.UUID;

/**
 * Writes the head of a request, and a body that fits behind it, so that both leave at once. Values
 * are checked as they are written, so that nothing can end a line that is not meant to. Used by one
 * thread.
 */
public final class HeadWriter {
    private final byte[] buffer;
    private int length;
    private int secretFrom;
    private int secretTo;

    HeadWriter(byte[] buffer) {
        this.buffer = buffer;
    }

    /** Bytes that were checked when they were made: the fixed lines of a head. */
    HeadWriter fixed(byte[] bytes) throws UpstreamException {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    /** A target's path: visible ASCII characters only (RFC 9112, section 3.2.1). */
    HeadWriter path(String path) throws UpstreamException {
        room(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw unsendable("the path has a character that a request line cannot carry");
            }
            buffer[length++] = (byte) c;
        }
        return this;
    }

    /**
     * A header line.
     *
     * @param name a constant, with its colon and a space
     */
    public HeadWriter header(String name, String value) throws UpstreamException {
        room(name.length() + value.length() + 2);
        constant(name);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                throw unsendable("a header has a character that it cannot carry");
            }
            buffer[length++] = (byte) c;
        }
        return endLine();
    }

    /** A header line with the text form of a UUID. */
    public HeadWriter header(String name, UUID value) throws UpstreamException {
        room(name.length() + 38);
        constant(name);
        hex(value.getMostSignificantBits(), 60, 32);
        buffer[length++] = '-';
        hex(value.getMostSignificantBits(), 28, 16);
        buffer[length++] = '-';
        hex(value.getMostSignificantBits(), 12, 0);
        buffer[length++] = '-';
        hex(value.getLeastSignificantBits(), 60, 48);
        buffer[length++] = '-';
        hex(value.getLeastSignificantBits(), 44, 0);
        return endLine();
    }

    /** A header line with a secret, which is wiped from the buffer once the head is sent. */
    public HeadWriter header(String name, SecretBytes secret) throws UpstreamException {
        room(name.length() + secret.length() + 2);
        constant(name);
        secretFrom = length;
        secretTo = length + secret.length();
        length = secret.copyTo(buffer, length);
        for (int i = secretFrom; i < secretTo; i++) {
            if (buffer[i] <= ' ' || buffer[i] == 0x7f) {
                wipe();
                throw unsendable("the credential has a character that a header cannot carry");
            }
        }
        return endLine();
    }

    void end(int contentLength) throws UpstreamException {
        header("content-length: ", Integer.toString(contentLength));
        room(2);
        endLine();
    }

    /** What was written, in {@code buffer()[0..length())}. */
    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Whether {@link #append} would have room for it. */
    boolean fits(byte[] body) {
        return body.length <= buffer.length - length;
    }

    void append(byte[] body) {
        System.arraycopy(body, 0, buffer, length, body.length);
        length += body.length;
    }

    void wipe() {
        Arrays.fill(buffer, secretFrom, secretTo, (byte) 0);
        secretTo = secretFrom;
    }

    void restart() {
        length = 0;
        secretFrom = 0;
        secretTo = 0;
    }

    private void constant(String text) {
        byte[] bytes = buffer;
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void hex(long bits, int from, int to) {
        for (int shift = from; shift >= to; shift -= 4) {
            buffer[length++] = (byte) Character.forDigit((int) (bits >>> shift) & 0xf, 16);
        }
    }

    private HeadWriter endLine() {
        buffer[length++] = '\r';
        buffer[length++] = '\n';
        return this;
    }

    private void room(int needed) throws UpstreamException {
        if (needed > buffer.length - length) {
            throw unsendable("the request's head is too long");
        }
    }

    private static UpstreamException unsendable(String reason) {
        return UpstreamException.unreachable(reason);
    }

    static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
