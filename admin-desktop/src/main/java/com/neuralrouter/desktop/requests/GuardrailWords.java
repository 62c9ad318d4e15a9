package com.neuralrouter.desktop.requests;

import com.neuralrouter.desktop.i18n.Messages;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in plain words which guardrails acted on a request, and how often; never on what. */
final class GuardrailWords {
    private static final Pattern ACTED = Pattern.compile("(.+):([a-z]+)=([0-9]{1,9})");

    private GuardrailWords() {}

    /** A line for each of them, as in {@code email:mask=2 iban:block=1}. */
    static String of(Messages messages, @Nullable String acted) {
        if (acted == null || acted.isBlank()) {
            return messages.text("requests.guardrails.none");
        }
        return Arrays.stream(acted.strip().split(" +"))
                .map(each -> line(messages, each))
                .collect(Collectors.joining("\n"));
    }

    /** As the appliance says it where a newer one does something of which we have no word. */
    private static String line(Messages messages, String acted) {
        var parts = ACTED.matcher(acted);
        if (!parts.matches()) {
            return acted;
        }
        var key = "requests.guardrails." + parts.group(2);
        return messages.has(key)
                ? messages.text(key, parts.group(1), Integer.parseInt(parts.group(3)))
                : acted;
    }
}
