package com.neuralrouter.server.limit;

import java.util.HexFormat;

/**
 * How many tokens a request's body has, before anybody has counted them: rather too many than too
 * few. Told from the letters in one pass, without a vocabulary: words by their length, numbers by
 * three digits, signs by two, and letters that are not Latin by what OpenAI's {@code cl100k_base}
 * has for their script. What is no text of a language, such as an image in Base64, counts as little
 * as providers charge for it.
 */
public final class TokenEstimate {
    /** Costs are told in parts of a token. */
    private static final int PARTS = 16;

    /** Other vocabularies need more tokens for the same text, rarely by more than an eighth. */
    private static final int MARGIN = 8;

    /** Letters that are a token in most words, and what one more costs. */
    private static final int WORD = 4;

    private static final int LETTER = 3;

    private static final int DIGITS = 3;

    /** In a row they are often one token. */
    private static final int FIRST_SIGN = 12;

    private static final int NEXT_SIGN = 4;

    /** Longer than any word. */
    private static final int RUN = 512;

    /** What an image is about worth. */
    private static final int RUN_TOKENS = 1_000;

    /** A letter written as {@code \\u} and four hexadecimal digits. */
    private static final int ESCAPE = 6;

    /** What an escape or a byte costs; of a letter in UTF-8, its first byte. */
    private static final byte[] COSTS = costs();

    /** Bytes of Base64's alphabet, and of the one for URLs. */
    private static final boolean[] BASE64 = base64();

    private TokenEstimate() {}

    /** What is to be reserved for a body. */
    public static long of(byte[] body) {
        long parts = 0;
        long beforeRun = 0;
        int run = 0;
        for (int at = 0, end; at < body.length; at = end) {
            end = endOfPiece(body, at);
            boolean outside = !inBase64(body, at);
            if (outside && at - run > RUN) {
                parts = beforeRun + PARTS * RUN_TOKENS;
            }
            parts += cost(body, at, end);
            if (outside) {
                run = end;
                beforeRun = parts;
            }
        }
        if (body.length - run > RUN) {
            parts = beforeRun + PARTS * RUN_TOKENS;
        }
        return (parts + parts / MARGIN) / PARTS + 1;
    }

    /** Behind a word, a number, signs in a row, an escape of JSON's, or one byte. */
    private static int endOfPiece(byte[] body, int at) {
        byte first = body[at];
        int end = at + 1;
        if (isLetter(first)) {
            while (end < body.length && isLetter(body[end])) {
                end++;
            }
        } else if (isDigit(first)) {
            while (end < body.length && isDigit(body[end])) {
                end++;
            }
        } else if (isSign(first)) {
            while (end < body.length && isSign(body[end])) {
                end++;
            }
        } else if (first == '\\') {
            end += isEscape(body, at) ? ESCAPE - 1 : 1;
        }
        return Math.min(end, body.length);
    }

    private static int cost(byte[] body, int at, int end) {
        byte first = body[at];
        int length = end - at;
        if (isLetter(first)) {
            return PARTS + LETTER * Math.max(0, length - WORD);
        }
        if (isDigit(first)) {
            return PARTS * ((length + DIGITS - 1) / DIGITS);
        }
        if (isSign(first)) {
            return FIRST_SIGN + NEXT_SIGN * (length - 1);
        }
        return length == ESCAPE ? COSTS[firstOfUtf8(body, at)] : COSTS[first & 0xFF];
    }

    private static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isSign(byte b) {
        return b > ' ' && b < 0x7F && b != '\\' && !isLetter(b) && !isDigit(b);
    }

    private static boolean isEscape(byte[] body, int at) {
        if (at + ESCAPE > body.length || body[at + 1] != 'u') {
            return false;
        }
        for (int i = at + 2; i < at + ESCAPE; i++) {
            if (!HexFormat.isHexDigit(body[i])) {
                return false;
            }
        }
        return true;
    }

    /** With which byte UTF-8 would begin the letter (RFC 3629, section 3). */
    private static int firstOfUtf8(byte[] body, int escape) {
        int letter = 0;
        for (int i = escape + 2; i < escape + ESCAPE; i++) {
            letter = letter << 4 | HexFormat.fromHexDigit(body[i]);
        }
        if (letter < 0x80) {
            return letter;
        }
        return letter < 0x800 ? 0xC0 | letter >> 6 : 0xE0 | letter >> 12;
    }

    /** PHP writes a slash with a backslash before it. */
    private static boolean inBase64(byte[] body, int at) {
        return BASE64[body[at] & 0xFF]
                || body[at] == '\\' && at + 1 < body.length && body[at + 1] == '/';
    }

    private static boolean[] base64() {
        var alphabet = new boolean[256];
        String signs = "+/-_=";
        for (int b = 0; b < 0x80; b++) {
            alphabet[b] = isLetter((byte) b) || isDigit((byte) b) || signs.indexOf(b) >= 0;
        }
        return alphabet;
    }

    private static byte[] costs() {
        var costs = new byte[256];
        fill(costs, 0x00, 0x7F, PARTS / 2);
        costs[' '] = 1;
        costs['\n'] = PARTS;
        fill(costs, 0x80, 0xBF, 0); // within a letter
        fill(costs, 0xC0, 0xC3, 13); // Latin-1
        fill(costs, 0xC4, 0xCC, 20); // other Latin
        fill(costs, 0xCD, 0xCF, 15); // Greek
        fill(costs, 0xD0, 0xD3, 8); // Cyrillic
        fill(costs, 0xD4, 0xDF, 16); // Armenian, Hebrew, Arabic
        fill(costs, 0xE0, 0xE0, 20); // India, Thailand
        fill(costs, 0xE1, 0xE1, 24); // Georgian, Ethiopic, Khmer
        fill(costs, 0xE2, 0xE2, 18); // signs
        fill(costs, 0xE3, 0xE3, 14); // Kana
        fill(costs, 0xE4, 0xE9, 18); // Han
        fill(costs, 0xEA, 0xED, 18); // Hangul
        fill(costs, 0xEE, 0xEF, 20); // halves of pairs, forms
        fill(costs, 0xF0, 0xFF, 40); // emoji
        return costs;
    }

    private static void fill(byte[] costs, int from, int to, int cost) {
        for (int b = from; b <= to; b++) {
            costs[b] = (byte) cost;
        }
    }
}
