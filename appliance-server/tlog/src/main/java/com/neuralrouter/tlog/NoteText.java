package com.neuralrouter.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The alphabet of notes (C2SP signed-note, "Format"), read strictly: each value has one spelling,
 * so that nothing can be changed in a note without notice.
 */
final class NoteText {
    private NoteText() {}

    /** Text in UTF-8 without control characters other than newline. */
    static String decoded(byte[] note) {
        try {
            return checked(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString());
        } catch (CharacterCodingException notText) {
            throw new MalformedNote("A note is text in UTF-8, and this is not.");
        }
    }

    static String checked(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 && text.charAt(i) != '\n') {
                throw new MalformedNote(
                        "A note has no control characters, this one has one at " + i + ".");
            }
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedNote("A note is Unicode text, and this is not.");
        }
        return text;
    }

    /** The name of a key: not empty, without any kind of blank and without plus. */
    static String checkedName(String name) {
        boolean good =
                !name.isEmpty()
                        && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                        && name.codePoints().noneMatch(NoteText::mayNotBeInNames);
        if (!good) {
            throw new MalformedNote("A key's name is not empty and has no blanks and no plus.");
        }
        return name;
    }

    private static boolean mayNotBeInNames(int codePoint) {
        return codePoint == '+'
                || Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.isISOControl(codePoint);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** RFC 4648 §4 with padding; the decoder alone would take more than one spelling. */
    static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (base64(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below, as for the other spellings.
        }
        throw new MalformedNote("What must be Base64 with padding is not.");
    }

    /** A decimal without leading zeros that fits 63 bits. */
    static long number(String text) {
        boolean decimal = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (decimal && (text.length() == 1 || text.charAt(0) != '0') && text.length() <= 19) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException tooLarge) {
                // Nineteen digits may be above 2^63 - 1: said below.
            }
        }
        throw new MalformedNote(
                "A size or index is a decimal below 2^63 without leading zeros, unlike this one.");
    }
}
