package com.neuralrouter.desktop.i18n;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The hours in which requests are taken, as in {@code Mon–Fri 08:00–18:00 (Europe/Berlin)}. */
final class HoursText {
    /** Fewer are named one by one. */
    private static final int RUN = 3;

    private HoursText() {}

    /** Of what a policy has in {@code hours}. */
    static String of(Map<?, ?> hours, Messages messages) {
        var windows =
                hours.get("windows") instanceof List<?> list
                        ? list.stream()
                                .map(each -> window(each, messages))
                                .collect(Collectors.joining("; "))
                        : "";
        return messages.text("differences.hours", windows, String.valueOf(hours.get("zone")));
    }

    private static String window(Object one, Messages messages) {
        if (!(one instanceof Map<?, ?> window)) {
            return String.valueOf(one);
        }
        return messages.text(
                "differences.window",
                days(window.get("days"), messages),
                String.valueOf(window.get("from")),
                String.valueOf(window.get("to")));
    }

    /** As people say them: the first to the last of several in a row. */
    private static String days(@Nullable Object days, Messages messages) {
        if (!(days instanceof List<?> named) || named.isEmpty()) {
            return messages.text("differences.every_day");
        }
        var all =
                Arrays.stream(DayOfWeek.values()).filter(day -> named.contains(name(day))).toList();
        if (all.size() >= RUN
                && all.getLast().getValue() - all.getFirst().getValue() == all.size() - 1) {
            return messages.text(
                    "differences.days_in_row",
                    word(all.getFirst(), messages),
                    word(all.getLast(), messages));
        }
        return all.stream().map(day -> word(day, messages)).collect(Collectors.joining(", "));
    }

    /** As policies name it. */
    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static String word(DayOfWeek day, Messages messages) {
        return day.getDisplayName(TextStyle.SHORT_STANDALONE, messages.locale());
    }
}
