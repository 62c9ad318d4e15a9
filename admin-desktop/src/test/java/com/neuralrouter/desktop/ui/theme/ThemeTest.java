package com.neuralrouter.desktop.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.paint.Color;
import javafx.scene.text.Font;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The style sheet uses the themes' tokens and our fonts only, and its words can be read. */
class ThemeTest {
    private static final Path CSS =
            Path.of("src/main/resources/com/neuralrouter/desktop/ui/theme/desktop.css");
    private static final Path SOURCES = Path.of("src/main/java");

    /** WCAG 2.2, success criterion 1.4.3. */
    private static final double READABLE = 4.5;

    @Test
    void hasNoLiteralColour() throws IOException {
        assertThat(rules())
                .doesNotContainPattern("#[0-9a-fA-F]{3}")
                .doesNotContainPattern("rgba?\\(")
                .doesNotContainPattern(":\\s*(white|black|red|green|blue|grey|gray)\\b");
    }

    @Test
    void usesOnlyTokensThatBothThemesDefine() throws IOException {
        var used =
                Pattern.compile("-color-[a-z0-9-]+")
                        .matcher(rules())
                        .results()
                        .map(match -> match.group())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tokens("primer-light").keySet()).containsAll(used);
        assertThat(tokens("primer-dark").keySet()).containsAll(used);
    }

    @Test
    void namesOnlyFontsThatAreBundled() throws IOException {
        var families = new TreeSet<String>();
        for (String file :
                Set.of("Inter-Regular.otf", "Inter-SemiBold.otf", "JetBrainsMono-Regular.ttf")) {
            try (InputStream in =
                    Objects.requireNonNull(Themes.class.getResourceAsStream("fonts/" + file))) {
                families.add(Objects.requireNonNull(Font.loadFont(in, 13)).getFamily());
            }
        }

        assertThat(
                        Pattern.compile("-fx-font-family: \"([^\"]+)\"")
                                .matcher(rules())
                                .results()
                                .map(match -> match.group(1)))
                .isSubsetOf(families);
    }

    @ParameterizedTest
    @CsvSource({
        "-color-fg-default,-color-bg-default",
        "-color-fg-muted,-color-bg-default",
        "-color-fg-muted,-color-bg-subtle",
        "-color-fg-default,-color-bg-subtle",
        "-color-accent-fg,-color-bg-default",
        "-color-danger-fg,-color-bg-default"
    })
    void canBeRead(String words, String ground) throws IOException {
        for (String theme : new String[] {"primer-light", "primer-dark"}) {
            var tokens = tokens(theme);

            assertThat(
                            contrast(
                                    Color.web(tokens.getOrDefault(words, "")),
                                    Color.web(tokens.getOrDefault(ground, ""))))
                    .as("%s on %s in %s", words, ground, theme)
                    .isGreaterThanOrEqualTo(READABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"setStyle(", "Color.web(", "Color.rgb("})
    void noViewBringsAStyleOfItsOwn(String forbidden) throws IOException {
        try (var files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .noneMatch(file -> {
                        try {
                            return Files.readString(file).contains(forbidden);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
        }
    }

    private static String rules() throws IOException {
        return Files.readString(CSS).replaceAll("(?s)/\\*.*?\\*/", "");
    }

    private static Map<String, String> tokens(String theme) throws IOException {
        var path = "/atlantafx/base/theme/" + theme + ".css";
        try (InputStream in =
                Objects.requireNonNull(
                        atlantafx.base.theme.Theme.class.getResourceAsStream(path))) {
            var css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var root = css.substring(0, css.indexOf('}'));
            var tokens = new TreeMap<String, String>();
            Pattern.compile("(-color-[a-z0-9-]+):\\s*([^;]+);")
                    .matcher(root)
                    .results()
                    .forEach(match -> tokens.put(match.group(1), match.group(2).strip()));
            return tokens;
        }
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed())
                + 0.7152 * linear(color.getGreen())
                + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
