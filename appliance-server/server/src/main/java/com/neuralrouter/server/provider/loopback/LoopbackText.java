package com.neuralrouter.server.provider.loopback;

import java.util.ArrayList;
import java.util.List;

/**
 * The loopback's one text and its way of counting: a token is a run of letters and digits or one
 * other character, white space counts with what it follows.
 */
final class LoopbackText {
    private LoopbackText() {}

    /** Begins with the word that must be in every answer, so that no limit cuts it off. */
    static String of(int messages, int tokens) {
        return "Loopback: this answer comes from the appliance itself, not from a language model. "
                + "Your request with "
                + messages
                + (messages == 1 ? " message and " : " messages and ")
                + tokens
                + (tokens == 1 ? " token" : " tokens")
                + " went the whole way from the app to a provider and back.";
    }

    static int count(String text) {
        int tokens = 0;
        for (int i = 0; i < text.length(); ) {
            int end = endOfToken(text, i);
            if (!text.substring(i, end).isBlank()) {
                tokens++;
            }
            i = end;
        }
        return tokens;
    }

    /** The text cut into tokens; put together again they are the text. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); ) {
            int end = endOfToken(text, i);
            pieces.add(text.substring(i, end));
            i = end;
        }
        return pieces;
    }

    private static int endOfToken(String text, int from) {
        int i = from;
        while (i < text.length() && Character.isLetterOrDigit(text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        if (i == from) {
            i += Character.charCount(text.codePointAt(i));
        }
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
