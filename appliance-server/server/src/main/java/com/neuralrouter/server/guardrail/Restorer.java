package com.neuralrouter.server.guardrail;

import org.jspecify.annotations.Nullable;

import java.util.function.UnaryOperator;

/**
 * Puts originals back into a text that comes piece by piece. What could be the beginning of a
 * placeholder waits. Content: its {@code toString} shows none. Used by one thread.
 */
final class Restorer {
    private final Placeholders placeholders;
    private final UnaryOperator<String> written;
    private String held = "";

    /**
     * @param written how an original is written in this text
     */
    Restorer(Placeholders placeholders, UnaryOperator<String> written) {
        this.placeholders = placeholders;
        this.written = written;
    }

    String push(String more) {
        return advance(held + more, false);
    }

    String end() {
        return advance(held, true);
    }

    private String advance(String text, boolean last) {
        held = "";
        if (placeholders.isEmpty() || text.indexOf('[') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        int at = 0;
        for (int open; (open = text.indexOf('[', at)) >= 0; ) {
            out.append(text, at, open);
            int close = bodyEnd(text, open + 1);
            if (close == text.length() && close - open < Placeholders.LONGEST && !last) {
                held = text.substring(open);
                return out.toString();
            }
            String original = original(text, open, close);
            if (original == null) {
                out.append('[');
                at = open + 1;
            } else {
                out.append(written.apply(original));
                at = close + 1;
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    private @Nullable String original(String text, int open, int close) {
        return close < text.length() && text.charAt(close) == ']'
                ? placeholders.original(text.substring(open, close + 1))
                : null;
    }

    private static int bodyEnd(String text, int from) {
        int end = from;
        int most = Math.min(text.length(), from + Placeholders.LONGEST);
        while (end < most && isBody(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBody(char c) {
        return c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Restorer[held=" + held.length() + "]";
    }
}
