package com.neuralrouter.server.control;

import com.neuralrouter.server.secret.SecretBytes;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One message of HTTP/1.1 (RFC 9112), as far as the control socket needs it: a first line, fields,
 * and a body whose length {@code Content-Length} says. It is read in a direct buffer that is wiped,
 * because a channel copies any other through one that is not.
 *
 * @param first the request line or the status line
 * @param fields by name in lower case
 * @param body the caller closes it
 */
record ControlMessage(String first, Map<String, String> fields, SecretBytes body) {
    private static final int MAX_HEAD = 8192;
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    /** Throws {@link ProtocolException} for what isn't such a message, or is a larger one. */
    static ControlMessage read(ReadableByteChannel channel, int maxBody) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_HEAD + maxBody);
        try {
            int end = endOfHead(channel, buffer);
            byte[] head = new byte[end];
            buffer.get(0, head);
            String[] lines = new String(head, StandardCharsets.US_ASCII).split("\r\n");
            Map<String, String> fields = fields(lines);
            int length = length(fields, maxBody);
            int begin = end + END.length;
            while (buffer.position() < begin + length) {
                more(channel, buffer);
            }
            byte[] body = new byte[length];
            buffer.get(begin, body);
            return new ControlMessage(lines[0], fields, SecretBytes.owning(body));
        } finally {
            wipe(buffer);
        }
    }

    /** Writes first line, fields and body; the body stays the caller's. */
    static void write(
            SocketChannel channel, String first, Map<String, String> fields, SecretBytes body)
            throws IOException {
        var all = new TreeMap<>(fields);
        all.put("Content-Length", Integer.toString(body.length()));
        all.put("Connection", "close");
        all.put("Cache-Control", "no-store");
        String head =
                first
                        + "\r\n"
                        + all.entrySet().stream()
                                .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                                .collect(Collectors.joining())
                        + "\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer buffer = ByteBuffer.allocateDirect(start.length + body.length());
        byte[] content = body.copy();
        try {
            buffer.put(start).put(content).flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            Arrays.fill(content, (byte) 0);
            wipe(buffer);
        }
    }

    /** Reads {@code a=b&c=d}. Throws {@link ProtocolException}. */
    static Map<String, String> query(String text) throws IOException {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
            String[] parts = pair.split("=", 2);
            try {
                String value = parts.length == 2 ? parts[1] : "";
                query.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException _) {
                throw new ProtocolException("The query is not well formed.");
            }
        }
        return query;
    }

    /** Writes what {@link #query(String)} reads. */
    static String query(Map<String, String> query) {
        return new TreeMap<>(query)
                .entrySet().stream()
                        .map(pair ->
                                URLEncoder.encode(pair.getKey(), StandardCharsets.UTF_8)
                                        + "="
                                        + URLEncoder.encode(
                                                pair.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    private static int endOfHead(ReadableByteChannel channel, ByteBuffer buffer)
            throws IOException {
        int from = 0;
        while (true) {
            for (int at = from; at + END.length <= buffer.position(); at++) {
                if (at > MAX_HEAD) {
                    break;
                }
                byte[] here = new byte[END.length];
                buffer.get(at, here);
                if (Arrays.equals(here, END)) {
                    return at;
                }
            }
            from = Math.max(0, buffer.position() - END.length + 1);
            if (buffer.position() >= MAX_HEAD) {
                throw new ProtocolException("The message's head is too large.");
            }
            more(channel, buffer);
        }
    }

    private static void more(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        if (channel.read(buffer) < 0) {
            throw new EOFException("the connection ended within a message");
        }
    }

    private static Map<String, String> fields(String[] lines) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("A header field is not well formed.");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (fields.put(name, line.substring(colon + 1).strip()) != null) {
                throw new ProtocolException("A header field is there twice.");
            }
        }
        return fields;
    }

    private static int length(Map<String, String> fields, int maxBody) throws IOException {
        String text = fields.getOrDefault("content-length", "0");
        if (fields.containsKey("transfer-encoding") || !text.matches("[0-9]{1,6}")) {
            throw new ProtocolException("A body is sent with its Content-Length.");
        }
        int length = Integer.parseInt(text);
        if (length > maxBody) {
            throw new ProtocolException("The body has more than " + maxBody + " bytes.");
        }
        return length;
    }

    private static void wipe(ByteBuffer buffer) {
        for (int at = 0; at < buffer.capacity(); at++) {
            buffer.put(at, (byte) 0);
        }
    }
}
