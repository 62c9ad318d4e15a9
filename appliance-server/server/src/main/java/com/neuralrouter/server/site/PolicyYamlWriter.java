package com.neuralrouter.server.site;

import com.neuralrouter.contract.SiteDocument.HoursDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;
import com.neuralrouter.contract.SiteDocument.WindowDocument;
import com.neuralrouter.contract.TestRequestDocument;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Writes a policy as the lines of YAML that {@link PolicyYaml} reads. */
public final class PolicyYamlWriter {
    private final List<String> lines = new ArrayList<>();

    private PolicyYamlWriter() {}

    /** The lines, without anything before them; none if there is no rule. */
    public static List<String> lines(PolicyDocument policy) {
        var writer = new PolicyYamlWriter();
        writer.names(policy);
        writer.numbers(policy);
        writer.data(policy);
        writer.origin(policy);
        List<PolicyTestDocument> tests = policy.tests();
        if (tests != null) {
            writer.tests(tests);
        }
        return List.copyOf(writer.lines);
    }

    private void names(PolicyDocument policy) {
        texts("allowedModels", policy.allowedModels());
        texts("deniedModels", policy.deniedModels());
        texts("allowedProviders", policy.allowedProviders());
        texts("deniedProviders", policy.deniedProviders());
        texts("allowedOperations", policy.allowedOperations());
        texts("deniedOperations", policy.deniedOperations());
        texts("allowedJurisdictions", policy.allowedJurisdictions());
        texts("allowedRegions", policy.allowedRegions());
        texts("allowedTools", policy.allowedTools());
        texts("deniedTools", policy.deniedTools());
        texts("guardrails", policy.guardrails());
        texts("allowedShadows", policy.allowedShadows());
    }

    private void numbers(PolicyDocument policy) {
        plain("maxInputTokens", policy.maxInputTokens());
        plain("maxOutputTokens", policy.maxOutputTokens());
        plain("maxTotalTokens", policy.maxTotalTokens());
        plain("maxRequestBytes", policy.maxRequestBytes());
    }

    private void data(PolicyDocument policy) {
        plain("noTraining", policy.noTraining());
        plain("noImages", policy.noImages());
        text("maxRetention", policy.maxRetention());
        text("keepContentFor", policy.keepContentFor());
        text("maxClassification", policy.maxClassification());
        text("leastClassification", policy.leastClassification());
        Map<String, List<String>> classified = policy.classifiedJurisdictions();
        if (classified != null) {
            lines.add(
                    classified.isEmpty()
                            ? "classifiedJurisdictions: {}"
                            : "classifiedJurisdictions:");
            classified.forEach((label, names) -> lines.add("  " + label + ": " + list(names)));
        }
    }

    private void origin(PolicyDocument policy) {
        texts("networks", policy.networks());
        HoursDocument hours = policy.hours();
        if (hours == null) {
            return;
        }
        lines.add("hours:");
        lines.add("  zone: " + quoted(hours.zone()));
        lines.add(hours.windows().isEmpty() ? "  windows: []" : "  windows:");
        for (WindowDocument window : hours.windows()) {
            var parts = new StringJoiner(", ", "    - {", "}");
            if (window.days() != null) {
                parts.add("days: " + list(window.days()));
            }
            parts.add("from: " + quoted(window.from())).add("to: " + quoted(window.to()));
            lines.add(parts.toString());
        }
    }

    private void tests(List<PolicyTestDocument> tests) {
        lines.add(tests.isEmpty() ? "tests: []" : "tests:");
        for (PolicyTestDocument test : tests) {
            lines.add("  - name: " + quoted(test.name()));
            lines.add("    request: " + request(test.request()));
            lines.add("    expect: " + test.expect());
            if (test.rule() != null) {
                lines.add("    rule: " + quoted(test.rule()));
            }
        }
    }

    private static String request(TestRequestDocument request) {
        var parts = new StringJoiner(", ", "{", "}");
        add(parts, "operation", request.operation());
        add(parts, "model", request.model());
        addPlain(parts, "requestBytes", request.requestBytes());
        addPlain(parts, "inputTokens", request.inputTokens());
        addPlain(parts, "outputTokens", request.outputTokens());
        if (request.tools() != null) {
            parts.add("tools: " + list(request.tools()));
        }
        addPlain(parts, "images", request.images());
        add(parts, "classification", request.classification());
        add(parts, "address", request.address());
        add(parts, "at", request.at() == null ? null : request.at().toString());
        add(parts, "provider", request.provider());
        return parts.toString();
    }

    private static void add(StringJoiner parts, String key, @Nullable String value) {
        if (value != null) {
            parts.add(key + ": " + quoted(value));
        }
    }

    private static void addPlain(StringJoiner parts, String key, @Nullable Object value) {
        if (value != null) {
            parts.add(key + ": " + value);
        }
    }

    private void texts(String key, @Nullable List<String> values) {
        if (values != null) {
            lines.add(key + ": " + list(values));
        }
    }

    private void text(String key, @Nullable String value) {
        if (value != null) {
            lines.add(key + ": " + quoted(value));
        }
    }

    private void plain(String key, @Nullable Object value) {
        if (value != null) {
            lines.add(key + ": " + value);
        }
    }

    private static String list(List<String> values) {
        var list = new StringJoiner(", ", "[", "]");
        values.forEach(value -> list.add(quoted(value)));
        return list.toString();
    }

    private static String quoted(String value) {
        return SiteYamlWriter.quoted(value);
    }
}
