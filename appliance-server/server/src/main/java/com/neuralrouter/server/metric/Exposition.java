package com.neuralrouter.server.metric;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers in Prometheus' text format ("Exposition formats", version 0.0.4): each family once, with
 * its help, its type and its samples together. For one answer and one thread.
 */
public final class Exposition {
    private static final double EXACT = 1L << 53;

    private final Map<String, StringBuilder> samples = new LinkedHashMap<>();
    private final Map<String, MetricFamily> families = new LinkedHashMap<>();

    /**
     * @param families those that are told of, with samples or without, in this order
     */
    public Exposition(Collection<MetricFamily> families) {
        families.forEach(family -> {
            this.families.put(family.name(), family);
            samples.put(family.name(), new StringBuilder());
        });
    }

    /**
     * Adds a sample.
     *
     * @param labels the values of the family's labels, in their order
     */
    public void add(MetricFamily family, double value, String... labels) {
        sample(family, "", List.of(labels), "", value);
    }

    /** Adds a histogram; labels as above. */
    public void add(MetricFamily family, Histogram histogram, String... labels) {
        Histogram.Counted counted = histogram.counted();
        List<String> values = List.of(labels);
        for (int i = 0; i < family.bounds().size(); i++) {
            String bound = number(family.bounds().get(i));
            sample(family, "_bucket", values, bound, counted.upTo().get(i));
        }
        long all = counted.upTo().getLast();
        sample(family, "_bucket", values, "+Inf", all);
        sample(family, "_sum", values, "", counted.seconds());
        sample(family, "_count", values, "", all);
    }

    private void sample(
            MetricFamily family, String suffix, List<String> values, String bound, double value) {
        StringBuilder to = samples.get(family.name());
        if (to == null || values.size() != family.labels().size()) {
            throw new IllegalStateException(
                    family.name() + " with " + values.size() + " labels is not told of here");
        }
        to.append(family.name()).append(suffix);
        var labels = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            label(labels, family.labels().get(i), values.get(i));
        }
        if (!bound.isEmpty()) {
            label(labels, "le", bound);
        }
        if (!labels.isEmpty()) {
            to.append('{').append(labels).append('}');
        }
        to.append(' ').append(number(value)).append('\n');
    }

    private static void label(StringBuilder to, String name, String value) {
        to.append(to.isEmpty() ? "" : ",")
                .append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"');
    }

    private static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    /** All that was told. */
    public String text() {
        var text = new StringBuilder();
        families.forEach((name, family) ->
                text.append("# HELP ")
                        .append(name)
                        .append(' ')
                        .append(family.help())
                        .append("\n# TYPE ")
                        .append(name)
                        .append(' ')
                        .append(family.kind().word())
                        .append('\n')
                        .append(samples.get(name)));
        return text.toString();
    }
}
