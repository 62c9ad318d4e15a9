package com.neuralrouter.server.dialect;

import tools.jackson.core.io.JsonStringEncoder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Replaces pieces of a text and leaves every other byte as it is, with one copy. The pieces must
 * not overlap.
 */
final class Splices {
    private final List<Splice> splices = new ArrayList<>(4);

    /** {@code text[from..to)} becomes {@code replacement}. */
    private record Splice(int from, int to, byte[] replacement) {}

    void replace(int from, int to, String replacement) {
        splices.add(new Splice(from, to, replacement.getBytes(StandardCharsets.UTF_8)));
    }

    void replace(Range range, String replacement) {
        replace(range.from(), range.to(), replacement);
    }

    /** The text as a JSON string, with its quotes. */
    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    /** The text itself if there is nothing to replace. */
    byte[] applyTo(byte[] text) {
        if (splices.isEmpty()) {
            return text;
        }
        splices.sort(Comparator.comparingInt(Splice::from));
        int length = text.length;
        for (Splice splice : splices) {
            length += splice.replacement().length - (splice.to() - splice.from());
        }
        byte[] spliced = new byte[length];
        int read = 0;
        int written = 0;
        for (Splice splice : splices) {
            int kept = splice.from() - read;
            System.arraycopy(text, read, spliced, written, kept);
            written += kept;
            byte[] replacement = splice.replacement();
            System.arraycopy(replacement, 0, spliced, written, replacement.length);
            written += replacement.length;
            read = splice.to();
        }
        System.arraycopy(text, read, spliced, written, text.length - read);
        return spliced;
    }
}
