package com.neuralrouter.desktop.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;

/** Every language has every word, every word is used, and no word is written into a view. */
class MessagesTest {
    private static final Path BUNDLES = Path.of("src/main/resources/com/neuralrouter/desktop/i18n");

    /** What looks like a key in the sources and is a file's name. */
    private static final Set<String> FILES =
            Set.of("settings.properties", "witness.key", "witness.vkey");

    private static final Path SOURCES = Path.of("src/main/java/com/neuralrouter/desktop");

    @ParameterizedTest
    @MethodSource("bundles")
    void hasTheSameKeysInBothLanguages(String bundle) throws IOException {
        assertThat(keys(bundle + "_de")).isEqualTo(keys(bundle));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void beginsEveryKeyWithItsBundle(String bundle) throws IOException {
        assertThat(keys(bundle)).allMatch(key -> key.startsWith(bundle + "."));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void usesTheSameValuesInBothLanguages(String bundle) throws IOException {
        var english = read(bundle);
        var german = read(bundle + "_de");
        for (String key : english.stringPropertyNames()) {
            assertThat(values(german.getProperty(key)))
                    .as(key)
                    .isEqualTo(values(english.getProperty(key)));
            // A pattern with a single apostrophe shows its braces to the user.
            assertThat(new MessageFormat(english.getProperty(key)).format(args()))
                    .as(key)
                    .doesNotContain("{");
        }
    }

    @Test
    void hasNoWordThatNothingUses() throws IOException {
        var code = sources();
        var unused = new TreeSet<String>();
        for (String bundle : bundles().toList()) {
            for (String key : keys(bundle)) {
                if (!used(key, code)) {
                    unused.add(key);
                }
            }
        }

        assertThat(unused).isEmpty();
    }

    @Test
    void hasEveryWordThatIsAskedFor() throws IOException {
        var missing = missing(new UsedKeys(bundleNames()).in(files()));

        missing.keySet().removeAll(FILES);
        assertThat(missing).isEmpty();
    }

    /** The test above would be worth nothing if it looked past the ways in which keys are used. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "void m() { context.text(\"audit.nowhere\"); }",
                "void m() { context.text(some ? \"audit.title\" : \"audit.nowhere\"); }",
                "void m() { context.text(\"audit.nowhere.\" + kind); }",
                "void m() { say(text(\"nowhere\", 1)); }",
                "void m() { Supplier<String> s = () -> text(\"nowhere.\" + lower(kind)); }",
                "void m() { notices.success(\"audit.nowhere\", name); }",
                "void m() { form.checked(\"name\", \"audit.nowhere\", input, problem); }",
                "Optional<String> m() { return Optional.of(\"audit.nowhere\"); }",
                "Object m() { return new UiCommand(\"audit.id\", \"audit.nowhere\", x, y, z); }"
            })
    void noticesAWordThatNobodyWrote(String method) throws IOException {
        var view =
                "import javafx.scene.Node; class V { "
                        + method
                        + " String text(String k, Object... v)"
                        + " { return context.text(\"audit.\" + k, v); } }";

        assertThat(missing(new UsedKeys(bundleNames()).in(List.of(source(view)))).keySet())
                .isNotEmpty()
                .allMatch(key -> key.startsWith("audit.nowhere"));
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void hasASentenceAndAdviceForEveryProblem(ProblemCode code) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            var text =
                    TroubleText.of(
                            FakeAdminClient.problem(code, "what was wrong"), new Messages(locale));
            assertThat(text.sentence()).isNotBlank();
            assertThat(text.advice()).isNotBlank();
            assertThat(text.details()).contains(code.wire()).contains("beef");
        }
    }

    @Test
    void hasASentenceForEveryTroubleOfItsOwn() {
        var messages = new Messages(Locale.GERMAN);
        assertThat(
                        Stream.of(
                                        new Trouble.Unreachable("hq:1", "r"),
                                        new Trouble.TimedOut("hq:1", 30),
                                        new Trouble.CertificateRefused("hq:1", "r"),
                                        new Trouble.ServerNotTrusted("hq:1", "r"),
                                        new Trouble.ServerNameMismatch("hq:1", "r"),
                                        new Trouble.NotUnderstood("hq:1", "r"),
                                        new Trouble.Cancelled(),
                                        new Trouble.ChangesStopped(),
                                        new Trouble.Defect("r"))
                                .map(trouble -> TroubleText.of(trouble, messages).sentence()))
                .doesNotHaveDuplicates()
                .allMatch(sentence -> sentence.endsWith("."));
    }

    @Test
    void tellsTimesAsPeopleDo() {
        var formats = new Formats(new Messages(Locale.ENGLISH), ZoneOffset.UTC);
        assertThat(formats.ago(Samples.NOW.minusSeconds(3), Samples.NOW)).isEqualTo("just now");
        assertThat(formats.ago(Samples.NOW.minusSeconds(70), Samples.NOW)).isEqualTo("1 min ago");
        assertThat(formats.ago(Samples.NOW.minus(Duration.ofHours(1)), Samples.NOW))
                .isEqualTo("1 hour ago");
        assertThat(formats.ago(Samples.NOW.minus(Duration.ofDays(3)), Samples.NOW))
                .isEqualTo("3 days ago");
        assertThat(formats.ahead(Samples.NOW.plusSeconds(30), Samples.NOW)).isEqualTo("now");
        assertThat(formats.ahead(Samples.NOW.plus(Duration.ofMinutes(90)), Samples.NOW))
                .isEqualTo("in 1 hour");
        assertThat(formats.ahead(Samples.NOW.plus(Duration.ofDays(3)), Samples.NOW))
                .isEqualTo("in 3 days");
        assertThat(formats.money(1_234_500_000, "EUR")).isEqualTo("1,234.50 EUR");
        assertThat(formats.money(4_120, "EUR")).isEqualTo("0.0041 EUR");
        assertThat(formats.latency(1_500)).isEqualTo("1.5 ms");
        assertThat(formats.latency(84_300)).isEqualTo("84 ms");
        assertThat(formats.latency(12_340_000)).isEqualTo("12.3 s");
        assertThat(formats.utc(Samples.NOW)).isEqualTo("2026-11-23 14:05:00 UTC");
    }

    private static Map<String, String> missing(Map<String, String> asked) throws IOException {
        var missing = new TreeMap<String, String>();
        for (var each : asked.entrySet()) {
            var key = each.getKey();
            var bundle = key.substring(0, Math.max(0, key.indexOf('.')));
            var known = bundleNames().contains(bundle) ? keys(bundle) : Set.<String>of();
            boolean open = key.contains(UsedKeys.OPEN);
            var stem = open ? key.substring(0, key.indexOf(UsedKeys.OPEN)) : key;
            if (open
                    ? known.stream().noneMatch(one -> one.startsWith(stem))
                    : !known.contains(key)) {
                missing.put(key, each.getValue());
            }
        }
        return missing;
    }

    private static Set<String> bundleNames() throws IOException {
        return bundles().collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JavaFileObject> files() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> source(file.getFileName().toString(), text(file)))
                    .toList();
        }
    }

    private static JavaFileObject source(String text) {
        return source("V.java", text);
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name), Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean lenient) {
                return text;
            }
        };
    }

    static Stream<String> bundles() throws IOException {
        try (var files = Files.list(BUNDLES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".properties") && !name.contains("_"))
                    .map(name -> name.substring(0, name.length() - ".properties".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** As a whole, or as the end of one that a view puts its own prefix before. */
    private static boolean used(String key, String code) {
        var rest = key.substring(key.indexOf('.') + 1);
        if (code.contains("\"" + key + "\"") || code.contains("\"" + rest + "\"")) {
            return true;
        }
        if (key.endsWith(".hint")) {
            return used(key.substring(0, key.length() - ".hint".length()), code);
        }
        // Put together from a constant's name: the part before its last dot is in the code.
        var parts = key.split("\\.");
        var stem = key.substring(0, key.length() - parts[parts.length - 1].length());
        var restStem = stem.substring(stem.indexOf('.') + 1);
        return code.contains("\"" + stem + "\"")
                || (!restStem.isEmpty() && code.contains("\"" + restStem + "\""))
                || key.endsWith(".advice")
                || key.endsWith(".text")
                || key.startsWith("trouble.");
    }

    private static String sources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(MessagesTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static Set<String> keys(String bundle) throws IOException {
        return new TreeSet<>(read(bundle).stringPropertyNames());
    }

    private static Properties read(String bundle) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text(BUNDLES.resolve(bundle + ".properties"))));
        return properties;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<String> values(String pattern) {
        return Pattern.compile("\\{(\\d)")
                .matcher(pattern)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Object[] args() {
        return new Object[] {3, 3, 3, 3};
    }
}
