package com.neuralrouter.server.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.tlog.CanonicalJson;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A policy's document as text, in the one form that documents which say the same have: RFC 8785,
 * lists of names sorted and without doubles, nothing where there is no rule. Safe for all threads.
 */
public final class PolicyText {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private PolicyText() {}

    public static byte[] canonical(PolicyDocument document) {
        return CanonicalJson.write(members(document));
    }

    /** The rules by their names, as the canonical form has them. */
    static Map<String, Object> members(PolicyDocument document) {
        var members = new TreeMap<String, Object>();
        Map<?, ?> written = JSON.convertValue(document, Map.class);
        written.forEach((name, value) -> members.put((String) name, sorted(value)));
        return members;
    }

    /** As it is kept: the canonical form as text. */
    public static String write(PolicyDocument document) {
        return new String(canonical(document), StandardCharsets.UTF_8);
    }

    public static PolicyDocument read(String text) {
        return JSON.readValue(text, PolicyDocument.class);
    }

    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, Object>();
                map.forEach((name, each) -> sorted.put((String) name, sorted(each)));
                yield sorted;
            }
            case List<?> list when list.stream().allMatch(String.class::isInstance) -> {
                var names = new TreeSet<String>();
                list.forEach(name -> names.add((String) name));
                yield List.copyOf(names);
            }
            case List<?> list -> list.stream().map(PolicyText::sorted).toList();
            default -> value;
        };
    }
}
