package com.neuralrouter.desktop.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.desktop.i18n.ApprovalText;
import com.neuralrouter.desktop.i18n.Messages;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an entry is about, as a list has room for it: by its name where the entry tells it. */
final class Targets {
    /** Which of an entry's details is its target's name, by the target's kind; the first counts. */
    private static final Map<String, List<String>> NAMES =
            Map.of(
                    "api_key", List.of("name", "apiKey"),
                    "approval", List.of("subject"),
                    "credential", List.of("provider"),
                    "incident", List.of("subject"));

    private static final List<String> USUAL = List.of("name");
    private static final Pattern ID = Pattern.compile("(\\p{XDigit}{8})-[-\\p{XDigit}]{21}(.{6})");

    private Targets() {}

    /** The kind and the name; without a name as much of the id as tells it from others. */
    static String shown(AuditEntry entry, Messages messages) {
        var target = entry.target();
        int kind = target.indexOf('/') + 1;
        if (kind == 0) {
            return target;
        }
        return target.substring(0, kind)
                + name(entry, messages)
                        .orElseGet(() -> {
                            var id = ID.matcher(target.substring(kind));
                            return id.matches()
                                    ? id.group(1) + "…" + id.group(2)
                                    : target.substring(kind);
                        });
    }

    /** Empty if the entry does not tell it. */
    static Optional<String> name(AuditEntry entry, Messages messages) {
        return ApprovalText.subject(entry, messages)
                .or(() ->
                        keys(entry).stream()
                                .filter(entry.details()::containsKey)
                                .findFirst()
                                .map(entry.details()::get))
                .or(() -> workspace(entry));
    }

    /** What was done to a workspace stands in it, by its name. */
    private static Optional<String> workspace(AuditEntry entry) {
        return entry.target().startsWith("workspace/")
                ? Optional.ofNullable(entry.workspace())
                : Optional.empty();
    }

    /** Whether that detail is what {@link #name} tells. */
    static boolean isName(AuditEntry entry, String detail) {
        return keys(entry).stream()
                .filter(entry.details()::containsKey)
                .findFirst()
                .filter(detail::equals)
                .isPresent();
    }

    private static List<String> keys(AuditEntry entry) {
        int kind = entry.target().indexOf('/');
        return kind < 0 ? List.of() : NAMES.getOrDefault(entry.target().substring(0, kind), USUAL);
    }
}
