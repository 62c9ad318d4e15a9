package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class MainTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"init", "serve", "enroll", "apply", "export", "doctor", "ask"})
    void everyCommandsHelpTeaches(String name) {
        var command = new Command();

        assertThat(command.run(name, "--help")).isZero();

        assertThat(command.out())
                .contains("Usage: neural-router " + name)
                .contains("--site=DIR")
                .contains("Example:")
                .contains("  neural-router " + name)
                .contains("What happens next:");
    }

    @Test
    void listsTheCommandsAndTheExitCodes() {
        var command = new Command();

        assertThat(command.run("--help")).isZero();

        assertThat(command.out())
                .contains("init", "serve", "enroll", "apply", "export", "doctor", "certs")
                .contains("Exit codes: 0 done");
    }

    @Test
    void tellsItsVersion() {
        var command = new Command();

        assertThat(command.run("--version")).isZero();

        assertThat(command.out()).startsWith("neural-router ").contains("Java 25");
    }

    @Test
    void refusesWhatThereIsNotWithExitCode2() {
        assertThat(new Command().run()).isEqualTo(2);
        assertThat(new Command().run("destroy")).isEqualTo(2);
        assertThat(new Command().run("doctor", "--sight", "x")).isEqualTo(2);
        assertThat(new Command().run("enroll", "--site", folder, "--name", "a", "--role", "king"))
                .isEqualTo(2);
    }

    @Test
    void asksForTheSiteInOneSentence() {
        var command = new Command();

        assertThat(command.run("doctor")).isEqualTo(2);

        assertThat(command.err()).startsWith("neural-router: Name the site's folder with --site");
    }

    @Test
    void tellsAMissingFolderFromAForeignOne() throws IOException {
        Path missing = folder.resolve("missing");
        var forMissing = new Command();
        assertThat(forMissing.run("export", "--site", missing)).isEqualTo(1);
        assertThat(forMissing.err())
                .startsWith("neural-router: There is no folder " + missing)
                .contains("neural-router init")
                .hasLineCount(1);

        Files.writeString(folder.resolve("letter.txt"), "not ours");
        var forForeign = new Command();
        assertThat(forForeign.run("export", "--site", folder)).isEqualTo(1);
        assertThat(forForeign.err())
                .startsWith("neural-router: " + folder + " is not a site's folder")
                .hasLineCount(1);
    }

    @Test
    void takesTheSiteFromTheEnvironment() {
        var command = new Command().with("NEURAL_ROUTER_SITE", folder.toString());

        assertThat(command.run("export")).isEqualTo(1);

        assertThat(command.err()).contains(folder + " is not a site's folder");
    }

    @Test
    void aWrongConfigurationIsToldWithItsLines() throws IOException {
        Files.writeString(folder.resolve("appliance.yaml"), "nam: x\nshutdown-grace: soon\n");
        var command = new Command();

        assertThat(command.run("export", "--site", folder)).isEqualTo(1);

        assertThat(command.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("appliance.yaml:1:1: unknown key 'nam'"),
                        line -> assertThat(line).contains("appliance.yaml:2:17: shutdown-grace"));
    }

    @Test
    void thatNoServerRunsHasItsOwnExitCode() throws IOException {
        Files.writeString(folder.resolve("appliance.yaml"), "name: x\n");
        var command = new Command();

        assertThat(command.run("export", "--site", folder)).isEqualTo(3);

        assertThat(command.err()).contains("No server runs on " + folder).hasLineCount(1);
    }
}
