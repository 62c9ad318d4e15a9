package com.neuralrouter.server.guardrail;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What stands for what in one request: placeholders go to the provider, the originals are put back
 * into the answer. Lives as long as the request; shown nowhere. Used by the request's thread.
 */
final class Placeholders {
    /** Longer than any placeholder. */
    static final int LONGEST = 96;

    private final String tag;
    private final Map<String, String> byOriginal = new HashMap<>();
    private final Map<String, String> originals = new HashMap<>();

    /**
     * @param tag of this request alone, letters and digits, so that no text has it by chance
     */
    Placeholders(String tag) {
        this.tag = tag.toUpperCase(Locale.ROOT);
    }

    boolean isEmpty() {
        return originals.isEmpty();
    }

    /** The same for the same original. */
    String of(String detector, String original) {
        return byOriginal.computeIfAbsent(
                original,
                _ -> {
                    String placeholder =
                            "["
                                    + detector.toUpperCase(Locale.ROOT)
                                    + "-"
                                    + (originals.size() + 1)
                                    + "-"
                                    + tag
                                    + "]";
                    originals.put(placeholder, original);
                    return placeholder;
                });
    }

    /** What it stands for; null if it is no placeholder of this request. */
    @Nullable String original(String placeholder) {
        return originals.get(placeholder.toUpperCase(Locale.ROOT));
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Placeholders[" + originals.size() + "]";
    }
}
