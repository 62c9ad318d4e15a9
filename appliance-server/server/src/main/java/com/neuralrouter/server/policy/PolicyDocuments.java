package com.neuralrouter.server.policy;

import com.neuralrouter.contract.SiteDocument.HoursDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.WindowDocument;
import com.neuralrouter.server.policy.PolicyRule.AllowedJurisdictions;
import com.neuralrouter.server.policy.PolicyRule.ClassifiedJurisdictions;
import com.neuralrouter.server.policy.PolicyRule.Hours;
import com.neuralrouter.server.policy.PolicyRule.KeepContent;
import com.neuralrouter.server.policy.PolicyRule.LeastClassification;
import com.neuralrouter.server.policy.PolicyRule.Limit;
import com.neuralrouter.server.policy.PolicyRule.MaxClassification;
import com.neuralrouter.server.policy.PolicyRule.MaxRetention;
import com.neuralrouter.server.policy.PolicyRule.Names;
import com.neuralrouter.server.policy.PolicyRule.Networks;
import com.neuralrouter.server.policy.PolicyRule.Without;
import com.neuralrouter.server.policy.Schedule.Window;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a policy's document says, as rules. Pure. */
public final class PolicyDocuments {
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-4]):([0-5][0-9])");
    static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int EVERY_DAY = 127;
    private static final int MOST_DAYS_KEPT = 3_650;

    private PolicyDocuments() {}

    /** Throws {@link IllegalArgumentException} for what {@link PolicyChecks} would have refused. */
    public static List<PolicyRule> rules(PolicyDocument document) {
        var rules = new ArrayList<PolicyRule>();
        names(rules, RuleKind.ALLOWED_MODELS, document.allowedModels());
        names(rules, RuleKind.DENIED_MODELS, document.deniedModels());
        names(rules, RuleKind.ALLOWED_PROVIDERS, document.allowedProviders());
        names(rules, RuleKind.DENIED_PROVIDERS, document.deniedProviders());
        names(rules, RuleKind.ALLOWED_OPERATIONS, document.allowedOperations());
        names(rules, RuleKind.DENIED_OPERATIONS, document.deniedOperations());
        names(rules, RuleKind.ALLOWED_REGIONS, document.allowedRegions());
        names(rules, RuleKind.ALLOWED_TOOLS, document.allowedTools());
        names(rules, RuleKind.DENIED_TOOLS, document.deniedTools());
        names(rules, RuleKind.GUARDRAILS, document.guardrails());
        names(rules, RuleKind.ALLOWED_SHADOWS, document.allowedShadows());
        limit(rules, RuleKind.MAX_INPUT_TOKENS, document.maxInputTokens());
        limit(rules, RuleKind.MAX_OUTPUT_TOKENS, document.maxOutputTokens());
        limit(rules, RuleKind.MAX_TOTAL_TOKENS, document.maxTotalTokens());
        limit(rules, RuleKind.MAX_REQUEST_BYTES, document.maxRequestBytes());
        without(rules, RuleKind.NO_TRAINING, document.noTraining());
        without(rules, RuleKind.NO_IMAGES, document.noImages());
        aboutData(rules, document);
        HoursDocument hours = document.hours();
        if (hours != null) {
            rules.add(new Hours(Set.of(schedule(hours))));
        }
        List<String> networks = document.networks();
        if (networks != null) {
            rules.add(
                    new Networks(
                            networks.stream()
                                    .map(Network::of)
                                    .collect(Collectors.toUnmodifiableSet())));
        }
        return List.copyOf(rules);
    }

    private static void aboutData(List<PolicyRule> rules, PolicyDocument document) {
        if (document.maxRetention() != null) {
            rules.add(new MaxRetention(Retention.of(document.maxRetention())));
        }
        if (document.keepContentFor() != null) {
            rules.add(new KeepContent(kept(document.keepContentFor())));
        }
        if (document.maxClassification() != null) {
            rules.add(new MaxClassification(Classification.of(document.maxClassification())));
        }
        if (document.leastClassification() != null) {
            rules.add(new LeastClassification(Classification.of(document.leastClassification())));
        }
        List<String> jurisdictions = document.allowedJurisdictions();
        if (jurisdictions != null) {
            rules.add(AllowedJurisdictions.of(Set.copyOf(jurisdictions)));
        }
        Map<String, List<String>> classified = document.classifiedJurisdictions();
        if (classified != null && !classified.isEmpty()) {
            var reach = new EnumMap<Classification, Set<String>>(Classification.class);
            classified.forEach(
                    (label, names) -> reach.put(Classification.of(label), Set.copyOf(names)));
            rules.add(ClassifiedJurisdictions.of(reach));
        }
    }

    /** Throws {@link IllegalArgumentException} for what is no number of days. */
    static Retention kept(String text) {
        Retention kept = Retention.of(text);
        if (kept.wholeDays() < 1 || kept.wholeDays() > MOST_DAYS_KEPT) {
            throw new IllegalArgumentException(
                    "must be days as in 30d, at most " + MOST_DAYS_KEPT + "d");
        }
        return kept;
    }

    private static void names(List<PolicyRule> rules, RuleKind kind, @Nullable List<String> names) {
        if (names != null) {
            rules.add(new Names(kind, Set.copyOf(names)));
        }
    }

    private static void limit(List<PolicyRule> rules, RuleKind kind, @Nullable Number most) {
        if (most != null) {
            rules.add(new Limit(kind, most.longValue()));
        }
    }

    private static void without(List<PolicyRule> rules, RuleKind kind, @Nullable Boolean wanted) {
        if (wanted != null && wanted) {
            rules.add(new Without(kind));
        }
    }

    static Schedule schedule(HoursDocument hours) {
        ZoneId zone;
        try {
            zone = ZoneId.of(hours.zone());
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("zone must be a time zone as in Europe/Berlin");
        }
        var windows = new HashSet<Window>();
        hours.windows().forEach(window -> windows.add(window(window)));
        return new Schedule(zone, windows);
    }

    private static Window window(WindowDocument window) {
        int days = window.days() == null ? EVERY_DAY : 0;
        for (String day : window.days() == null ? List.<String>of() : window.days()) {
            int index = DAYS.indexOf(day);
            if (index < 0) {
                throw new IllegalArgumentException("days must be of " + String.join(", ", DAYS));
            }
            days |= 1 << index;
        }
        int from = minute(window.from());
        int to = minute(window.to());
        if (days == 0 || from >= to) {
            throw new IllegalArgumentException(
                    "a window must have a day, and end after it begins; one over midnight is two");
        }
        return new Window(days, from, to);
    }

    private static int minute(String time) {
        Matcher parts = TIME.matcher(time);
        int minute =
                parts.matches()
                        ? Integer.parseInt(parts.group(1)) * 60 + Integer.parseInt(parts.group(2))
                        : Integer.MAX_VALUE;
        if (minute > Schedule.MINUTES_OF_DAY) {
            throw new IllegalArgumentException("times must be as in 08:00, at the latest 24:00");
        }
        return minute;
    }

    /** SHA-256 of {@link PolicyText#canonical}, hex: equal for documents that say the same. */
    public static String hash(PolicyDocument document) {
        return Hashes.hex(PolicyText.canonical(document));
    }
}
