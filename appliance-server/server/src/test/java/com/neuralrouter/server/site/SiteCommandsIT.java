package com.neuralrouter.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.neuralrouter.contract.AppliedSite;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SitePlan.Action;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.approval.GuardedSite;
import com.neuralrouter.server.site.SitePlanner.Unnamed;
import com.neuralrouter.server.trial.PolicyTrials;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Applies documents to a real store with its real vault, trail and snapshot. */
@Tag("store")
class SiteCommandsIT {
    private static final String SITE =
            """
            apiVersion: neural-router/v1
            policy: {maxOutputTokens: 100}
            providers:
              - {name: gpu, kind: openai, baseUrl: "http://gpu:8000/v1"}
              - {name: loopback, kind: loopback}
            workspaces:
              - name: research
                description: Research
                policy: {deniedModels: [x]}
                credentials: [{provider: gpu, label: one, secret: {env: sk-first-0001}}]
                apiKeys: [{name: app}]
            routes:
              - {name: chat, model: chat, workspaces: [research],
                 upstreams: [{provider: gpu, model: llama}, {provider: loopback}]}
            """;
    private static final String NOTHING = "apiVersion: neural-router/v1";

    @TempDir private Path folder;
    private TestSite site;
    private SiteCommands commands;

    @BeforeEach
    void found() {
        site = new TestSite(folder.resolve("site"));
        commands =
                new SiteCommands(
                        site.transactions,
                        site.reads,
                        new SiteStores(
                                site.workspaceStore,
                                site.apiKeyStore,
                                site.providerStore,
                                site.credentialStore,
                                site.routeStore,
                                site.policyStore,
                                site.policyVersionStore,
                                site.allowances()),
                        new SiteRooms(
                                site.workspaces,
                                site.apiKeys,
                                site.providers,
                                site.credentials,
                                site.routes,
                                site.policies,
                                site.second,
                                new AllowanceRooms(site.limits, site.budgets)),
                        new PolicyTrials(
                                site.policyStore,
                                site.workspaceStore,
                                site.apiKeyStore,
                                site.providerStore,
                                site.clock),
                        site.clock);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void makesAnEmptySiteWhatTheDocumentSaysWithAnAuditEntryForEachChange() throws IOException {
        int entriesBefore = site.entries().size();

        AppliedSite applied = apply(SITE, Unnamed.KEEP);

        assertThat(applied.plan().changes()).hasSize(8).allMatch(c -> c.action() == Action.CREATE);
        assertThat(applied.createdKeys()).hasSize(1);
        assertThat(applied.createdKeys().getFirst().secret()).startsWith("nr_");
        assertThat(site.entries()).hasSize(entriesBefore + 8);
        var view = site.snapshots.current().workspaces().values().iterator().next();
        assertThat(view.routes()).containsOnlyKeys("chat");
        assertThat(view.credentials()).hasSize(1);
    }

    @Test
    void demandsASecondPersonForContentThatANewWorkspaceWantsKept() throws IOException {
        String narrowing =
                NOTHING + "\nworkspaces: [{name: research, policy: {deniedModels: [x]}}]\n";
        new GuardedSite(site).guard(ChangeKind.POLICY);

        assertThatThrownBy(() ->
                        apply(
                                narrowing.replace("deniedModels: [x]", "keepContentFor: 30d"),
                                Unnamed.KEEP))
                .isInstanceOfSatisfying(
                        AdminRefused.class,
                        refused ->
                                assertThat(refused.code())
                                        .isEqualTo(ProblemCode.APPROVAL_REQUIRED));
        assertThat(apply(narrowing, Unnamed.KEEP).plan().changes()).hasSize(2);
    }

    @Test
    void theSameDocumentAgainChangesAndAuditsNothing() throws IOException {
        apply(SITE, Unnamed.KEEP);
        int entries = site.entries().size();
        long version = site.snapshots.current().version();

        AppliedSite again = apply(SITE, Unnamed.REMOVE);

        assertThat(again.plan().changes()).isEmpty();
        assertThat(again.createdKeys()).isEmpty();
        assertThat(site.entries()).hasSize(entries);
        assertThat(site.snapshots.current().version()).isEqualTo(version);
    }

    @Test
    void whatIsExportedAppliesAsNoChange() throws IOException {
        apply(SITE, Unnamed.KEEP);

        SiteDocument exported = commands.export(site.as(Permission.SITE_EXPORT));

        assertThat(SiteYamlWriter.text(exported)).doesNotContain("sk-first");
        assertThat(apply(SiteYamlWriter.text(exported), Unnamed.REMOVE).plan().changes()).isEmpty();
    }

    @Test
    void aNewSecretIsADifferenceThatIsOnlyNamed() throws IOException {
        apply(SITE, Unnamed.KEEP);

        AppliedSite applied = apply(SITE.replace("sk-first-0001", "sk-second-0002"), Unnamed.KEEP);

        assertThat(applied.plan().changes())
                .singleElement()
                .satisfies(change -> assertThat(change.differences()).containsExactly("secret"));
        assertThat(site.entries().toString()).doesNotContain("sk-first", "sk-second");
    }

    @Test
    void aLabelChangesWithoutTheSecret() throws IOException {
        apply(SITE, Unnamed.KEEP);
        String relabelled = SITE.replace("label: one, secret: {env: sk-first-0001}", "label: two");

        apply(relabelled, Unnamed.KEEP);

        assertThat(apply(SITE.replace("label: one", "label: two"), Unnamed.KEEP).plan().changes())
                .as("the label is two and the secret still the first")
                .isEmpty();
    }

    @Test
    void pruningRevokesKeysAndEmptiesAndSuspendsWorkspaces() throws IOException {
        apply(SITE, Unnamed.KEEP);

        apply(NOTHING, Unnamed.REMOVE);

        SiteDocument left = commands.export(site.as(Permission.SITE_EXPORT));
        assertThat(left.providers()).isEmpty();
        assertThat(left.routes()).isEmpty();
        assertThat(left.policy()).isNull();
        assertThat(left.workspaces())
                .singleElement()
                .satisfies(workspace -> {
                    assertThat(workspace.state()).isEqualTo(Workspace.State.SUSPENDED);
                    assertThat(workspace.apiKeys()).isEmpty();
                    assertThat(workspace.credentials()).isEmpty();
                });
        assertThat(apply(NOTHING, Unnamed.REMOVE).plan().changes()).isEmpty();
    }

    @Test
    void pruningRevokesEveryActiveKeyOfAName() throws IOException {
        apply(SITE, Unnamed.KEEP);
        Workspace workspace =
                site.reads.read(tx -> site.workspaceStore.byName(tx, "research")).orElseThrow();
        site.apiKeys.create(
                site.as(Permission.API_KEYS_MANAGE),
                workspace.id(),
                new CreateApiKey("made elsewhere", null));

        apply(SITE, Unnamed.REMOVE);

        var now = site.clock.instant();
        List<StoredApiKey> active =
                site.reads.read(tx -> site.apiKeyStore.active(tx, workspace.id(), now));
        assertThat(active).extracting(StoredApiKey::name).containsExactly("app");
    }

    @Test
    void aDocumentThatIsWrongChangesNothingAndNamesEveryField() throws IOException {
        String wrong =
                SITE.replace("{provider: loopback}", "{provider: loopbak}")
                        .replace("name: app", "name: ''");

        AdminRefused refused =
                catchThrowableOfType(AdminRefused.class, () -> apply(wrong, Unnamed.KEEP));

        assertThat(refused.fieldErrors())
                .extracting(FieldError::field)
                .containsExactly(
                        "workspaces[0].apiKeys[0].name", "routes[0].upstreams[1].provider");
        assertThat(commands.export(site.as(Permission.SITE_EXPORT)).providers()).isEmpty();
    }

    @Test
    void aRouteCanTakeTheModelOfOneThatIsPruned() throws IOException {
        String two =
                """
                apiVersion: neural-router/v1
                providers: [{name: loopback, kind: loopback}]
                routes:
                  - {name: a, model: one, workspaces: ["*"], upstreams: [{provider: loopback}]}
                """;
        apply(two, Unnamed.KEEP);

        apply(two.replace("name: a", "name: b"), Unnamed.REMOVE);

        assertThat(commands.export(site.as(Permission.SITE_EXPORT)).routes())
                .extracting(SiteDocument.RouteDocument::name)
                .containsExactly("b");
        assertThat(site.entries()).extracting(AuditEntry::action).contains("route.removed");
    }

    @Test
    void twoRoutesCanSwapTheirModels() throws IOException {
        String two =
                """
                apiVersion: neural-router/v1
                providers: [{name: loopback, kind: loopback}]
                routes:
                  - {name: a, model: one, workspaces: ["*"], upstreams: [{provider: loopback}]}
                  - {name: b, model: two, workspaces: ["*"], upstreams: [{provider: loopback}]}
                """;
        apply(two, Unnamed.KEEP);

        apply(two.replace("one", "x").replace("two", "one").replace("x", "two"), Unnamed.KEEP);

        assertThat(commands.export(site.as(Permission.SITE_EXPORT)).routes())
                .extracting(SiteDocument.RouteDocument::model)
                .containsExactly("two", "one");
    }

    @Test
    void aKeyExpiresWhenTheDocumentSaysAndKeepsItsTimeWhenItSaysNothing() throws IOException {
        apply(SITE, Unnamed.KEEP);
        String expiring = SITE.replace("name: app", "name: app, expiresAt: 2999-01-01T00:00:00Z");

        AppliedSite applied = apply(expiring, Unnamed.KEEP);

        assertThat(applied.plan().changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.name()).isEqualTo("research / app");
                    assertThat(change.differences())
                            .containsExactly("expiresAt: none → 2999-01-01T00:00:00Z");
                });
        assertThat(applied.createdKeys()).isEmpty();
        assertThat(site.entries().getFirst().action()).isEqualTo("api_key.changed");
        assertThat(apply(expiring, Unnamed.REMOVE).plan().changes()).isEmpty();
        assertThat(apply(SITE, Unnamed.REMOVE).plan().changes()).isEmpty();
        assertThat(apply(expiring.replace("2999", "2998"), Unnamed.KEEP).plan().changes())
                .hasSize(1);
    }

    @Test
    void aKeyCannotExpireInThePast() throws IOException {
        apply(SITE, Unnamed.KEEP);

        AdminRefused refused =
                catchThrowableOfType(
                        AdminRefused.class,
                        () ->
                                apply(
                                        SITE.replace(
                                                "name: app",
                                                "name: app, expiresAt: 2001-01-01T00:00:00Z"),
                                        Unnamed.KEEP));

        assertThat(refused).hasMessageContaining("expiresAt");
    }

    private AppliedSite apply(String text, Unnamed unnamed) throws IOException {
        Path file = Files.writeString(folder.resolve("site.yaml"), text);
        SiteDocument document = SiteYaml.read(file, name -> name).document();
        return commands.apply(site.as(Permission.SITE_APPLY), document, unnamed);
    }
}
