package com.neuralrouter.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.Jazzer;
import com.neuralrouter.server.provider.bedrock.AmazonEventsFuzz;
import com.neuralrouter.server.provider.bedrock.EventStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Coverage-guided fuzzing with Jazzer of what reads bytes from outside: for a minute in all, and
 * for half an hour in the long profile. Each target runs in a process of its own; what it found is
 * printed, as Base64.
 */
class FuzzIT {
    private static final int SEED = 20_261_129;
    private static final long ENOUGH = 100;
    private static final int LINES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @Test
    void findsNothingInAMinute() throws Exception {
        fuzzAll(Duration.ofMinutes(1));
    }

    @Test
    @Tag("long")
    void findsNothingInHalfAnHour() throws Exception {
        fuzzAll(Duration.ofMinutes(30));
    }

    private void fuzzAll(Duration inAll) throws Exception {
        Duration each = inAll.dividedBy(6);
        fuzz(RequestFuzz.class, each, requests());
        fuzz(FormFuzz.class, each, forms());
        fuzz(EventsFuzz.class, each, List.of(bytes(": hi\n\nevent: a\r\ndata: {}\r\n\r\ndata")));
        fuzz(LinesFuzz.class, each, List.of(bytes("{\"a\":1}\n\r\n{\"b\":2}")));
        fuzz(AmazonEventsFuzz.class, each, List.of(new EventStream().event("a", "{}").bytes()));
        fuzz(KeyFuzz.class, each, List.of(bytes("nr_0123456789_" + "A".repeat(43) + "_000000")));
    }

    /** A small one of each operation, and each format's own with all that it can say. */
    private static List<byte[]> requests() throws IOException {
        var requests = new ArrayList<byte[]>();
        for (int dialect = 0; dialect < RequestFuzz.DIALECTS.size(); dialect++) {
            String body =
                    "{\"model\":\"m\",\"stream\":true,\"max_tokens\":9,\"input\":\"i\",\"prompt\":"
                            + "\"p\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
                            + "\"text\",\"text\":\"\\u00e4\"}]}],\"tools\":[]}";
            requests.add(bytes((char) dialect + body));
            requests.add(bytes((char) dialect + body.replace("\"stream\":true,", "")));
            String path = RequestFuzz.DIALECTS.get(dialect).path();
            String whole = "/fuzz" + path.substring(path.lastIndexOf('/')) + ".json";
            try (InputStream json = FuzzIT.class.getResourceAsStream(whole)) {
                if (json != null) {
                    requests.add(bytes((char) dialect + new String(json.readAllBytes(), UTF_8)));
                }
            }
        }
        return requests;
    }

    private static List<byte[]> forms() {
        String field = "--b\r\ncontent-disposition: form-data; name=\"";
        String file = field + "file\"; filename=\"a\"\r\ncontent-type: audio/x\r\n\r\nRI-FF\r\n";
        String model = field + "model\"\r\n\r\nm\r\n";
        return List.of(
                bytes(model + file + "--b--\r\n"),
                bytes(file + field + "stream\"\r\n\r\ntrue\r\n" + model + "--b--"),
                bytes(
                        field
                                + "include[]\"\r\ncontent-length: 1\r\n\r\nx\r\n"
                                + model
                                + file
                                + "--b--"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private void fuzz(Class<?> target, Duration time, List<byte[]> seeds) throws Exception {
        Path corpus = Files.createDirectories(folder.resolve(target.getSimpleName()));
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed" + i), seeds.get(i));
        }
        if (runs(target, time, corpus) < ENOUGH) {
            assertThat(runs(target, PATIENCE, corpus)).as("runs").isGreaterThan(ENOUGH);
        }
    }

    /** How often it ran; on a machine that is busy the start alone can take all the time. */
    private long runs(Class<?> target, Duration time, Path corpus) throws Exception {
        Path printed = folder.resolve(target.getSimpleName() + ".txt");
        int code = run(command(target, time, corpus), printed);

        String output = Files.readString(printed);
        String done =
                output.lines()
                        .filter(line -> line.startsWith("Done "))
                        .findFirst()
                        .orElse("not done");
        System.out.println("fuzz, seed " + SEED + ", " + target.getSimpleName() + ": " + done);
        assertThat(code).as(finding(output)).isZero();
        assertThat(done).as(finding(output)).matches("Done \\d+ runs in .*");
        return Long.parseLong(done.split(" ")[1]);
    }

    /** The input first, then what went wrong with it; the last lines if it says neither. */
    private static String finding(String output) {
        List<String> lines = output.lines().toList();
        var said = new ArrayList<String>();
        lines.stream().filter(line -> line.startsWith("Base64: ")).forEach(said::add);
        lines.stream()
                .dropWhile(line -> !line.contains("== Java ") && !line.contains("== ERROR"))
                .limit(LINES)
                .forEach(said::add);
        return String.join(
                "\n",
                said.isEmpty()
                        ? lines.subList(Math.max(0, lines.size() - LINES), lines.size())
                        : said);
    }

    private static int run(List<String> command, Path output)
            throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start()
                .waitFor();
    }

    /**
     * The heap is what limits its memory, and a heap that overflows is found. A limit of
     * libFuzzer's would count the memory of the tests' own process too: the peak that Linux keeps
     * of a process begins with that of the one that started it.
     */
    private List<String> command(Class<?> target, Duration time, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Jazzer.class.getName(),
                "--target_class=" + target.getName(),
                "--instrumentation_includes=com.neuralrouter.server.**:tools.jackson.core.json.**",
                "--reproducer_path=" + folder,
                corpus.toString(),
                "-seed=" + SEED,
                "-max_total_time=" + time.toSeconds(),
                "-rss_limit_mb=0",
                "-artifact_prefix=" + folder + File.separator);
    }
}
