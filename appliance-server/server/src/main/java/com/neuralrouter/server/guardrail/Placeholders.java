package com.neuralrouter.server.guardrail;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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

    /** Placeholders by what they stand for. */
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

    /**
     * A text with every original behind its placeholder again, wherever it stands as it is, in JSON
     * or in JSON within JSON.
     */
    byte[] withheld(byte[] text) {
        // One character for each byte, so that any bytes stay what they are.
        String held = new String(text, StandardCharsets.ISO_8859_1);
        List<Map.Entry<String, String>> longestFirst =
                byOriginal.entrySet().stream()
                        .sorted(Comparator.comparingInt(each -> -each.getKey().length()))
                        .toList();
        for (Map.Entry<String, String> each : longestFirst) {
            String written = each.getKey();
            for (int depth = 0; depth < 3; depth++) {
                held = held.replace(bytewise(written), bytewise(each.getValue()));
                written = Acting.escaped(written);
            }
        }
        return held.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String bytewise(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Placeholders[" + originals.size() + "]";
    }
}
