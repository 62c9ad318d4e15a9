package com.neuralrouter.server.policy;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.SiteDocument.HoursDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;
import com.neuralrouter.contract.TestRequestDocument;
import com.neuralrouter.server.detect.Detector;
import com.neuralrouter.server.detect.DetectorCatalogue;
import com.neuralrouter.server.detect.ShippedDetectors;
import com.neuralrouter.server.policy.Policy.Level;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds what is wrong with a policy's document by itself; whether its names name something is for
 * the site to know. Tells all of it at once.
 */
public final class PolicyChecks {
    private static final DetectorCatalogue SHIPPED = ShippedDetectors.catalogue();
    private static final int NAMES = 1_000;
    private static final int NAME = 200;
    private static final int TESTS = 500;

    private final List<FieldError> errors = new ArrayList<>();
    private final String path;

    private PolicyChecks(String path) {
        this.path = path;
    }

    /**
     * What is wrong; empty if the document can be a policy.
     *
     * @param path of the document, as in {@code workspaces[1].policy}
     */
    public static List<FieldError> errors(String path, PolicyDocument document) {
        var checks = new PolicyChecks(path);
        checks.names(document);
        checks.limits(document);
        checks.data(document);
        checks.origin(document);
        List<PolicyTestDocument> tests = document.tests();
        if (tests != null) {
            checks.tests(tests);
        }
        return List.copyOf(checks.errors);
    }

    /**
     * The same, and whether it can be the policy of that level.
     *
     * @param path as in {@link #errors(String, PolicyDocument)}
     */
    public static List<FieldError> errors(Level level, String path, PolicyDocument document) {
        List<FieldError> errors = errors(path, document);
        if (document.keepContentFor() == null || level == Level.WORKSPACE) {
            return errors;
        }
        var all = new ArrayList<>(errors);
        all.add(
                new FieldError(
                        path + ".keepContentFor",
                        "is a workspace's to want; maxRetention bounds it at every level"));
        return List.copyOf(all);
    }

    private void names(PolicyDocument document) {
        labels("allowedModels", document.allowedModels());
        labels("deniedModels", document.deniedModels());
        labels("allowedProviders", document.allowedProviders());
        labels("deniedProviders", document.deniedProviders());
        labels("allowedRegions", document.allowedRegions());
        labels("allowedTools", document.allowedTools());
        labels("deniedTools", document.deniedTools());
        labels("guardrails", document.guardrails());
        labels("allowedShadows", document.allowedShadows());
        each("guardrails", document.guardrails(), PolicyChecks::demandGuardrail);
        each("allowedOperations", document.allowedOperations(), PolicyChecks::demandOperation);
        each("deniedOperations", document.deniedOperations(), PolicyChecks::demandOperation);
    }

    private void limits(PolicyDocument document) {
        positive("maxInputTokens", document.maxInputTokens());
        positive("maxOutputTokens", document.maxOutputTokens());
        positive("maxTotalTokens", document.maxTotalTokens());
        positive("maxRequestBytes", document.maxRequestBytes());
    }

    private void data(PolicyDocument document) {
        each("allowedJurisdictions", document.allowedJurisdictions(), Jurisdictions::demand);
        one("maxRetention", document.maxRetention(), Retention::of);
        one("keepContentFor", document.keepContentFor(), PolicyDocuments::kept);
        one("maxClassification", document.maxClassification(), Classification::of);
        one("leastClassification", document.leastClassification(), Classification::of);
        Map<String, List<String>> classified = document.classifiedJurisdictions();
        if (classified != null) {
            classified.forEach((label, names) -> {
                one("classifiedJurisdictions." + label, label, Classification::of);
                each("classifiedJurisdictions." + label, names, Jurisdictions::demand);
            });
        }
    }

    private void origin(PolicyDocument document) {
        each("networks", document.networks(), Network::of);
        HoursDocument hours = document.hours();
        if (hours != null) {
            check("hours", () -> PolicyDocuments.schedule(hours));
        }
    }

