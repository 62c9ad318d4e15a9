package com.neuralrouter.server.provider.gemini;

/**
 * Gemini's thought signatures as the seals of thoughts. They are marked as Gemini's, because a
 * signature of another provider's model would be refused.
 */
final class GeminiSeals {
    private static final String MARK = "gemini:";

    private GeminiSeals() {}

    static String of(String signature) {
        return MARK + signature;
    }

    /** Empty if the seal is not from here. */
    static String signature(String seal) {
        return seal.startsWith(MARK) ? seal.substring(MARK.length()) : "";
    }
}
