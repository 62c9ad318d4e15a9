package com.neuralrouter.server.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads of Markdown what its checks need: links, the anchors of headings, sections and code. */
final class Markdown {
    private static final Pattern LINK =
            Pattern.compile("\\]\\(<?([^()\\s<>]+)>?(?:\\s+\"[^\"]*\")?\\)|^\\[[^]]+]:\\s*(\\S+)");
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*:.*");
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern EXPLICIT = Pattern.compile("<a\\s+(?:id|name)=\"([^\"]+)\"");

    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    private Markdown() {}

    /** Those that stay in the repository, in their order. */
    static List<String> relativeLinks(String text) {
        List<String> links = new ArrayList<>();
        for (String line : proseLines(text)) {
            Matcher matcher = LINK.matcher(line.replaceAll("`[^`]*`", ""));
            while (matcher.find()) {
                String link = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                if (!SCHEME.matcher(link).matches()) {
                    links.add(link);
                }
            }
        }
        return links;
    }

    /** The anchors as GitHub makes them: lower case, hyphens, a number for the second alike. */
    static Set<String> anchors(String text) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String line : proseLines(text)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String slug = slug(heading.group(1));
                int before = seen.merge(slug, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? slug : slug + "-" + before);
            }
            Matcher explicit = EXPLICIT.matcher(line);
            while (explicit.find()) {
                anchors.add(explicit.group(1));
            }
        }
        return anchors;
    }

    /** What is shown as code, in its order: spans, and lines with those that they go on in. */
    static List<String> code(String text) {
        List<String> code = new ArrayList<>();
        boolean block = false;
        for (String line : text.replace("\\\n", "").lines().toList()) {
            if (line.strip().startsWith("```")) {
                block = !block;
            } else if (block) {
                code.add(line);
            } else {
                SPAN.matcher(line).results().map(span -> span.group(1)).forEach(code::add);
            }
        }
        return code;
    }

    /** The texts below the headings of the second level, by heading. */
    static Map<String, String> sections(String text) {
        Map<String, String> sections = new HashMap<>();
        for (String section : text.split("(?m)^## ")) {
            String[] parts = section.split("\n", 2);
            if (parts.length == 2) {
                sections.put(parts[0], parts[1]);
            }
        }
        return sections;
    }

    private static String slug(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                .replace(' ', '-');
    }

    private static List<String> proseLines(String text) {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : text.lines().toList()) {
            if (line.strip().startsWith("```")) {
                code = !code;
            } else if (!code) {
                prose.add(line);
            }
        }
        return prose;
    }
}
