package com.neuralrouter.server.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Writes Amazon's event streams for tests, independently of what reads them. */
public final class EventStream {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public EventStream event(String type, String json) {
        return message(
                json,
                header(":event-type", type),
                header(":content-type", "application/json"),
                header(":message-type", "event"));
    }

    EventStream exception(String type, String json) {
        return message(json, header(":exception-type", type), header(":message-type", "exception"));
    }

    EventStream message(String payload, byte[]... headers) {
        var joined = new ByteArrayOutputStream();
        for (byte[] header : headers) {
            joined.writeBytes(header);
        }
        byte[] body = payload.replace('\'', '"').getBytes(UTF_8);
        ByteBuffer message = ByteBuffer.allocate(16 + joined.size() + body.length);
        message.putInt(message.capacity());
        message.putInt(joined.size());
        message.putInt(sum(message.array(), 8));
        message.put(joined.toByteArray());
        message.put(body);
        message.putInt(sum(message.array(), message.position()));
        out.writeBytes(message.array());
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] header(String name, String value) {
        byte[] text = value.getBytes(UTF_8);
        ByteBuffer header = ByteBuffer.allocate(4 + name.length() + text.length);
        header.put((byte) name.length()).put(name.getBytes(UTF_8));
        header.put((byte) 7).putShort((short) text.length).put(text);
        return header.array();
    }

    /** A header whose value is no text. */
    static byte[] header(String name, int type, int length) {
        ByteBuffer header = ByteBuffer.allocate(2 + name.length() + length);
        header.put((byte) name.length()).put(name.getBytes(UTF_8)).put((byte) type);
        return header.array();
    }

    private static int sum(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
