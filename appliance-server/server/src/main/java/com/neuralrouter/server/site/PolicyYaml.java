package com.neuralrouter.server.site;

import com.neuralrouter.contract.SiteDocument.HoursDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;
import com.neuralrouter.contract.SiteDocument.WindowDocument;
import com.neuralrouter.contract.TestRequestDocument;
import com.neuralrouter.server.policy.Classification;
import com.neuralrouter.server.yaml.YamlFile;
import com.neuralrouter.server.yaml.YamlMapping;
import com.neuralrouter.server.yaml.YamlValue;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A policy as YAML, in a site's document or in a file of its own: its keys are the members of
 * {@link PolicyDocument}.
 */
public final class PolicyYaml {
    private static final List<String> RULES = members(PolicyDocument.class);
    private static final List<String> REQUEST = members(TestRequestDocument.class);
    private static final List<String> LABELS =
            Arrays.stream(Classification.values()).map(Classification::wire).toList();

    private static final TestRequestDocument NOTHING =
            new TestRequestDocument(null, "", null, null, null, null, null, null, null, null, null);

    private PolicyYaml() {}

    /**
     * Reads a file that is a policy and nothing else. Throws {@link
     * com.neuralrouter.server.yaml.YamlRefused} with all that is wrong.
     */
    public static PolicyDocument read(Path path) throws IOException {
        var file = new YamlFile(path.toString(), Files.readString(path));
        PolicyDocument policy = rules(file.top());
        file.refuseIfWrong();
        return policy;
    }

    private static List<String> members(Class<?> document) {
        return Arrays.stream(document.getRecordComponents()).map(RecordComponent::getName).toList();
    }

    static PolicyDocument rules(YamlMapping map) {
        map.onlyKeys(RULES);
        return new PolicyDocument(
                texts(map, "allowedModels"),
                texts(map, "deniedModels"),
                texts(map, "allowedProviders"),
                texts(map, "deniedProviders"),
                texts(map, "allowedOperations"),
                texts(map, "deniedOperations"),
                texts(map, "allowedJurisdictions"),
                texts(map, "allowedRegions"),
                truth(map, "noTraining"),
                text(map, "maxRetention"),
                text(map, "keepContentFor"),
                number(map, "maxInputTokens", Long.MAX_VALUE),
                small(map, "maxOutputTokens", 1),
                number(map, "maxTotalTokens", Long.MAX_VALUE),
                small(map, "maxRequestBytes", 1),
                texts(map, "allowedTools"),
                texts(map, "deniedTools"),
                truth(map, "noImages"),
                text(map, "maxClassification"),
                text(map, "leastClassification"),
                below(map, "classifiedJurisdictions", PolicyYaml::byLabel),
                below(map, "hours", PolicyYaml::hours),
                texts(map, "networks"),
                texts(map, "guardrails"),
                texts(map, "allowedShadows"),
                map.value("tests").map(PolicyYaml::tests).orElse(null));
    }

    private static Map<String, List<String>> byLabel(YamlMapping map) {
        map.onlyKeys(LABELS);
        var names = new TreeMap<String, List<String>>();
        for (String label : LABELS) {
            map.value(label).ifPresent(value -> names.put(label, texts(value)));
        }
        return names;
    }

    private static HoursDocument hours(YamlMapping map) {
        map.onlyKeys(List.of("zone", "windows"));
        return new HoursDocument(
                required(map, "zone"),
                map.required("windows").map(PolicyYaml::windows).orElse(List.of()));
    }

    private static List<WindowDocument> windows(YamlValue list) {
        return mapped(
                list,
                map -> {
                    map.onlyKeys(List.of("days", "from", "to"));
                    return new WindowDocument(
                            texts(map, "days"), required(map, "from"), required(map, "to"));
                });
    }

    private static List<PolicyTestDocument> tests(YamlValue list) {
        return mapped(
                list,
                map -> {
                    map.onlyKeys(List.of("name", "request", "expect", "rule"));
                    return new PolicyTestDocument(
                            required(map, "name"),
                            map.required("request")
                                    .flatMap(YamlValue::mapping)
                                    .map(PolicyYaml::request)
                                    .orElse(NOTHING),
                            required(map, "expect"),
                            text(map, "rule"));
                });
    }

    private static TestRequestDocument request(YamlMapping map) {
        map.onlyKeys(REQUEST);
        return new TestRequestDocument(
                text(map, "operation"),
                required(map, "model"),
                small(map, "requestBytes", 0),
                number(map, "inputTokens", Long.MAX_VALUE),
                number(map, "outputTokens", Long.MAX_VALUE),
                texts(map, "tools"),
                truth(map, "images"),
                text(map, "classification"),
                text(map, "address"),
                map.value("at").flatMap(PolicyYaml::instant).orElse(null),
                text(map, "provider"));
    }

    private static <T> List<T> mapped(YamlValue list, Function<YamlMapping, T> read) {
        var all = new ArrayList<T>();
        list.items().forEach(item -> item.mapping().map(read).ifPresent(all::add));
        return all;
    }

    private static <T> @Nullable T below(
            YamlMapping map, String key, Function<YamlMapping, T> read) {
        return map.value(key).flatMap(YamlValue::mapping).map(read).orElse(null);
    }

    private static String required(YamlMapping map, String key) {
        return map.required(key).flatMap(YamlValue::text).orElse("");
    }

    private static @Nullable String text(YamlMapping map, String key) {
        return map.value(key).flatMap(YamlValue::text).orElse(null);
    }

    private static @Nullable Boolean truth(YamlMapping map, String key) {
        return map.value(key).flatMap(YamlValue::truth).orElse(null);
    }

    private static @Nullable List<String> texts(YamlMapping map, String key) {
        return map.value(key).map(PolicyYaml::texts).orElse(null);
    }

    private static List<String> texts(YamlValue list) {
        return list.items().stream().flatMap(item -> item.text().stream()).toList();
    }

    private static @Nullable Long number(YamlMapping map, String key, long most) {
        return map.value(key).flatMap(value -> number(value, 0, most)).orElse(null);
    }

    private static @Nullable Integer small(YamlMapping map, String key, long least) {
        return map.value(key)
                .flatMap(value -> number(value, least, Integer.MAX_VALUE))
                .map(Math::toIntExact)
                .orElse(null);
    }

    private static Optional<Long> number(YamlValue value, long least, long most) {
        Optional<Long> number = value.number();
        if (number.isPresent() && (number.get() < least || number.get() > most)) {
            value.wrong("must be from " + least + " to " + most);
            return Optional.empty();
        }
        return number;
    }

    private static Optional<Instant> instant(YamlValue value) {
        Optional<String> text = value.text();
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException _) {
            value.wrong("must be a time in UTC, as in 2027-06-30T00:00:00Z");
            return Optional.empty();
        }
    }
}
