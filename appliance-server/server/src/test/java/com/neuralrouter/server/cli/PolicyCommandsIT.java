package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code policy} and {@code approvals} with a whole appliance that runs. */
class PolicyCommandsIT {
    private static final String SITE =
            """
            apiVersion: neural-router/v1
            workspaces:
              - name: research
                apiKeys:
                  - name: batch
                    policy:
                      maxOutputTokens: 5
            """;

    @TempDir private static Path folder;
    private static CommandedSite site;

    @BeforeAll
    static void start() throws IOException {
        site = CommandedSite.start(folder, SITE);
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
    }

    @Test
    void setsShowsComparesAndGoesBack() throws IOException {
        Path ten = file("ten.yaml", "maxOutputTokens: 10\n");
        Path twenty = file("twenty.yaml", "maxOutputTokens: 20\nallowedModels: [llama]\n");

        assertThat(run("policy", "set", "--file", ten, "--note", "first"))
                .contains("Version 1 is in force");
        run("policy", "set", "--file", twenty);

        assertThat(run("policy", "diff", "1", "2"))
                .contains("allowedModels: none → [llama]", "maxOutputTokens: 10 → 20");
        assertThat(run("policy", "show", "--number", "1")).contains("maxOutputTokens: 10");
        assertThat(run("policy", "rollback", "--to", "1", "--note", "back"))
                .contains("Version 3 is in force; it says what version 1 said.");
        assertThat(run("policy", "show")).contains("# version 3", "maxOutputTokens: 10");
        assertThat(run("policy", "history").lines())
                .hasSize(3)
                .first()
                .asString()
                .contains("(in force)", "back to 1", "operator");
        assertThat(run("policy", "simulate", "--number", "2", "--days", "1"))
                .contains("change   maxOutputTokens: 10 → 20", "replay   0 requests");
    }

    @Test
    void aKeysPolicyOfTheSitesFileIsAVersionToo() {
        assertThat(run("policy", "show", "--workspace", "research", "--key", "batch"))
                .contains("# version 1", "maxOutputTokens: 5");
        assertThat(run("policy", "set", "--workspace", "research", "--key", "batch", "--none"))
                .contains("Version 2");
        assertThat(run("export")).doesNotContain("maxOutputTokens: 5");
    }

    @Test
    void refusesAPolicyThatFailsItsOwnTest() throws IOException {
        Path failing =
                file(
                        "failing.yaml",
                        """
                        allowedModels: [llama]
                        tests:
                          - name: gpt is there
                            request: {model: gpt}
                            expect: permit
                        """);

        var tested = new Command();
        assertThat(tested.run("policy", "test", "--site", site.root(), "--file", failing))
                .isEqualTo(1);
        assertThat(tested.out()).contains("FAILS   site / gpt is there");
        var set = new Command();
        assertThat(set.run("policy", "set", "--site", site.root(), "--file", failing)).isEqualTo(1);
        assertThat(set.err()).contains("gpt is there");
    }

    @Test
    void guardsNothingThatNobodyElseCouldApprove() {
        var rules = new Command();
        assertThat(rules.run("approvals", "rules", "--site", site.root(), "--require", "policy"))
                .isEqualTo(1);

        assertThat(rules.err()).contains("Fewer than two people");
        assertThat(run("approvals", "rules")).contains("Nothing needs a second person.");
        assertThat(run("approvals", "list")).contains("Nothing waits for an approval.");
        assertThat(run("approvals", "list", "--all")).contains("Nothing was proposed yet.");
        assertThat(run("policy", "history", "--workspace", "research"))
                .contains("There is no policy yet.");
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String run(Object... arguments) {
        return site.run(arguments);
    }
}
