package com.neuralrouter.server.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads Prometheus' text format ("Exposition formats", version 0.0.4) as strictly as its page
 * allows: whatever is not as it says there is a failed test.
 */
public final class PrometheusText {
    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)\\})? ([^ ]+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private final Map<String, Family> families = new LinkedHashMap<>();

    /** One metric with all of its samples; of a histogram those of its parts too. */
    public record Family(String name, String type, String help, Map<Sample, Double> samples) {}

    /** What is counted or measured. */
    public record Sample(String name, Map<String, String> labels) {}

    private PrometheusText() {}

    /** Throws {@link AssertionError} at whatever is not as the format wants it. */
    public static PrometheusText parse(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line does not end");
        }
        var parsed = new PrometheusText();
        List<String> lines = text.lines().toList();
        Family current = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("# HELP ")) {
                current = parsed.begin(line, i + 1 < lines.size() ? lines.get(++i) : "");
            } else if (current == null) {
                throw new AssertionError("a sample before any family: " + line);
            } else {
                sample(line, current);
            }
        }
        parsed.families.values().forEach(PrometheusText::demandWhole);
        return parsed;
    }

    private Family begin(String help, String type) {
        String[] words = help.split(" ", 4);
        String[] types = type.split(" ", 4);
        if (words.length != 4
                || types.length != 4
                || !type.startsWith("# TYPE ")
                || !types[2].equals(words[2])
                || !List.of("counter", "gauge", "histogram").contains(types[3])) {
            throw new AssertionError("no beginning of a family: " + help + " / " + type);
        }
        var family = new Family(words[2], types[3], words[3], new LinkedHashMap<>());
        if (families.put(words[2], family) != null) {
            throw new AssertionError("told of twice: " + words[2]);
        }
        return family;
    }

    private static void sample(String line, Family of) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        String name = parts.group(1);
        boolean part =
                of.type().equals("histogram")
                        && List.of("_bucket", "_sum", "_count").stream()
                                .anyMatch(suffix -> name.equals(of.name() + suffix));
        if (!part && (of.type().equals("histogram") || !name.equals(of.name()))) {
            throw new AssertionError("not a sample of " + of.name() + ": " + line);
        }
        double value =
                parts.group(4).equals("+Inf")
                        ? Double.POSITIVE_INFINITY
                        : Double.parseDouble(parts.group(4));
        if (of.type().equals("counter") && !(value >= 0)) {
            throw new AssertionError("a counter below 0: " + line);
        }
        var sample = new Sample(name, labels(parts.group(3), line));
        if (of.samples().put(sample, value) != null) {
            throw new AssertionError("the same sample twice: " + line);
        }
    }

    private static Map<String, String> labels(String text, String line) {
        var labels = new LinkedHashMap<String, String>();
        if (text == null) {
            return labels;
        }
        Matcher label = LABEL.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!label.find(at) || label.start() != at) {
                throw new AssertionError("no labels: " + line);
            }
            if (labels.put(label.group(1), unescaped(label.group(2))) != null) {
                throw new AssertionError("a label twice: " + line);
            }
            at = label.end();
        }
        return labels;
    }

    private static String unescaped(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                found.group(1).equals("n") ? "\n" : found.group(1)));
    }

    /** Buckets rise to {@code +Inf}, which is the count; a sum is there. */
    private static void demandWhole(Family family) {
        if (!family.type().equals("histogram")) {
            return;
        }
        var buckets = new LinkedHashMap<Map<String, String>, TreeMap<Double, Double>>();
        family.samples()
                .forEach((sample, value) -> {
                    if (sample.name().endsWith("_bucket")) {
                        var others = new LinkedHashMap<>(sample.labels());
                        String bound = others.remove("le");
                        buckets.computeIfAbsent(others, _ -> new TreeMap<>())
                                .put(
                                        bound.equals("+Inf")
                                                ? Double.POSITIVE_INFINITY
                                                : Double.parseDouble(bound),
                                        value);
                    }
                });
        buckets.forEach((labels, rising) -> {
            List<Double> counts = new ArrayList<>(rising.values());
            Double all = family.samples().get(new Sample(family.name() + "_count", labels));
            if (!counts.equals(counts.stream().sorted().toList())
                    || rising.lastKey() != Double.POSITIVE_INFINITY
                    || !counts.getLast().equals(all)
                    || !family.samples().containsKey(new Sample(family.name() + "_sum", labels))) {
                throw new AssertionError(family.name() + labels + " is no histogram: " + rising);
            }
        });
    }

    /** What is told of, in the order of the text. */
    public List<String> names() {
        return List.copyOf(families.keySet());
    }

    /** The family of that name. */
    public Family family(String name) {
        Family family = families.get(name);
        if (family == null) {
            throw new AssertionError("there is no " + name + " in " + families.keySet());
        }
        return family;
    }

    /**
     * A sample's value.
     *
     * @param labels names and values by turns; all of the sample's
     */
    public double value(String name, String... labels) {
        var wanted = new LinkedHashMap<String, String>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return families.values().stream()
                .map(family -> family.samples().get(new Sample(name, wanted)))
                .filter(value -> value != null)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "there is no " + name + wanted + " among " + of(name).keySet()));
    }

    /** How many requests ended so. */
    public double requests(String outcome, String status, String stream) {
        return value(
                "neural_router_requests_total",
                "outcome",
                outcome,
                "status",
                status,
                "stream",
                stream);
    }

    private Map<Sample, Double> of(String name) {
        return families.values().stream()
                .flatMap(family -> family.samples().entrySet().stream())
                .filter(entry -> entry.getKey().name().equals(name))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What a room tells now. */
    public static PrometheusText of(Metrics room) {
        var told = new Exposition(room.families());
        room.writeTo(told);
        return parse(told.text());
    }
}
