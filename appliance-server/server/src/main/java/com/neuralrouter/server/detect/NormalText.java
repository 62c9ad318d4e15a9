package com.neuralrouter.server.detect;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text as detectors read it, with the way back to the text as it was written. Digits of other
 * scripts and full-width letters are their ASCII forms, every space is a blank, every dash a
 * hyphen; characters that nobody sees (zero-width, control and combining characters) are left out;
 * and the escapes of a JSON text inside of the text are what they stand for. Content: its {@code
 * toString} shows none. Immutable.
 */
public final class NormalText {
    private final String raw;
    private final String text;

    /** Where in the raw text each character begins, and its end; null if both are the same. */
    private final int[] starts;

    private final boolean same;

    private NormalText(String raw, String text, int[] starts, boolean same) {
        this.raw = raw;
        this.text = text;
        this.starts = starts;
        this.same = same;
    }

    /** Reads a text. */
    public static NormalText of(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c >= 0x7f || c == '\\' || c < ' ' && c != '\n' && c != '\t' && c != '\r') {
                return new Reading(raw).from(i);
            }
        }
        return new NormalText(raw, raw, new int[0], true);
    }

    /** As detectors read it. */
    public String text() {
        return text;
    }

    public String raw() {
        return raw;
    }

    /** Where the character at that index begins in the raw text; the length gives the raw end. */
    public int rawIndex(int index) {
        return same ? index : starts[index];
    }

    /** The first index whose character begins at that place of the raw text, or after it. */
    public int indexAt(int rawIndex) {
        if (same) {
            return rawIndex;
        }
        int found = Arrays.binarySearch(starts, rawIndex);
        while (found > 0 && starts[found - 1] == rawIndex) {
            found--;
        }
        return found >= 0 ? found : -found - 1;
    }

    /**
     * Where a piece of the raw text begins that cannot be read before more of it has come: half a
     * surrogate pair, or the beginning of an escape; its length if there is none.
     */
    public static int unreadableFrom(CharSequence raw) {
        int end = raw.length();
        if (end > 0 && Character.isHighSurrogate(raw.charAt(end - 1))) {
            return end - 1;
        }
        int at = end;
        while (at > 0 && end - at < 4 && isHex(raw.charAt(at - 1))) {
            at--;
        }
        for (int from = at; from <= end; from++) {
            int u = from - 1;
            if (u > 0 && raw.charAt(u) == 'u' && raw.charAt(u - 1) == '\\' && end - from < 4) {
                return firstBackslash(raw, u - 1);
            }
        }
        return end > 0 && raw.charAt(end - 1) == '\\' ? firstBackslash(raw, end - 1) : end;
    }

    /** Many backslashes in a row are no escape of anything; the hold stays short. */
    private static int firstBackslash(CharSequence raw, int last) {
        int first = last;
        while (first > 0 && last - first < 8 && raw.charAt(first - 1) == '\\') {
            first--;
        }
        return first;
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** One reading of one text. */
    private static final class Reading {
        private final String raw;
        private final StringBuilder text;
        private int[] starts;

        Reading(String raw) {
            this.raw = raw;
            this.text = new StringBuilder(raw.length());
            this.starts = new int[raw.length() + 1];
        }

        NormalText from(int plain) {
            for (int i = 0; i < plain; i++) {
                put(raw.charAt(i), i);
            }
            int at = plain;
            while (at < raw.length()) {
                at = next(at);
            }
            starts = Arrays.copyOf(starts, text.length() + 1);
            starts[text.length()] = raw.length();
            return new NormalText(raw, text.toString(), starts, false);
        }

        private int next(int at) {
            char c = raw.charAt(at);
            if (c == '\\') {
                return escape(at);
            }
            if (c < 0x7f) {
                if (c >= ' ' || c == '\n' || c == '\t' || c == '\r') {
                    put(c, at);
                }
                return at + 1;
            }
            int point = raw.codePointAt(at);
            point(point, at);
            return at + Character.charCount(point);
        }

        /** Backslashes before a {@code u} and four digits are how often it was escaped. */
        private int escape(int at) {
            int end = at + 1;
            while (end < raw.length() && raw.charAt(end) == '\\') {
                end++;
            }
            int unit = unit(end);
            if (unit >= 0) {
                int low =
                        end + 5 < raw.length() && raw.charAt(end + 5) == '\\' ? unit(end + 6) : -1;
                if (Character.isHighSurrogate((char) unit)
                        && low >= 0
                        && Character.isLowSurrogate((char) low)) {
                    point(Character.toCodePoint((char) unit, (char) low), at);
                    return end + 11;
                }
                point(unit, at);
                return end + 5;
            }
            char named = end < raw.length() ? raw.charAt(end) : ' ';
            if (named == 'n' || named == 'r' || named == 't') {
                put(named == 't' ? '\t' : '\n', at);
                return end + 1;
            }
            if (named == '/') {
                put('/', at);
                return end + 1;
            }
            put('\\', at);
            return end;
        }

        /** What {@code uXXXX} at that index stands for; -1 if there is none. */
        private int unit(int at) {
            if (at + 5 > raw.length() || raw.charAt(at) != 'u') {
                return -1;
            }
            int unit = 0;
            for (int i = at + 1; i < at + 5; i++) {
                if (!isHex(raw.charAt(i))) {
                    return -1;
                }
                unit = unit * 16 + Character.digit(raw.charAt(i), 16);
            }
            return unit;
        }

        private void point(int point, int at) {
            if (point < 0x7f) {
                if (point >= ' ' || point == '\n' || point == '\t' || point == '\r') {
                    put((char) point, at);
                }
                return;
            }
            switch (Character.getType(point)) {
                case Character.FORMAT,
                        Character.CONTROL,
                        Character.NON_SPACING_MARK,
                        Character.ENCLOSING_MARK -> {}
                case Character.DECIMAL_DIGIT_NUMBER ->
                        put((char) ('0' + Character.digit(point, 10)), at);
                case Character.SPACE_SEPARATOR -> put(' ', at);
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> put('\n', at);
                case Character.DASH_PUNCTUATION -> put('-', at);
                default -> folded(point, at);
            }
        }

        private void folded(int point, int at) {
            switch (point) {
                case 0x2212 -> put('-', at);
                case 0x3002, 0xff61, 0x2024 -> put('.', at);
                case 0x3164, 0xffa0, 0x115f, 0x1160, 0x2800 -> {}
                default -> {
                    String ascii = hasCompatibleForm(point) ? ascii(point) : "";
                    if (ascii.isEmpty()) {
                        for (char c : Character.toChars(point)) {
                            put(c, at);
                        }
                    }
                    for (int i = 0; i < ascii.length(); i++) {
                        put(ascii.charAt(i), at);
                    }
                }
            }
        }

        /** Where Unicode has other forms of ASCII characters. */
        private static boolean hasCompatibleForm(int point) {
            return point <= 0xff
                    || point >= 0x2000 && point < 0x3040
                    || point >= 0x3200 && point < 0x3400
                    || point >= 0xf900 && point <= 0xffef
                    || point >= 0x1d400 && point < 0x1d800
                    || point >= 0x1f100 && point < 0x1f200;
        }

        private static String ascii(int point) {
            String folded = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
            return folded.chars().allMatch(c -> c < 0x7f) ? folded : "";
        }

        private void put(char c, int at) {
            if (text.length() + 1 >= starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            starts[text.length()] = at;
            text.append(c);
        }
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "NormalText[length=" + raw.length() + "]";
    }
}