    private void tests(List<PolicyTestDocument> tests) {
        if (tests.size() > TESTS) {
            wrong("tests", "must be at most " + TESTS);
        }
        Set<String> rules =
                Arrays.stream(RuleKind.values()).map(RuleKind::id).collect(Collectors.toSet());
        var seen = new HashSet<String>();
        for (int i = 0; i < tests.size(); i++) {
            PolicyTestDocument test = tests.get(i);
            String at = "tests[" + i + "].";
            one(at + "name", test.name(), PolicyChecks::demandLabel);
            if (!seen.add(test.name())) {
                wrong(at + "name", "is there twice; keep one");
            }
            if (!"permit".equals(test.expect()) && !"refuse".equals(test.expect())) {
                wrong(at + "expect", "must be permit or refuse");
            }
            if (test.rule() != null && !rules.contains(test.rule())) {
                wrong(at + "rule", "is not the name of a rule");
            }
            request(at + "request.", test.request());
        }
    }

    private void request(String at, @Nullable TestRequestDocument request) {
        if (request == null) {
            wrong(at + "model", "is missing");
            return;
        }
        one(
                at + "model",
                request.model() == null ? "" : request.model(),
                PolicyChecks::demandLabel);
        one(at + "operation", request.operation(), PolicyChecks::demandOperation);
        one(at + "classification", request.classification(), Classification::of);
        one(at + "address", request.address(), InetAddress::ofLiteral);
        notNegative(at + "requestBytes", request.requestBytes());
        notNegative(at + "inputTokens", request.inputTokens());
        notNegative(at + "outputTokens", request.outputTokens());
        labels(at + "tools", request.tools());
    }

    private void labels(String field, @Nullable List<String> names) {
        each(field, names, PolicyChecks::demandLabel);
    }

    private static void demandOperation(String name) {
        if (Arrays.stream(Operation.values()).noneMatch(each -> each.wire().equals(name))) {
            throw new IllegalArgumentException(
                    Arrays.stream(Operation.values())
                            .map(Operation::wire)
                            .collect(Collectors.joining(", ", "must be one of ", "")));
        }
    }

    private static void demandGuardrail(String written) {
        GuardrailName name = GuardrailName.of(written);
        switch (name.kind()) {
            case SHIPPED -> {
                if (SHIPPED.named(name.what()).isEmpty()) {
                    throw new IllegalArgumentException(
                            "names no detector and no group; docs/reference/guardrails.md lists"
                                    + " them");
                }
            }
            case PATTERN -> Detector.ofSite(name.what(), name.definition());
            case CHAT_MODEL, MODERATION_MODEL, SCHEMA, REQUEST_TEXT, ANSWER_TEXT -> {}
        }
    }

    private static void demandLabel(String name) {
        if (name.isBlank()
                || name.length() > NAME
                || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "must be 1 to " + NAME + " characters without control characters");
        }
    }

    private void each(String field, @Nullable List<String> values, Consumer<String> demand) {
        if (values == null) {
            return;
        }
        if (values.size() > NAMES) {
            wrong(field, "must be at most " + NAMES + " names");
        }
        for (int i = 0; i < values.size(); i++) {
            one(field + "[" + i + "]", values.get(i), demand);
        }
    }

    private void one(String field, @Nullable String value, Consumer<String> demand) {
        if (value != null) {
            check(field, () -> demand.accept(value));
        }
    }

    private void check(String field, Runnable demand) {
        try {
            demand.run();
        } catch (IllegalArgumentException wrong) {
            wrong(field, String.valueOf(wrong.getMessage()));
        }
    }

    private void positive(String field, @Nullable Number value) {
        if (value != null && value.longValue() < 1) {
            wrong(field, "must be at least 1");
        }
    }

    private void notNegative(String field, @Nullable Number value) {
        if (value != null && value.longValue() < 0) {
            wrong(field, "must not be negative");
        }
    }

    private void wrong(String field, String message) {
        errors.add(new FieldError(path + "." + field, message));
    }
}
