package com.neuralrouter.server.detect;

import java.util.List;
import java.util.Locale;

/**
 * Words one of which must begin before a match, because what it looks like says too little by
 * itself.
 *
 * @param words in lower case; none means that nothing is demanded
 * @param within how many characters before the match
 */
record Context(List<String> words, int within) {
    static final Context NONE = new Context(List.of(), 0);

    /** How much of a text that has gone by must be kept for the words. */
    static final int MOST = 64;

    Context {
        words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        if (within < 0 || within > MOST) {
            throw new IllegalArgumentException(
                    "context within " + within + " is outside 0.." + MOST);
        }
    }

    boolean stands(String text, int before) {
        if (words.isEmpty()) {
            return true;
        }
        int from = Math.max(0, before - within);
        String near = text.substring(from, before).toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(word -> begins(near, word));
    }

    private static boolean begins(String near, String word) {
        int at = near.indexOf(word);
        while (at >= 0 && !Form.wordMayBegin(near, at)) {
            at = near.indexOf(word, at + 1);
        }
        return at >= 0;
    }
}
