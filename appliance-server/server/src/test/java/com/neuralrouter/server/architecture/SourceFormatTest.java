package com.neuralrouter.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps every Java file of the repository as google-java-format (AOSP style) writes it, so that a
 * diff shows what changed and nobody discusses blanks. {@code -Dformat.update} rewrites the files
 * instead of failing.
 */
class SourceFormatTest {
    private final Repository repository = Repository.find();
    private final Formatter formatter =
            new Formatter(
                    JavaFormatterOptions.builder()
                            .style(JavaFormatterOptions.Style.AOSP)
                            .formatJavadoc(true)
                            .build());

    @Test
    void everyJavaFileIsFormatted() throws IOException {
        List<String> others = new ArrayList<>();
        for (Path file : repository.javaFiles()) {
            String source = Repository.read(file);
            String formatted = format(file, source);
            if (!formatted.equals(source) && System.getProperty("format.update") != null) {
                Files.writeString(file, formatted);
            } else if (!formatted.equals(source)) {
                others.add(repository.name(file));
            }
        }

        assertThat(others)
                .as(
                        "files that google-java-format would write differently; format them with"
                            + " mvn test -pl appliance-server/server -am -Dtest=SourceFormatTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dformat.update")
                .isEmpty();
    }

    @Test
    void noticesAFileThatIsNotFormatted() {
        String source = "class A{ int b ; }";

        assertThat(format(Path.of("A.java"), source)).isEqualTo("class A {\n    int b;\n}\n");
    }

    /** Twice, because the formatter indents a string that it has just broken anew the next time. */
    private String format(Path file, String source) {
        String once = formatOnce(file, source);
        return once.equals(source) ? once : formatOnce(file, once);
    }

    private String formatOnce(Path file, String source) {
        try {
            return formatter.formatSourceAndFixImports(source);
        } catch (FormatterException e) {
            throw new AssertionError(file + " cannot be read as Java: " + e.getMessage(), e);
        }
    }
}
