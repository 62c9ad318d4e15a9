package com.neuralrouter.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the documents true where a machine can tell: links lead somewhere, tables are complete. */
class DocsTest {
    private static final String SERVER =
            "appliance-server/server/src/main/java/com/neuralrouter/server";
    private static final String CONTRACT =
            "appliance-server/contract/src/main/java/com/neuralrouter/contract/";
    private static final Pattern PAGE =
            Pattern.compile(
                    "docs/(tutorials|how-to|reference|explanation|contributing)/[^/]+[.]md");
    private static final Pattern FOR_WHOM = Pattern.compile("^# .+\\n(\\n<!--.*-->\\n)?\\n[*]For ");
    private static final Pattern ROOM = Pattern.compile("(?m)^[|] `([a-z]+)` [|]");
    private static final Pattern OPERATION =
            Pattern.compile("<tr><td>((?:GET|POST|DELETE) [^?<( ]+)");
    private static final Pattern OPERATION_ROW =
            Pattern.compile("(?m)^[|] `((?:GET|POST|DELETE) [^?` ]+)");
    private static final Pattern CALL =
            Pattern.compile("\\s*(?:\\w*[$] )?(?:installer/bin/)?neural-router ([a-z].*)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--[a-z][a-z-]*)");

    private final Repository repository = Repository.find();

    @Test
    void everyRelativeLinkLeadsToAFileAndAnchorThatExist() {
        List<String> dead = new ArrayList<>();
        for (Path file : repository.markdownFiles()) {
            for (String link : Markdown.relativeLinks(Repository.read(file))) {
                if (!leadsSomewhere(file, link)) {
                    dead.add(repository.name(file) + " -> " + link);
                }
            }
        }

        assertThat(dead).as("links that lead nowhere").isEmpty();
    }

    @Test
    void theReferenceOfProblemCodesIsComplete() throws IOException {
        Path file = repository.resolve("docs/reference/problem-codes.md");
        String expected = problemCodes();
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }

