package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

class ApplyCommandTest {
    private static final String PLAN = "POST /admin/v1/site/plan?prune=false";
    private static final String APPLY = "POST /admin/v1/site/apply?prune=false";
    private static final String CHANGES =
            """
            {"changes":[
              {"action":"CREATE","kind":"workspace","name":"demo","differences":[]},
              {"action":"UPDATE","kind":"provider","name":"gpu","differences":["secret"]},
              {"action":"CREATE","kind":"api key","name":"demo / app","differences":[]},
              {"action":"KEEP","kind":"route","name":"old","differences":[]}]}
            """;
    private static final String APPLIED =
            """
            {"plan":%s,"createdKeys":[{"secret":"nr_made_once","key":{
              "id":"01900000-0000-7000-8000-000000000001",
              "workspaceId":"01900000-0000-7000-8000-000000000002",
              "name":"app","prefix":"nr_made","lastFour":"once","state":"ACTIVE",
              "createdAt":"2026-11-23T10:00:00Z"}}]}
            """
                    .formatted(CHANGES);

    @TempDir private static Path site;
    private static FakeAppliance appliance;

    @TempDir private Path folder;
    private Path file;

    /** One for all tests: making a certificate authority takes a second. */
    @BeforeAll
    static void start() throws Exception {
        appliance = new FakeAppliance(site);
    }

    @AfterAll
    static void stop() throws IOException {
        appliance.close();
    }

    @BeforeEach
    void answerAsUsual() throws IOException {
        file = Files.writeString(folder.resolve("site.yaml"), "apiVersion: neural-router/v1\n");
        appliance.forget().answers(PLAN, 200, CHANGES).answers(APPLY, 200, APPLIED);
    }

    @Test
    void showsTheDifferenceAsksAndShowsCreatedKeysOnce() {
        var command = new Command().answering("y");

        assertThat(command.run("apply", "--site", site, "-f", file)).isZero();

        assertThat(command.questions()).containsExactly("Make these 3 changes? [y/N] ");
        assertThat(command.out().lines())
                .containsExactly(
                        "+ workspace demo",
                        "~ provider gpu",
                        "    secret",
                        "+ api key demo / app",
                        "= route old (not in the file; kept)",
                        "3 changes made.",
                        "Created API keys; they are shown this once:",
                        "  demo / app  nr_made_once");
    }

    @Test
    void changesNothingWithoutAYes() {
        var command = new Command().answering("no");

        assertThat(command.run("apply", "--site", site, "-f", file)).isEqualTo(1);

        assertThat(command.out()).endsWith("Nothing was changed." + System.lineSeparator());
        assertThat(appliance.requests()).hasSize(1);
    }

    @Test
    void refusesWhenNobodyIsThereToAsk() {
        var command = new Command();

        assertThat(command.run("apply", "--site", site, "-f", file)).isEqualTo(1);

        assertThat(command.err()).contains("--dry-run", "--yes").hasLineCount(1);
        assertThat(appliance.requests()).hasSize(1);
    }

    @Test
    void aDryRunOnlyShows() {
        var command = new Command();

        assertThat(command.run("apply", "--site", site, "-f", file, "--dry-run")).isZero();

        assertThat(command.out()).contains("3 changes; nothing was changed (--dry-run).");
        assertThat(appliance.requests()).hasSize(1);
    }

    @Test
    void saysThatNothingIsToBeDone() {
        appliance.answers(PLAN, 200, "{\"changes\":[]}");
        var command = new Command();

        assertThat(command.run("apply", "--site", site, "-f", file)).isZero();

        assertThat(command.out()).contains("nothing to change");
    }

    @Test
    void writesKeysToAFileThatOnlyItsOwnerMayReadInsteadOfShowingThem() throws IOException {
        Path keys = folder.resolve("keys.json");
        var command = new Command();

        int exit = command.run("apply", "--site", site, "-f", file, "--yes", "--keys-to", keys);

        assertThat(exit).isZero();
        assertThat(keys)
                .content()
                .contains("\"workspace\":\"demo\"", "\"name\":\"app\"", "\"key\":\"nr_made_once\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
        assertThat(command.out()).doesNotContain("nr_made_once");
    }

    @Test
    void neverOverwritesAFileOfKeysAndChangesNothingThen() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys.json"), "older keys");
        var command = new Command();

        int exit = command.run("apply", "--site", site, "-f", file, "--yes", "--keys-to", keys);

        assertThat(exit).isEqualTo(1);
        assertThat(keys).hasContent("older keys");
        assertThat(appliance.requests()).hasSize(1);
    }

    @Test
    void tellsWhatTheApplianceFoundWrongAtItsLine() throws IOException {
        Files.writeString(
                file,
                "apiVersion: neural-router/v1\nproviders:\n  - name: BAD\n    kind: loopback\n");
        appliance.answers(
                PLAN,
                400,
                """
                {"type":"t","title":"t","status":400,"detail":"d","code":"invalid_field",
                 "requestId":"r","fieldErrors":[
                   {"field":"providers[0].name","message":"must be lower case"}]}
                """);
        var command = new Command();

        assertThat(command.run("apply", "--site", site, "-f", file)).isEqualTo(1);

        assertThat(command.err())
                .isEqualToIgnoringNewLines(file + ":3:11: providers[0].name: must be lower case");
    }

    @Test
    void tellsARefusalWithItsCodeAndRequestId() {
        appliance.answers(
                PLAN,
                403,
                """
                {"type":"t","title":"t","status":403,"detail":"Your role does not allow this.",
                 "code":"permission_missing","requestId":"r-1","fieldErrors":[]}
                """);
        var command = new Command();

        assertThat(command.run("apply", "--site", site, "-f", file)).isEqualTo(1);

        assertThat(command.err())
                .contains("Your role does not allow this.", "permission_missing", "r-1");
    }

    @Test
    void sendsSecretsThatTheFileOnlyNames() throws IOException {
        Files.writeString(
                file,
                """
                apiVersion: neural-router/v1
                workspaces: [{name: w, credentials: [{provider: p, secret: {env: KEY}}]}]
                """);
        var command = new Command().with("KEY", "sk-from-env");

        assertThat(command.run("apply", "--site", site, "-f", file, "--dry-run")).isZero();

        assertThat(appliance.requests().getFirst()).contains("\"secret\":\"sk-from-env\"");
        assertThat(command.out() + command.err()).doesNotContain("sk-from-env");
    }

    @Test
    void aServerWithAnotherRootIsNotTrusted() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (var foreign = new FakeAppliance(other)) {
            foreign.answers(PLAN, 200, CHANGES);
            Files.copy(
                    site.resolve("certs/root.pem"),
                    other.resolve("certs/root.pem"),
                    StandardCopyOption.REPLACE_EXISTING);
            var command = new Command();

            assertThat(command.run("apply", "--site", other, "-f", file)).isEqualTo(3);

            assertThat(command.err()).contains("TLS handshake").hasLineCount(1);
            assertThat(foreign.requests()).isEmpty();
        }
    }
}
