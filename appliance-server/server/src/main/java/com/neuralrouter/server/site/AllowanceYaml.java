package com.neuralrouter.server.site;

import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.BudgetDocument.Per;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.server.yaml.YamlMapping;
import com.neuralrouter.server.yaml.YamlValue;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Limits and budgets in a site's YAML file: the same keys wherever they stand. */
final class AllowanceYaml {
    private static final Map<String, Per> PERS = SiteYaml.lowerDashed(Per.values());

    private AllowanceYaml() {}

    static @Nullable LimitsDocument limits(YamlMapping above) {
        return above.value("limits")
                .flatMap(YamlValue::mapping)
                .map(AllowanceYaml::limitsOf)
                .orElse(null);
    }

    private static LimitsDocument limitsOf(YamlMapping map) {
        map.onlyKeys(List.of("requestsPerMinute", "tokensPerMinute", "concurrentRequests"));
        return new LimitsDocument(
                number(map, "requestsPerMinute"),
                number(map, "tokensPerMinute"),
                number(map, "concurrentRequests"));
    }

    private static @Nullable Integer number(YamlMapping map, String key) {
        return map.value(key).flatMap(SiteYaml::positive).orElse(null);
    }

    /** Null if nothing is said; empty if it is said that there are none. */
    static @Nullable List<BudgetDocument> budgets(YamlMapping above) {
        Optional<YamlValue> list = above.value("budgets");
        if (list.isEmpty()) {
            return null;
        }
        var all = new ArrayList<BudgetDocument>();
        list.get()
                .items()
                .forEach(item -> item.mapping().map(AllowanceYaml::budget).ifPresent(all::add));
        return all;
    }

    private static BudgetDocument budget(YamlMapping map) {
        map.onlyKeys(List.of("name", "per", "zone", "amount", "tokens", "warnAt"));
        return new BudgetDocument(
                map.required("name").flatMap(YamlValue::text).orElse(""),
                SiteYaml.choice(map.value("per"), PERS).orElse(null),
                SiteYaml.optional(map, "zone"),
                map.value("amount").flatMap(SiteYaml::amount).orElse(null),
                map.value("tokens").flatMap(YamlValue::number).orElse(null),
                map.value("warnAt").map(AllowanceYaml::percentages).orElse(null));
    }

    private static List<Integer> percentages(YamlValue list) {
        return list.items().stream().flatMap(item -> SiteYaml.positive(item).stream()).toList();
    }

    /** As the lines below a thing's name; none where nothing is limited. */
    static List<String> lines(
            @Nullable LimitsDocument limits, @Nullable List<BudgetDocument> budgets) {
        var lines = new ArrayList<String>();
        if (limits != null && !limits.equals(LimitsDocument.NONE)) {
            lines.add("limits: {" + String.join(", ", words(limits)) + "}");
        }
        if (budgets != null && !budgets.isEmpty()) {
            lines.add("budgets:");
            budgets.forEach(budget -> lines.add("  - " + oneLine(budget)));
        }
        return lines;
    }

    static List<String> words(LimitsDocument limits) {
        var words = new ArrayList<String>();
        add(words, "requestsPerMinute", limits.requestsPerMinute());
        add(words, "tokensPerMinute", limits.tokensPerMinute());
        add(words, "concurrentRequests", limits.concurrentRequests());
        return words;
    }

    static String oneLine(BudgetDocument budget) {
        var words = new ArrayList<String>();
        words.add("name: " + SiteYamlWriter.quoted(budget.name()));
        Per per = budget.per();
        add(words, "per", per == null ? null : SiteYaml.lowerDashed(per));
        String zone = budget.zone();
        add(words, "zone", zone == null ? null : SiteYamlWriter.quoted(zone));
        var amount = budget.amount();
        add(words, "amount", amount == null ? null : amount.toPlainString());
        add(words, "tokens", budget.tokens());
        add(words, "warnAt", budget.warnAt());
        return "{" + String.join(", ", words) + "}";
    }

    private static void add(List<String> words, String key, @Nullable Object value) {
        if (value != null) {
            words.add(key + ": " + value);
        }
    }
}
