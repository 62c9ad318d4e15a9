package com.neuralrouter.desktop.policies;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy as text, to be read and written by people: JSON with the rules' names as in site.yaml. A
 * rule that is misspelt or stands twice is refused here already, because a policy that silently
 * lacks a rule is worse than none.
 */
final class PolicyText {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .changeDefaultPropertyInclusion(_ ->
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .build();

    /** What stands for a rule that is added, to be changed. */
    private static final Map<String, String> EXAMPLES = examples();

    private PolicyText() {}

    /** What was made of a text. */
    sealed interface Read {
        /** A policy; one without rules is {@link PolicyDocument#NONE}. */
        record Policy(PolicyDocument policy) implements Read {}

        /** None, with where it went wrong. */
        record Wrong(int line, String problem) implements Read {}
    }

    static String write(PolicyDocument policy) {
        return JSON.writeValueAsString(policy);
    }

    static Read read(String text) {
        try {
            PolicyDocument policy =
                    JSON.readValue(text.isBlank() ? "{}" : text, PolicyDocument.class);
            return policy == null ? new Read.Wrong(1, "null") : new Read.Policy(policy);
        } catch (JacksonException e) {
            var at = e.getLocation();
            return new Read.Wrong(at == null ? 1 : Math.max(1, at.getLineNr()), plain(e));
        }
    }

    /** The rules that can be added, by name. */
    static List<String> rules() {
        return List.copyOf(EXAMPLES.keySet());
    }

    /** The text with an example of that rule, where it has none yet and can be read. */
    static String with(String text, String rule) {
        try {
            JsonNode tree = JSON.readTree(text.isBlank() ? "{}" : text);
            if (tree instanceof ObjectNode policy && !policy.has(rule)) {
                policy.set(rule, JSON.readTree(EXAMPLES.get(rule)));
                return JSON.writeValueAsString(policy);
            }
            return text;
        } catch (JacksonException notYetWhole) {
            return text;
        }
    }

    /** One rule, with what it says in the document's own form. */
    record Rule(String name, Object value) {}

    /** The rules that there are, in the order of the contract; not the tests. */
    static List<Rule> rulesOf(PolicyDocument policy) {
        var rules = new ArrayList<Rule>();
        JSON.valueToTree(policy)
                .properties()
                .forEach(each -> {
                    if (!each.getKey().equals("tests")) {
                        rules.add(
                                new Rule(
                                        each.getKey(),
                                        JSON.treeToValue(each.getValue(), Object.class)));
                    }
                });
        return List.copyOf(rules);
    }

    /** The first line of what the reader says, without its own names for types. */
    private static String plain(JacksonException e) {
        var message = e.getOriginalMessage();
        return message.lines().findFirst().orElse("").replaceAll(" \\(class [^)]*\\)", "");
    }

    private static Map<String, String> examples() {
        var all = new LinkedHashMap<String, String>();
        all.put("allowedModels", "[\"bank-general\"]");
        all.put("deniedModels", "[\"bank-code\"]");
        all.put("allowedProviders", "[\"gpu-hall-a\"]");
        all.put("deniedProviders", "[\"eu-hosted\"]");
        all.put("allowedShadows", "[\"gpu-hall-b\"]");
        all.put("allowedOperations", "[\"chat_completions\"]");
        all.put("deniedOperations", "[\"images\"]");
        all.put("allowedJurisdictions", "[\"on-prem\", \"DE\"]");
        all.put("allowedRegions", "[\"eu-central-1\"]");
        all.put("noTraining", "true");
        all.put("maxRetention", "\"zero\"");
        all.put("keepContentFor", "\"30d\"");
        all.put("maxInputTokens", "32000");
        all.put("maxOutputTokens", "4000");
        all.put("maxTotalTokens", "36000");
        all.put("maxRequestBytes", "1000000");
        all.put("allowedTools", "[\"search\"]");
        all.put("deniedTools", "[\"shell\"]");
        all.put("noImages", "true");
        all.put("maxClassification", "\"internal\"");
        all.put("leastClassification", "\"internal\"");
        all.put("networks", "[\"10.0.0.0/8\"]");
        return all;
    }
}
