package com.neuralrouter.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps the documents true where a machine can tell: links lead somewhere, tables are complete. */
class DocsTest {
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
