package com.neuralrouter.server.detect;

/**
 * One form in which something is written. All indexes are of a text as {@link NormalText} has it.
 * Immutable, safe for all threads.
 */
interface Form {

    /** The longest that a match can be, in characters. */
    int longest();

    /** Takes a match, from its first character to the one after its last. */
    @FunctionalInterface
    interface Found {
        void match(int from, int to);
    }

    /** Finds every match, in order, none overlapping another one of this form. */
    void find(String text, Found found);

    /**
     * Where a match begins that more text could still complete or lengthen; the text's length if
     * there is none.
     */
    int openFrom(String text);

    static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= 0x80 && Character.isLetterOrDigit(c);
    }

    /** Whether nothing before the index belongs to the same word. */
    static boolean wordMayBegin(String text, int at) {
        return at == 0 || !isAlphanumeric(text.charAt(at - 1));
    }

    /** Whether nothing at the index belongs to the word before it. */
    static boolean wordMayEnd(String text, int at) {
        return at == text.length() || !isAlphanumeric(text.charAt(at));
    }
}
