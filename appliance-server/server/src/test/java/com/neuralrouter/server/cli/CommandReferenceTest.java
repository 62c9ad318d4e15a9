package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.architecture.Repository;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The reference of the command is what the command says of itself. */
class CommandReferenceTest {
    private static final int WIDTH = 80;
    private static final String BELOW =
            "<!-- From here on it is generated from the commands; a test compares the two. -->\n";

    @Test
    void theReferenceHasTheHelpOfEveryCommand() throws IOException {
        Path file = Repository.find().resolve("docs/reference/cli.md");
        String written = Files.readString(file);
        assertThat(written).contains(BELOW);
        String byHand = written.substring(0, written.indexOf(BELOW) + BELOW.length());
        String expected = byHand + helpOf(new Command().line());
        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, expected);
        }

        assertThat(file)
                .as("generated from the commands; -Dgolden.update writes it anew")
                .content()
                .isEqualTo(expected);
    }

    /** What is copied into a terminal must not have been broken in two. */
    @Test
    void examplesFitIntoALine() {
        assertThat(examples(new Command().line()))
                .hasSizeGreaterThan(40)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDTH));
    }

    private static Stream<String> examples(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec().usageMessage().footer())
                        .filter(line -> line.startsWith("  ")),
                below(command).flatMap(CommandReferenceTest::examples));
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream().distinct();
    }

    /** A command's help, and that of those below it. */
    private static String helpOf(CommandLine command) {
        var all = new StringBuilder();
        String name = command.getCommandSpec().qualifiedName();
        if (command.getParent() != null) {
            all.append("\n## ").append(name.substring(name.indexOf(' ') + 1)).append('\n');
        }
        all.append("\n```\n")
                .append(
                        command.getUsageMessage(Ansi.OFF)
                                .replace(System.lineSeparator(), "\n")
                                .strip())
                .append("\n```\n");
        below(command).forEach(one -> all.append(helpOf(one)));
        return all.toString();
    }
}