        assertThat(file)
                .as("generated from ProblemCode; -Dgolden.update writes it anew")
                .content()
                .isEqualTo(expected);
    }

    @Test
    void everyPageIsInTheIndexOfTheDocuments() {
        Path index = repository.resolve("docs/README.md");
        List<String> listed =
                Markdown.relativeLinks(Repository.read(index)).stream()
                        .map(link -> repository.name(index.resolveSibling(link).normalize()))
                        .toList();

        assertThat(listed).as("links of " + repository.name(index)).containsAll(pages());
    }

    @Test
    void everyPageSaysForWhomItIs() {
        List<String> silent =
                pages().stream().filter(page -> !FOR_WHOM.matcher(text(page)).find()).toList();

        assertThat(silent).as("pages without '*For …*' below their title").isEmpty();
    }

    @Test
    void everyRoomIsOnThePageOfTheArchitecture() throws IOException {
        List<String> rooms;
        try (var folders = Files.list(repository.resolve(SERVER))) {
            rooms = folders.filter(Files::isDirectory).map(DocsTest::last).sorted().toList();
        }

        assertThat(found(ROOM, text("docs/explanation/architecture.md")))
                .as("rooms with a row of their own")
                .containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void everyAdminOperationIsInItsReference() {
        String contract = text(CONTRACT + "AdminApi.java");

        assertThat(found(OPERATION_ROW, text("docs/reference/admin-api.md")))
                .as("operations, without their queries")
                .containsExactlyInAnyOrderElementsOf(found(OPERATION, contract));
    }

    @Test
    void everyKeyOfASitesDocumentIsInItsReference() {
        JsonNode schema = JsonMapper.shared().readTree(text("docs/reference/site.schema.json"));
        var keys = new TreeSet<String>();
        schema.findValues("properties")
                .forEach(properties -> keys.addAll(properties.propertyNames()));
        String page = text("docs/reference/site-document.md");

        assertThat(keys)
                .as("keys of the schema that the page does not name")
                .allMatch(key -> page.matches("(?s).*\\b" + key + "\\b.*"));
    }

    /** The reference of the command is made from the commands, which another test sees to. */
    @Test
    void everyCommandThatAPageShowsExistsWithItsOptions() {
        Map<String, String> commands = Markdown.sections(text("docs/reference/cli.md"));
        List<String> wrong = new ArrayList<>();
        for (Path file : repository.markdownFiles()) {
            for (String shown : Markdown.code(Repository.read(file))) {
                Matcher call = CALL.matcher(shown);
                if (call.matches() && !isThere(commands, call.group(1))) {
                    wrong.add(repository.name(file) + ": " + shown.strip());
                }
            }
        }

        assertThat(wrong).as("commands or options that there are not").isEmpty();
    }

    @Test
    void readsLinksAndAnchorsAsMarkdownMeansThem() {
        String text =
                """
                # The house, its *rooms*
                See [a](docs/a.md#b), [b](https://example.org/x) and ![c](pictures/c.png "C").
                ```
                [not](a-link.md)
                ```
                Nor `[this](one.md)`.
                ## Why?
                ## Why?
                [d]: docs/d.md
                """;

        assertThat(Markdown.relativeLinks(text))
                .containsExactly("docs/a.md#b", "pictures/c.png", "docs/d.md");
        assertThat(Markdown.anchors(text))
                .containsExactlyInAnyOrder("the-house-its-rooms", "why", "why-1");
    }

    @Test
    void readsCodeAndSectionsAsMarkdownMeansThem() {
        String text =
                """
                Say `one two` and `three`.
                ```sh
                four \\
                  five
                ```
                ## A
                a
                ## B
                b
                """;

        assertThat(Markdown.code(text)).containsExactly("one two", "three", "four   five");
        assertThat(Markdown.sections(text)).containsAllEntriesOf(Map.of("A", "a\n", "B", "b\n"));
    }

    /** What readers look things up in, apart from the records of decisions. */
    private List<String> pages() {
        return repository.markdownFiles().stream()
                .map(repository::name)
                .filter(PAGE.asMatchPredicate())
                .toList();
    }

    private String text(String name) {
        return Repository.read(repository.resolve(name));
    }

    private static String last(Path path) {
        return path.getFileName().toString();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(one -> one.group(1)).distinct().toList();
    }

    /** Whether a command line names a command, with options that its help has. */
    private static boolean isThere(Map<String, String> commands, String line) {
        String[] words = line.split("[ |]+", 3);
        String two = words.length > 1 ? words[0] + " " + words[1] : words[0];
        String help = commands.getOrDefault(two, commands.get(words[0]));
        return help != null
                && OPTION.matcher(line)
                        .results()
                        .allMatch(option -> help.contains(option.group(1)));
    }

    private boolean leadsSomewhere(Path from, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1
                || !target.toString().endsWith(".md")
                || Markdown.anchors(Repository.read(target)).contains(parts[1]);
    }

    private static String problemCodes() {
        StringBuilder text =
                new StringBuilder(
                        """
                        # Problem codes

                        *For developers of apps and of tools.*

                        Every way in which the appliance refuses or fails. The admin API sends the \
                        code in `code` of an `application/problem+json` body; the inference API \
                        sends it in the error object of the API that the app speaks. Both send the \
                        request's id in `x-request-id`: name it when you ask for help.

                        *Try again* says whether the same request may succeed later.

                        | code | HTTP status | try again | meaning |
                        | --- | --- | --- | --- |
                        """);
        for (ProblemCode code : ProblemCode.values()) {
            text.append("| `%s` | ".formatted(code.wire()))
                    .append("%d | %s | ".formatted(code.status(), code.retryable() ? "yes" : "no"))
                    .append("%s |\n".formatted(code.title()));
        }
        return text.append(
                        """

                        This page is generated from `ProblemCode`; a test compares the two.
                        """)
                .toString();
    }
}
