package com.neuralrouter.server.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.provider.ProviderAnswer;
import com.neuralrouter.server.provider.http.Framing;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Messages in {@code application/vnd.amazon.eventstream} (Amazon Transcribe developer guide, "Event
 * stream encoding", and Smithy 2.0, "Amazon Event Stream", read 2026-11): a prelude of two lengths
 * with its CRC-32, headers, a payload, and the CRC-32 of it all. Both sums are checked, and a body
 * that ends within a message is refused. A message's name is its {@code :event-type}, or {@link
 * #EXCEPTION} and its {@code :exception-type} or {@code :error-code}. Used by one thread.
 */
final class AmazonEvents implements Framing {
    /** Begins the name of a message that reports a failure. */
    static final String EXCEPTION = "exception:";

    private static final int PRELUDE = 12;
    private static final int SMALLEST = PRELUDE + 4;

    /** The format's own limits are 16 MiB for the payload and 128 KiB for the headers. */
    private static final int LARGEST = (16 << 20) + (128 << 10) + SMALLEST;

    private static final byte STRING = 7;
    private static final byte[] NO_PAYLOAD = "{}".getBytes(UTF_8);

    private final ProviderAnswer answer;
    private byte[] buffer = new byte[4 << 10];

    AmazonEvents(ProviderAnswer answer) {
        this.answer = answer;
    }

    @Override
    public @Nullable Message next() throws IOException {
        if (!fill(0, PRELUDE)) {
            return null;
        }
        ByteBuffer prelude = ByteBuffer.wrap(buffer);
        int total = prelude.getInt();
        int headers = prelude.getInt();
        if (sum(PRELUDE - 4) != prelude.getInt()) {
            throw new IOException("a message's prelude is damaged");
        }
        if (total < SMALLEST || total > LARGEST || headers < 0 || headers > total - SMALLEST) {
            throw new IOException("a message's lengths are impossible");
        }
        if (total > buffer.length) {
            byte[] larger = new byte[Math.max(total, Math.min(buffer.length * 2, LARGEST))];
            System.arraycopy(buffer, 0, larger, 0, PRELUDE);
            buffer = larger;
        }
        if (!fill(PRELUDE, total)) {
            throw brokenOff();
        }
        if (sum(total - 4) != ByteBuffer.wrap(buffer, total - 4, 4).getInt()) {
            throw new IOException("a message is damaged");
        }
        String name = name(ByteBuffer.wrap(buffer, PRELUDE, headers));
        int at = PRELUDE + headers;
        int length = total - 4 - at;
        return length == 0
                ? new Message(name, NO_PAYLOAD, 0, NO_PAYLOAD.length)
                : new Message(name, buffer, at, length);
    }

    /** False if the body is over where a message may end. */
    private boolean fill(int from, int to) throws IOException {
        for (int at = from; at < to; ) {
            int n = answer.read(buffer, at, to - at);
            if (n < 0) {
                if (at == 0) {
                    return false;
                }
                throw brokenOff();
            }
            at += n;
        }
        return true;
    }

    private int sum(int length) {
        var crc = new CRC32();
        crc.update(buffer, 0, length);
        return (int) crc.getValue();
    }

    private static String name(ByteBuffer headers) throws IOException {
        String type = "";
        String event = "";
        String failure = "";
        while (headers.hasRemaining()) {
            String name = text(headers, room(headers, 1).get() & 0xff);
            byte form = room(headers, 1).get();
            String value = "";
            if (form == STRING) {
                value = text(headers, room(headers, 2).getShort() & 0xffff);
            } else {
                skip(headers, form);
            }
            switch (name) {
                case ":message-type" -> type = value;
                case ":event-type" -> event = value;
                case ":exception-type", ":error-code" -> failure = value;
                default -> {
                    // As :content-type: it is JSON.
                }
            }
        }
        return type.equals("event") || type.isEmpty() ? event : EXCEPTION + failure;
    }

    /** Over the value of a header that is no text. */
    private static void skip(ByteBuffer headers, byte form) throws IOException {
        int length =
                switch (form) {
                    case 0, 1 -> 0;
                    case 2 -> 1;
                    case 3 -> 2;
                    case 4 -> 4;
                    case 5, 8 -> 8;
                    case 6 -> room(headers, 2).getShort() & 0xffff;
                    case 9 -> 16;
                    default -> throw new IOException("a message's header is of no known type");
                };
        room(headers, length).position(headers.position() + length);
    }

    private static String text(ByteBuffer headers, int length) throws IOException {
        byte[] text = new byte[length];
        room(headers, length).get(text);
        return new String(text, UTF_8);
    }

    private static ByteBuffer room(ByteBuffer headers, int length) throws IOException {
        if (headers.remaining() < length) {
            throw new IOException("a message's headers end too early");
        }
        return headers;
    }

    private static IOException brokenOff() {
        return new IOException("the answer ends within a message");
    }
}
