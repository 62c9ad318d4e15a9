package com.neuralrouter.desktop.i18n;

import com.neuralrouter.contract.ChangedField;

import org.jspecify.annotations.Nullable;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of policies, what is declared of providers and what needs a second person, each with
 * its values, in the reader's language. Names that the site's own people gave, addresses and codes
 * stay as they are; so does what a newer appliance has and we have no word for.
 */
public final class FieldText {
    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");
    private static final String RETENTION = "differences.retention.";
    private static final String CLASSIFICATION = "differences.classification.";

    /** The fields whose texts are one of a few, with what stands before each of them. */
    private static final Map<String, String> WORDS =
            Map.of(
                    "maxRetention", RETENTION,
                    "keepContentFor", RETENTION,
                    "retention", RETENTION,
                    "maxClassification", CLASSIFICATION,
                    "leastClassification", CLASSIFICATION,
                    "classifiedJurisdictions", CLASSIFICATION,
                    "authentication", "differences.authentication.",
                    "service.sla.onBreach", "differences.on_breach.",
                    "service.probe.kind", "differences.probe.",
                    "required", "approvals.kind.");

    private FieldText() {}

    /**
     * A line for each.
     *
     * @param words what the appliance says, which stands where it tells no fields
     */
    public static List<String> lines(
            List<ChangedField> fields, List<String> words, Messages messages) {
        return fields.isEmpty()
                ? words
                : fields.stream().map(field -> changed(field, messages)).toList();
    }

    private static String changed(ChangedField field, Messages messages) {
        var name = name(field.field(), messages);
        return field.before() == null && field.after() == null
                ? messages.text("differences.unshown", name)
                : messages.text(
                        "differences.line",
                        name,
                        value(field.field(), field.before(), messages),
                        value(field.field(), field.after(), messages));
    }

    /** What a new thing says of itself: it had nothing before. */
    static String declared(ChangedField field, Messages messages) {
        var name = name(field.field(), messages);
        return field.after() == null
                ? messages.text("differences.given", name)
                : messages.text(
                        "differences.declared",
                        name,
                        value(field.field(), field.after(), messages));
    }

    /** What a field is about. */
    public static String name(String field, Messages messages) {
        var rule = "policies.rule." + field;
        if (messages.has(rule)) {
            return messages.text(rule);
        }
        var key = "differences.field." + field.replace('.', '_');
        return messages.has(key) ? messages.text(key) : field;
    }

    /** What it says. */
    public static String value(String field, @Nullable Object value, Messages messages) {
        return switch (value) {
            case null -> nothing(field, messages);
            case Boolean truth -> messages.text(truth ? "differences.yes" : "differences.no");
            case Number number -> number(field, number, messages);
            case List<?> list when list.isEmpty() -> messages.text("differences.empty");
            case List<?> list -> joined(", ", list.stream(), each -> value(field, each, messages));
            case Map<?, ?> hours when field.equals("hours") -> HoursText.of(hours, messages);
            case Map<?, ?> map -> byKey(field, map, messages);
            default -> word(field, value.toString(), messages);
        };
    }

    private static String nothing(String field, Messages messages) {
        if (field.equals("tests")) {
            return messages.text("policies.tests.count", 0);
        }
        return messages.text(
                messages.has("policies.rule." + field)
                        ? "differences.no_rule"
                        : "differences.nothing");
    }

    private static String number(String field, Number number, Messages messages) {
        if (field.equals("tests")) {
            return messages.text("policies.tests.count", number);
        }
        var figure = NumberFormat.getNumberInstance(messages.locale()).format(number);
        if (field.endsWith("Millis")) {
            return messages.text("ui.unit.ms", figure);
        }
        if (field.endsWith("Seconds")) {
            return messages.text("ui.unit.s", figure);
        }
        return field.endsWith("Percent")
                ? messages.text("differences.percent", figure)
                : field.endsWith("PerSecond")
                        ? messages.text("differences.per_second", figure)
                        : figure;
    }

    private static String word(String field, String text, Messages messages) {
        var stem = WORDS.get(field);
        if (stem == null || text.isEmpty()) {
            return text;
        }
        var days = DAYS.matcher(text);
        if (stem.equals(RETENTION) && days.matches()) {
            return messages.text("differences.days", Integer.valueOf(days.group(1)));
        }
        var key = stem + text.toLowerCase(Locale.ROOT);
        return messages.has(key) ? messages.text(key) : text;
    }

    /** As in: internal: EU; restricted: DE. */
    private static String byKey(String field, Map<?, ?> map, Messages messages) {
        return joined(
                "; ",
                map.entrySet().stream(),
                each ->
                        messages.text(
                                "differences.declared",
                                word(field, String.valueOf(each.getKey()), messages),
                                value("", each.getValue(), messages)));
    }

    private static <T> String joined(
            String between, Stream<T> parts, Function<? super T, String> words) {
        return parts.map(words).collect(Collectors.joining(between));
    }
}
