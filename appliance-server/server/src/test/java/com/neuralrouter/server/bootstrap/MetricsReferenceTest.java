package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.architecture.Repository;
import com.neuralrouter.server.metric.MetricFamily;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The reference of the metrics is what the rooms say of them; MetricsIT sees them answered. */
class MetricsReferenceTest {
    private static final String BELOW =
            "<!-- From here on it is generated from the code; a test compares the two. -->\n";

    @Test
    void theReferenceHasEveryFamily() throws IOException {
        Path file = Repository.find().resolve("docs/reference/metrics.md");
        String written = Files.readString(file);
        assertThat(written).contains(BELOW);
        String byHand = written.substring(0, written.indexOf(BELOW) + BELOW.length());
        String expected = byHand + table() + buckets();
        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, expected);
        }

        assertThat(file)
                .as("generated from the code; -Dgolden.update writes it anew")
                .content()
                .isEqualTo(expected);
    }

    @Test
    void noNameIsUsedTwice() {
        assertThat(MetricsRoom.FAMILIES).extracting(MetricFamily::name).doesNotHaveDuplicates();
    }

    private static String table() {
        return MetricsRoom.FAMILIES.stream()
                .map(family ->
                        "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        family.name(),
                                        family.kind().word(),
                                        family.labels().stream()
                                                .map(label -> "`" + label + "`")
                                                .collect(Collectors.joining(", ")),
                                        family.help()))
                .collect(
                        Collectors.joining(
                                "",
                                "\n"
                                        + "## Families\n\n"
                                        + "| Name | Type | Labels | What |\n"
                                        + "|---|---|---|---|\n",
                                ""));
    }

    private static String buckets() {
        return MetricsRoom.FAMILIES.stream()
                .filter(family -> family.kind() == MetricFamily.Kind.HISTOGRAM)
                .map(family ->
                        "| `%s` | %s |\n"
                                .formatted(
                                        family.name(),
                                        family.bounds().stream()
                                                .map(MetricsReferenceTest::number)
                                                .collect(Collectors.joining(", "))))
                .collect(
                        Collectors.joining(
                                "",
                                "\n"
                                        + "## Buckets\n\n"
                                        + "| Histogram | Up to, in seconds, and `+Inf` |\n"
                                        + "|---|---|\n",
                                ""));
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
