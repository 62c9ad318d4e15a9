package com.neuralrouter.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** {@code limits} and {@code budgets} with a whole appliance that runs. */
class LimitsCommandsIT {
    private static final String SITE =
            """
            apiVersion: neural-router/v1
            providers:
              - {name: loopback, kind: loopback}
            workspaces:
              - name: research
                policy: {maxOutputTokens: 5}
                budgets:
                  - {name: monthly, per: month, amount: 2.50, tokens: 1000}
                apiKeys:
                  - name: batch
                    policy: {maxOutputTokens: 4}
              - name: other
                limits: {requestsPerMinute: 7}
            routes:
              - name: chat
                model: house
                workspaces: [research]
                upstreams: [{provider: loopback}]
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
    void setsChangesShowsAndRemovesTheLimitsOfAKey() {
        Object[] key = {"--workspace", "research", "--key", "batch"};

        assertThat(site.run(with(key, "limits", "set", "--requests-per-minute", 60)))
                .contains("Set: limits of")
                .contains("batch");
        assertThat(site.run(with(key, "limits", "set", "--concurrent-requests", 5)))
                .contains("Changed: limits of", "concurrentRequests");
        assertThat(site.run("limits"))
                .contains("key research / batch  requests: 60 of 60 a minute left", "0 of 5")
                .contains("workspace other  requests: 7 of 7");
        assertThat(site.run(with(key, "limits", "set", "--concurrent-requests", 5)))
                .contains("nothing to change");

        assertThat(site.run(with(key, "limits", "remove"))).contains("Removed: limits of");

        assertThat(site.run("limits")).doesNotContain("batch");
        assertNothingElseChanged();
    }

    @Test
    void setsThoseOfTheSiteOfAWorkspaceAndOfARoute() {
        site.run("limits", "set", "--tokens-per-minute", 9000);
        site.run("limits", "set", "--workspace", "research", "--requests-per-minute", 8);
        site.run("limits", "set", "--route", "chat", "--concurrent-requests", 3);

        assertThat(site.run("limits"))
                .contains(
                        "site  tokens: 9000 of 9000 a minute left",
                        "workspace research  requests: 8 of 8 a minute left",
                        "route chat  under way: 0 of 3");
        assertNothingElseChanged();

        site.run("limits", "remove");
        site.run("limits", "remove", "--workspace", "research");
        site.run("limits", "remove", "--route", "chat");

        assertThat(site.run("limits").lines()).hasSize(1).allMatch(line -> line.contains("other"));
        assertNothingElseChanged();
    }

    /** A key that is misspelt would otherwise be made. */
    @Test
    void refusesWhatIsNotThere() {
        assertThat(
                        site.refused(
                                "limits",
                                "set",
                                "--workspace",
                                "research",
                                "--key",
                                "bacth",
                                "--requests-per-minute",
                                1))
                .contains("There is no active API key 'bacth'.");
        assertThat(
                        site.refused(
                                "limits",
                                "set",
                                "--workspace",
                                "reserch",
                                "--requests-per-minute",
                                1))
                .contains("There is no workspace 'reserch'.");
        assertThat(site.refused("limits", "remove", "--route", "chta"))
                .contains("There is no route 'chta'.");
        assertThat(site.refused("limits", "remove", "--key", "batch")).contains("--workspace");
        assertThat(site.refused("limits", "set", "--requests-per-minute", 0))
                .contains("requestsPerMinute");
        assertThat(site.refused("limits", "set")).contains("--requests-per-minute");
    }

    @Test
    void showsWhatIsSpentOfEachBudget() {
        assertThat(site.run("budgets"))
                .contains(
                        "workspace research: monthly, per month",
                        "money: 0.00 of 2.50 spent, 0.00 reserved",
                        "tokens: 0 of 1000 spent, 0 reserved",
                        "whole again at");
    }

    private static Object[] with(Object[] more, Object... first) {
        Object[] all = new Object[first.length + more.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private static void assertNothingElseChanged() {
        assertThat(site.run("export"))
                .contains("maxOutputTokens: 5", "maxOutputTokens: 4", "name: monthly", "house")
                .contains("requestsPerMinute: 7");
        assertThat(site.run("policy", "history", "--workspace", "research").lines()).hasSize(1);
    }
}
