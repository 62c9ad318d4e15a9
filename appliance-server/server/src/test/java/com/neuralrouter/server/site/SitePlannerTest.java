package com.neuralrouter.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SitePlan.Action;
import com.neuralrouter.contract.SitePlan.Change;
import com.neuralrouter.server.site.SitePlanner.Unnamed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SitePlannerTest {
    private static final String SITE =
            """
            apiVersion: neural-router/v1
            policy: {maxOutputTokens: 100}
            providers:
              - {name: gpu, kind: openai, baseUrl: "http://gpu/v1"}
              - {name: loopback, kind: loopback}
            workspaces:
              - name: research
                description: Research
                state: active
                policy: {deniedModels: [x, y]}
                credentials: [{provider: gpu, label: one, secret: {env: KEY}}]
                apiKeys: [{name: app}]
            routes:
              - {name: chat, model: chat, workspaces: [research], upstreams: [{provider: gpu}]}
            """;

    @TempDir private Path folder;

    @Test
    void anEmptySiteGetsEverythingInAnOrderThatCanBeMade() throws IOException {
        List<Change> changes = plan("apiVersion: neural-router/v1", SITE, Unnamed.KEEP);

        assertThat(changes)
                .extracting(change -> change.action() + " " + change.kind() + " " + change.name())
                .containsExactly(
                        "CREATE policy site",
                        "CREATE provider gpu",
                        "CREATE provider loopback",
                        "CREATE workspace research",
                        "CREATE policy research",
                        "CREATE credential research / gpu",
                        "CREATE route chat",
                        "CREATE api key research / app");
    }

    @Test
    void theSameDocumentAgainChangesNothing() throws IOException {
        assertThat(plan(SITE, SITE, Unnamed.KEEP)).isEmpty();
        assertThat(plan(SITE, SITE, Unnamed.REMOVE)).isEmpty();
    }

    @Test
    void whatADocumentLeavesToDefaultsIsNoDifference() throws IOException {
        String spelledOut =
                SITE.replace("\"http://gpu/v1\"", "\"http://gpu/v1\", authentication: bearer")
                        .replace("[{provider: gpu}]", "[{provider: gpu, model: chat}]")
                        .replace("[x, y]", "[y, x]");
        String terse = SITE.replace("    description: Research\n    state: active\n", "");

        assertThat(plan(SITE, spelledOut, Unnamed.KEEP)).isEmpty();
        assertThat(plan(spelledOut, terse, Unnamed.KEEP)).isEmpty();
    }

    @Test
    void tellsEachFieldThatDiffersAndNamesASecretOnly() throws IOException {
        String wanted =
                SITE.replace("http://gpu/v1", "http://gpu2/v1")
                        .replace("maxOutputTokens: 100", "maxOutputTokens: 50")
                        .replace("state: active", "state: suspended")
                        .replace("env: KEY", "env: OTHER")
                        .replace("upstreams: [", "upstreams: [{provider: loopback, model: l}, ");

        assertThat(plan(SITE, wanted, Unnamed.KEEP))
                .containsExactly(
                        update("policy", "site", "maxOutputTokens: 100 → 50"),
                        update("provider", "gpu", "baseUrl: http://gpu/v1 → http://gpu2/v1"),
                        update("workspace", "research", "state: active → suspended"),
                        update("credential", "research / gpu", "secret"),
                        update("route", "chat", "upstreams: [gpu/chat] → [loopback/l, gpu/chat]"));
    }

    @Test
    void whatIsNotNamedIsKept() throws IOException {
        assertThat(plan(SITE, "apiVersion: neural-router/v1", Unnamed.KEEP))
                .extracting(Change::action)
                .containsOnly(Action.KEEP);
    }

    @Test
    void pruningTakesAwayWhatIsNotNamedInAnOrderThatCanBeMade() throws IOException {
        assertThat(plan(SITE, "apiVersion: neural-router/v1", Unnamed.REMOVE))
                .extracting(change -> change.action() + " " + change.kind() + " " + change.name())
                .containsExactly(
                        "UPDATE workspace research",
                        "REMOVE credential research / gpu",
                        "REMOVE api key research / app",
                        "REMOVE route chat",
                        "REMOVE policy site",
                        "REMOVE policy research",
                        "REMOVE provider gpu",
                        "REMOVE provider loopback");
    }

    @Test
    void aWorkspaceThatWasEmptiedAndSuspendedIsAsPruningWantsIt() throws IOException {
        String emptied =
                "{apiVersion: neural-router/v1, workspaces: [{name: old, state: suspended}]}";

        assertThat(plan(emptied, "apiVersion: neural-router/v1", Unnamed.REMOVE)).isEmpty();
    }

    @Test
    void rulesThatTheDocumentEmptiesAreTakenAwayWithoutPruning() throws IOException {
        String wanted = SITE.replace("{maxOutputTokens: 100}", "{}");

        assertThat(plan(SITE, wanted, Unnamed.KEEP))
                .containsExactly(new Change(Action.REMOVE, "policy", "site", List.of()));
    }

    private List<Change> plan(String now, String wanted, Unnamed unnamed) throws IOException {
        return SitePlanner.changes(
                        document(now),
                        document(wanted),
                        unnamed,
                        (_, _, secret) -> secret.equals("KEY"))
                .stream()
                .map(SiteChange::described)
                .toList();
    }

    private SiteDocument document(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("site.yaml"), text);
        return SiteYaml.read(file, name -> name).document();
    }

    private static Change update(String kind, String name, String difference) {
        return new Change(Action.UPDATE, kind, name, List.of(difference));
    }
}
