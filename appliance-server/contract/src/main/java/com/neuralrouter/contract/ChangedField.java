package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One field that is different, by its name and with its values, so that whoever shows it can say it
 * in any language.
 *
 * @param field as in site.yaml, with dots where it lies deeper: {@code maxOutputTokens}, {@code
 *     service.sla.errorPercent}
 * @param before what it is, as in the document: text, number, truth, list or object; absent where
 *     there is nothing
 * @param after what it would be, likewise; if both are absent, they are not shown
 */
public record ChangedField(String field, @Nullable Object before, @Nullable Object after) {

    /** In English, on one line: {@code maxOutputTokens: 100 → 50}. */
    public String words() {
        String words =
                before == null && after == null
                        ? field
                        : field + ": " + shown(before) + " → " + shown(after);
        return words.replace('\n', ' ');
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case List<?> list when list.isEmpty() -> "(none)";
            default -> value.toString().isEmpty() ? "(empty)" : value.toString();
        };
    }
}
