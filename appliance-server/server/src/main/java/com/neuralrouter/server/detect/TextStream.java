package com.neuralrouter.server.detect;

import java.util.List;

/**
 * A text that comes piece by piece, and is looked at as if it came at once: what could be the
 * beginning of a match is held until it is clear whether it is one. How much is held is bounded by
 * the longest match. Content: its {@code toString} shows none. Used by one thread.
 */
public final class TextStream {
    private final Scan scan;
    private final Replacement replacement;

    /** What has gone by last, for the words before a match and for a match that began there. */
    private String gone = "";

    private String held = "";

    /** Says what stands in the place of a match; throws what ends the text. */
    @FunctionalInterface
    public interface Replacement {
        /**
         * @param raw the match as it was written; of one that began in a text that has gone by, the
         *     rest of it
         * @param before all that goes out before it since the last call of {@link #push}
         */
        String of(Detector detector, String raw, CharSequence before);
    }

    public TextStream(Scan scan, Replacement replacement) {
        this.scan = scan;
        this.replacement = replacement;
    }

    /** Takes more of the text, and returns what of it can go on. */
    public String push(String more) {
        return advance(more, false);
    }

    /** The text has ended here: returns all that is left. Another one may follow. */
    public String end() {
        return advance("", true);
    }

    /** Whether something of the text waits. */
    public boolean holds() {
        return !held.isEmpty();
    }

    private String advance(String more, boolean last) {
        if (more.isEmpty() && held.isEmpty()) {
            return "";
        }
        String raw = gone + held + more;
        int begin = gone.length();
        NormalText text = NormalText.of(raw);
        List<Match> matches = scan.matches(text);
        int cut = raw.length();
        if (!last) {
            cut = Math.min(scan.openFrom(text), NormalText.unreadableFrom(raw));
            cut = Math.max(begin, beforeMatch(matches, cut));
        }
        var out = new StringBuilder(cut - begin + 16);
        int at = begin;
        for (Match match : matches) {
            if (match.to() <= at || match.to() > cut) {
                continue;
            }
            int from = Math.max(match.from(), at);
            out.append(raw, at, from);
            out.append(
                    replacement.of(
                            scan.detectors().get(match.detector()),
                            raw.substring(from, match.to()),
                            out));
            at = match.to();
        }
        out.append(raw, at, cut);
        held = raw.substring(cut);
        gone = lastOf(raw, cut);
        return out.toString();
    }

    /** A letter stands for what is no longer there, so that no word begins in the middle of one. */
    private static String lastOf(String raw, int end) {
        return end <= Scan.CONTEXT
                ? raw.substring(0, end)
                : "x" + raw.substring(end - Scan.CONTEXT, end);
    }

    /** A match goes as a whole, or waits as a whole. */
    private static int beforeMatch(List<Match> matches, int cut) {
        int before = cut;
        for (Match match : matches) {
            if (match.from() < before && match.to() > before) {
                before = match.from();
            }
        }
        return before;
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "TextStream[held=" + held.length() + "]";
    }
}
