package com.neuralrouter.server.audit.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** An entry whose leaf says where the log put it, behind a text. */
record TestDraft(String text, byte[] side, long outbox) implements Draft {
    static TestDraft of(String text) {
        return new TestDraft(text, new byte[0], 0);
    }

    /** So many, named after the text and their number. */
    static List<Draft> many(String text, int count) {
        return IntStream.range(0, count).<Draft>mapToObj(i -> of(text + i)).toList();
    }

    static byte[] leafOf(String text, long sequence, Instant time) {
        return (text + " " + sequence + " " + time).getBytes(StandardCharsets.UTF_8);
    }

    /** The text that a leaf was made of. */
    static String textOf(byte[] leaf) {
        return new String(leaf, StandardCharsets.UTF_8).split(" ", 2)[0];
    }

    @Override
    public byte[] leaf(long sequence, Instant time) {
        return leafOf(text, sequence, time);
    }
}
