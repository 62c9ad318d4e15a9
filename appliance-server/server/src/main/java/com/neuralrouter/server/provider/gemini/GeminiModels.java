package com.neuralrouter.server.provider.gemini;

import java.util.regex.Pattern;

/** What models of different generations differ in. */
final class GeminiModels {
    private static final Pattern SINCE_3 = Pattern.compile("gemini-([3-9]|[1-9][0-9]).*");

    private GeminiModels() {}

    /**
     * Whether the model refuses a call of its own that comes back without a signature
     * (ai.google.dev, "Thought signatures"): from generation 3 on.
     */
    static boolean wantsSignatures(String model) {
        return SINCE_3.matcher(model).matches();
    }

    /** Whether it is told in words how much to think, and not in tokens: from generation 3 on. */
    static boolean thinksInLevels(String model) {
        return SINCE_3.matcher(model).matches();
    }
}
