package com.neuralrouter.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.generators.BenchmarkProcessor;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The parts of a request's way, measured with JMH in a process of its own: prints what each takes
 * and allocates, and fails where one allocates more than it should. The times are not judged,
 * because they are the machine's as well; but for the goals that a policy's decision has, and
 * planning and limiting together.
 */
class PartsBenchmarkIT {
    private static final Path SOURCES = Path.of("..", "bench", "jmh", "src");

    /** The most that a part may allocate, in bytes. */
    private static final Map<String, Integer> MOST_BYTES =
            Map.of(
                    "parse", 7_000,
                    "checkKey", 1_000,
                    "plan", 1_200,
                    "planAndAdmit", 4_000,
                    "passChunk", 16);

    @TempDir private Path folder;

    @Test
    @Tag("long")
    void printsWhatEachPartTakesAndAllocates() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path results = folder.resolve("results.json");

        run(compiler(classes));
        run(benchmarks(classes, results));

        int judged = 0;
        for (JsonNode each : JsonMapper.shared().readTree(results.toFile())) {
            String name = each.path("benchmark").asString().replaceAll(".*\\.", "");
            double time = each.at("/primaryMetric/score").asDouble();
            double bytes = each.at("/secondaryMetrics/gc.alloc.rate.norm/score").asDouble();
            System.out.printf("measured: %s %.0f ns, %.0f bytes%n", name, time, bytes);
            if (name.equals("decide")) {
                double p99 = each.at("/primaryMetric/scorePercentiles/99.0").asDouble();
                System.out.printf("measured: %s p99 %.0f ns under 1,000 rules%n", name, p99);
                assertThat(p99).as("ns of a policy's decision, p99").isLessThan(5_000);
            }
            if (name.equals("planAndAdmit")) {
                assertThat(time).as("ns of planning and limiting a request").isLessThan(10_000);
            }
            if (MOST_BYTES.containsKey(name)) {
                judged++;
                assertThat(bytes).as("bytes of " + name).isLessThan(MOST_BYTES.get(name));
            }
        }
        assertThat(judged).isEqualTo(MOST_BYTES.size());
    }

    private static List<String> compiler(Path classes) throws IOException {
        var command = new ArrayList<String>();
        command.addAll(
                List.of(
                        jdk("javac"),
                        "-proc:full",
                        "-processor",
                        BenchmarkProcessor.class.getName(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString()));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(command::add);
        }
        return command;
    }

    private static List<String> benchmarks(Path classes, Path results) {
        return List.of(
                jdk("java"),
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                Main.class.getName(),
                "-prof",
                "gc",
                "-rf",
                "json",
                "-rff",
                results.toString());
    }

    private static String jdk(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        int code =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
        assertThat(code).as(Files.readString(output)).isZero();
    }
}
