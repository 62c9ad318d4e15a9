package com.neuralrouter.server.guardrail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of server-sent events (HTML Living Standard, section 9.2.6) into events, wherever
 * its bytes are split. Used by one thread.
 */
final class EventSplitter {
    private static final int LONGEST = 16 << 20;

    private byte[] event = new byte[1024];
    private int length;
    private int lineFrom;

    /** Whether the last line ended with a CR, to which a line feed may belong. */
    private boolean afterReturn;

    /** Takes one event: its lines, each with a line feed. */
    @FunctionalInterface
    interface Events {
        void event(String lines) throws IOException;
    }

    void pass(byte[] bytes, int at, int count, Events events) throws IOException {
        for (int i = at; i < at + count; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = b == '\r';
            if (b != '\n' && b != '\r') {
                put(b);
            } else if (length > lineFrom) {
                put((byte) '\n');
                lineFrom = length;
            } else {
                end(events);
            }
        }
    }

    /** What stands behind the last blank line counts as an event too. */
    void end(Events events) throws IOException {
        if (length > 0) {
            String lines = new String(event, 0, length, StandardCharsets.UTF_8);
            length = 0;
            lineFrom = 0;
            events.event(lines);
        }
    }

    private void put(byte b) throws IOException {
        if (length == event.length) {
            if (length >= LONGEST) {
                throw new IOException("the answer has an event that is too long");
            }
            event = Arrays.copyOf(event, length * 2);
        }
        event[length++] = b;
    }
}
