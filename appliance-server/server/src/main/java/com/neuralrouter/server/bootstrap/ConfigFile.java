package com.neuralrouter.server.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the commented {@code appliance.yaml} that {@code init} leaves in a new site, and the
 * reference page on it, both from {@link ConfigKeys}.
 */
public final class ConfigFile {
    private static final int WIDTH = 88;

    private ConfigFile() {}

    /**
     * The file with every key, its comment and its value.
     *
     * @param values by path, for those that are not to be the default, as they are to be written;
     *     throws {@link IllegalArgumentException} for a path that there is not
     */
    public static String text(Map<String, String> values) {
        for (String path : values.keySet()) {
            if (ConfigKeys.ALL.stream().noneMatch(key -> key.path().equals(path))) {
                throw new IllegalArgumentException("there is no configuration key " + path);
            }
        }
        var text = new StringBuilder();
        comment(
                text,
                "",
                "How this appliance runs. It is read once, at start: restart the appliance after a"
                        + " change, and let 'neural-router doctor' look at it before. What is"
                        + " edited while it runs (workspaces, keys, providers, routes) is not here"
                        + " but in 'neural-router apply' and in the desktop. A key that is left"
                        + " out has its default; an unknown key is refused.");
        String section = "";
        for (ConfigKey key : ConfigKeys.ALL) {
            text.append('\n');
            enter(text, section, key.section());
            section = key.section();
            String indent = indent(key.path());
            comment(text, indent, key.about());
            comment(text, indent, key.range() + "; default " + key.standard());
            String value = values.getOrDefault(key.path(), key.standard());
            text.append(indent).append(key.name()).append(": ");
            text.append(scalar(key, value)).append('\n');
        }
        return text.toString();
    }

    /** The reference page, {@code docs/reference/configuration.md}. */
    public static String reference() {
        var page = new StringBuilder();
        page.append(
                """
                # Configuration: appliance.yaml

                <!-- Made from ConfigKeys.java by ConfigFileTest: mvn test -Dgolden.update -->

                *For operators.*

                How the box runs: `SITE/appliance.yaml`, written with every key and its comment by
                `neural-router init`, read once when `neural-router serve` starts. An unknown key, a
                key that is there twice or a value outside its range keeps the appliance from
                starting; all that is wrong is told at once, each with its line. A key that is left
                out has its default. Sizes are written as `20MiB`, durations as `30s`.
                """);
        String section = "-";
        for (ConfigKey key : ConfigKeys.ALL) {
            if (!key.section().equals(section)) {
                section = key.section();
                page.append(heading(section));
            }
            page.append(
                    "| `%s` | %s | %s | `%s` |%n"
                            .formatted(key.path(), key.about(), key.range(), key.standard()));
        }
        return page.toString().replace(System.lineSeparator(), "\n");
    }

    private static String heading(String section) {
        String title = section.isEmpty() ? "On top" : "`" + section + "`";
        String about = ConfigSections.ALL.getOrDefault(section, "");
        return "\n## "
                + title
                + "\n\n"
                + (about.isEmpty() ? "" : about + "\n\n")
                + "| key | what it does | range | default |\n|---|---|---|---|\n";
    }

    private static void enter(StringBuilder text, String from, String to) {
        String path = "";
        for (String name : to.isEmpty() ? new String[0] : to.split("\\.")) {
            path = path.isEmpty() ? name : path + "." + name;
            boolean inside = from.equals(path) || from.startsWith(path + ".");
            if (!inside) {
                String indent = indent(path);
                comment(text, indent, ConfigSections.ALL.getOrDefault(path, ""));
                text.append(indent).append(name).append(":\n");
            }
        }
    }

    private static String indent(String path) {
        return "  ".repeat((int) path.chars().filter(c -> c == '.').count());
    }

    private static String scalar(ConfigKey key, String value) {
        return switch (key.form()) {
            case TEXT, ADDRESS -> "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case NUMBER, SIZE, DURATION -> value;
        };
    }

    private static void comment(StringBuilder text, String indent, String sentences) {
        for (String line : wrapped(sentences, WIDTH - indent.length())) {
            text.append(indent).append("# ").append(line).append('\n');
        }
    }

    private static List<String> wrapped(String sentences, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : sentences.split(" ")) {
            if (line.length() + word.length() >= width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
