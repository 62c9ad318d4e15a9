package com.neuralrouter.server.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;
import com.neuralrouter.contract.TestRequestDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.approval.GuardedSite;
import com.neuralrouter.server.policy.PolicyDocuments;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** Every policy has all of its versions, and goes back to one in one step. */
@Tag("store")
class PolicyVersionsTest {
    private static final PolicyDocument TEN = tokens(10);
    private static final PolicyDocument TWENTY = tokens(20);

    @TempDir private Path folder;
    private GuardedSite guarded;
    private TestSite site;
    private Workspace research;

    @BeforeEach
    void found() {
        guarded = new GuardedSite(folder);
        site = guarded.site;
        research = site.workspace("research");
    }

    @AfterEach
    void close() {
        guarded.close();
    }

    @Test
    void keepsEveryVersionWithItsHashItsMakerAndItsNote() {
        set(PolicyTarget.SITE, TEN, "first");
        set(PolicyTarget.SITE, TWENTY, "more");
        set(PolicyTarget.of(research.id()), TEN, "its own");
        set(PolicyTarget.SITE, null, "none");

        assertThat(versions(PolicyTarget.SITE))
                .extracting(PolicyVersion::number, PolicyVersion::policy, PolicyVersion::note)
                .containsExactly(
                        tuple(3L, PolicyDocument.NONE, "none"),
                        tuple(2L, TWENTY, "more"),
                        tuple(1L, TEN, "first"));
        assertThat(versions(PolicyTarget.SITE))
                .extracting(PolicyVersion::inForce)
                .containsExactly(true, false, false);
        assertThat(versions(PolicyTarget.of(research.id())))
                .singleElement()
                .satisfies(version -> {
                    assertThat(version.number()).isEqualTo(1);
                    assertThat(version.hash()).isEqualTo(PolicyDocuments.hash(TEN));
                    assertThat(version.by()).isEqualTo("anna-desk");
                });
    }

    @Test
    void goesBackInOneStepAsANewVersion() {
        set(PolicyTarget.SITE, TEN, "first");
        set(PolicyTarget.SITE, TWENTY, "more");
        int entries = site.entries().size();

        PolicyVersion back =
                guarded.policies.activate(
                        site.as("Anna", "anna-desk", Permission.SITE_APPLY),
                        new ActivatePolicy(PolicyTarget.SITE, 1, "was better"));

        assertThat(back.number()).isEqualTo(3);
        assertThat(back.restores()).isEqualTo(1);
        assertThat(back.hash()).isEqualTo(PolicyDocuments.hash(TEN));
        assertThat(site.reads.read(site.policyStore::site)).contains(TEN);
        assertThat(site.snapshots.current().workspace(research.id()).orElseThrow().policies())
                .satisfies(policies ->
                        assertThat(policies.ofAll().levels().getFirst().hash())
                                .isEqualTo(back.hash()));
        assertThat(site.entries()).hasSize(entries + 1);
        assertThat(site.entries().getFirst().details())
                .containsEntry("restores", "1")
                .containsEntry("version", "3");
    }

    @Test
    void refusesAChangeThatWasMadeFromAnotherVersion() {
        set(PolicyTarget.SITE, TEN, "first");

        assertThatThrownBy(() ->
                        guarded.policies.set(
                                site.as("Anna", "anna-desk", Permission.SITE_APPLY),
                                new SetPolicy(PolicyTarget.SITE, TWENTY, null, 0L)))
                .isInstanceOfSatisfying(
                        AdminRefused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ProblemCode.CHANGED_BY_OTHER);
                            assertThat(refused.currentVersion()).hasValue(1);
                        });
    }

    @Test
    void givesOneKeyRulesOfItsOwn() {
        ApiKeyId strict = key("strict");
        ApiKeyId free = key("free");
        int entries = site.entries().size();

        set(PolicyTarget.of(strict), TEN, "for the batch");

        var policies = site.snapshots.current().workspace(research.id()).orElseThrow().policies();
        assertThat(policies.of(strict).levels()).hasSize(3);
        assertThat(policies.of(strict).hash()).isNotEqualTo(policies.of(free).hash());
        assertThat(policies.of(free)).isSameAs(policies.ofAll());
        assertThat(site.entries()).hasSize(entries + 1);
        assertThat(site.entries().getFirst().details()).containsEntry("apiKey", "strict");

        set(PolicyTarget.of(strict), null, "no longer");

        assertThat(
                        site.snapshots
                                .current()
                                .workspace(research.id())
                                .orElseThrow()
                                .policies()
                                .ofKeys())
                .isEmpty();
        assertThat(versions(PolicyTarget.of(strict))).hasSize(2);
    }

    @Test
    void runsAKeysTestsUnderAllLevels() {
        ApiKeyId key = key("batch");
        var wantsGpt =
                TestSite.withTests(
                        TEN,
                        new PolicyTestDocument(
                                "gpt is there",
                                new TestRequestDocument(
                                        null, "gpt", null, null, null, null, null, null, null, null,
                                        null),
                                "permit",
                                null));
        set(PolicyTarget.of(key), wantsGpt, "with a test");

        assertThatThrownBy(() ->
                        set(
                                PolicyTarget.SITE,
                                new PolicyDocument(List.of("llama"), null, null, null, null),
                                "llama only"))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("research / batch policy, test 'gpt is there'");
        assertThat(versions(PolicyTarget.SITE)).isEmpty();
    }

    @Test
    void forgetsAWorkspacesVersionsWithTheWorkspace() {
        ApiKeyId key = key("batch");
        set(PolicyTarget.of(key), TEN, "its own");
        set(PolicyTarget.of(research.id()), TEN, "its own");

        site.removal.delete(site.as(Permission.WORKSPACES_DELETE), research.id(), research.name());

        assertThat(versions(PolicyTarget.of(key))).isEmpty();
        assertThat(versions(PolicyTarget.of(research.id()))).isEmpty();
        assertThat(site.reads.read(site.policyStore::ofKeys)).isEmpty();
    }

    private ApiKeyId key(String name) {
        return site.apiKeys
                .create(
                        site.as(Permission.API_KEYS_MANAGE),
                        research.id(),
                        new CreateApiKey(name, null))
                .key()
                .id();
    }

    private void set(PolicyTarget target, @Nullable PolicyDocument policy, String note) {
        guarded.policies.set(
                site.as("Anna", "anna-desk", Permission.SITE_APPLY),
                new SetPolicy(target, policy, note, null));
    }

    private List<PolicyVersion> versions(PolicyTarget target) {
        return site.reads.read(
                tx -> site.policyVersionStore.before(tx, target, Long.MAX_VALUE, 100));
    }

    private static PolicyDocument tokens(int most) {
        return new PolicyDocument(null, null, null, most, null);
    }
}
