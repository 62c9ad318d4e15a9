package com.neuralrouter.server.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.credential.StoredCredential;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.UnopenableSecret;
import com.neuralrouter.server.secret.WorkspaceKeyVersion;
import com.neuralrouter.server.vault.KeyRotation.Step;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys are replaced while everything goes on, and an old one goes only when nothing needs it. */
@Tag("store")
class KeyRotationTest {
    private static final String SECRET = "sk-planted-0123456789";

    @TempDir private Path folder;
    private TestSite site;
    private final List<Workspace> workspaces = new ArrayList<>();
    private VaultCommands commands;

    @BeforeEach
    void fill() {
        open();
        StoredProvider provider = site.provider("vllm");
        for (String name : List.of("research", "clinic", "office")) {
            Workspace workspace = site.workspace(name);
            workspaces.add(workspace);
            site.credentials.put(
                    site.as(Permission.CREDENTIALS_MANAGE),
                    workspace.id(),
                    new PutCredential(provider.endpoint().id(), name, SECRET + name));
        }
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void givesAWorkspaceANewKeyAndDestroysTheOldOneWhenNothingIsUnderIt() {
        int version = commands.rotateWorkspace(site.as(Permission.KEYS_MANAGE), first());

        assertThat(version).isEqualTo(2);
        assertThat(pending()).isEqualTo(1);
        assertThat(versions(first())).containsExactly(1, 2);
        assertEverySecretOpens();

        workOff();

        assertThat(pending()).isZero();
        assertThat(versions(first())).containsExactly(2);
        assertThat(credential(first()).keyVersion()).isEqualTo(2);
        assertEverySecretOpens();
        assertThat(actions())
                .contains(
                        "workspace_key.rotated",
                        "workspace_key.followed",
                        "workspace_key.destroyed");
    }

    @Test
    void givesTheSiteANewRootKeyAndDestroysTheOldOneWhenNothingIsUnderIt() {
        int version = commands.rotateRoot(site.as(Permission.KEYS_MANAGE));

        assertThat(version).isEqualTo(2);
        assertThat(pending()).isEqualTo(3);
        assertEverySecretOpens();
        assertThatThrownBy(() -> commands.rotateRoot(site.as(Permission.KEYS_MANAGE)))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("rotated already");

        workOff();

        assertThat(site.vault.record().rootKeys()).hasSize(1);
        assertThat(site.vault.record().rootKey().version()).isEqualTo(2);
        assertEverySecretOpens();
        assertThat(actions())
                .contains("root_key.rotated", "root_key.followed", "root_key.destroyed");
    }

    @Test
    void goesOnAfterAStopBehindEachStep() {
        commands.rotateRoot(site.as(Permission.KEYS_MANAGE));
        commands.rotateWorkspace(site.as(Permission.KEYS_MANAGE), first());
        int steps = 0;

        while (isDue(Set.of())) {
            reopen();
            step(new HashSet<>());
            reopen();
            assertEverySecretOpens();
            steps++;
        }

        assertThat(steps).isGreaterThanOrEqualTo(4);
        assertThat(versions(first())).containsExactly(2);
        assertThat(site.vault.record().rootKeys()).hasSize(1);
    }

    @Test
    void notesARootKeyWhoseRotationWasCutOffBeforeItsEntry() {
        site.vault.rotateRoot();

        reopen();
        assertThat(step(new HashSet<>())).isEqualTo(Step.RECORDED);
        workOff();

        assertThat(site.vault.record().rootKeys()).hasSize(1);
        assertEverySecretOpens();
        reopen();
    }

    @Test
    void keepsTheOldKeyOfAWorkspaceWithASecretThatCannotFollow() {
        commands.rotateWorkspace(site.as(Permission.KEYS_MANAGE), first());
        site.apply(tx ->
                Audited.of(
                        site.keys.destroyBefore(tx, first(), 2),
                        AuditEvent.done("test.destroyed", "key", Map.of())));
        commands.rotateWorkspace(site.as(Permission.KEYS_MANAGE), first());
        Set<WorkspaceId> stuck = new HashSet<>();

        step(stuck);

        assertThat(stuck).containsExactly(first());
        assertThat(isDue(stuck)).isFalse();
        assertThat(versions(first())).containsExactly(2, 3);
    }

    @Test
    void worksOffARotationOnItsOwnThread() throws InterruptedException {
        var worker = new KeyRotationWorker(site.rotation, site.transactions, site.reads, site.ids);
        try (worker) {
            worker.start();
            commands.rotateRoot(site.as(Permission.KEYS_MANAGE));
            worker.wake();
            long end = System.nanoTime() + 60_000_000_000L;
            while (site.vault.record().rootKeys().size() > 1 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
        assertThat(site.vault.record().rootKeys()).hasSize(1);
        assertEverySecretOpens();
    }

    @Test
    void leavesNothingOfADeletedWorkspaceThatCouldBeOpened() {
        site.apiKeys.create(
                site.as(Permission.API_KEYS_MANAGE), first(), new CreateApiKey("app", null));
        site.apply(tx ->
                site.policies.setWorkspaceIn(
                        tx,
                        workspaces.getFirst(),
                        new PolicyDocument(List.of("m"), null, null, 1, null),
                        TestSite.cause()));
        site.apply(tx ->
                site.routes.createIn(
                        tx,
                        new RouteDocument(
                                "chat",
                                "m",
                                List.of("research", "clinic"),
                                List.of(new UpstreamDocument("vllm", null)))));
        StoredCredential old = stored(first());

        site.removal.delete(site.as(Permission.WORKSPACES_DELETE), first(), "research");

        assertThat(versions(first())).isEmpty();
        assertThatThrownBy(() ->
                        site.reads.read(tx ->
                                site.keys.open(tx, old.place(), SealedSecret.of(old.sealed()))))
                .isInstanceOfSatisfying(
                        UnopenableSecret.class, gone -> assertThat(gone.isShredded()).isTrue());
        assertThat(site.reads.read(site.workspaceStore::all)).hasSize(2);
        assertThat(site.reads.read(site.apiKeyStore::all)).isEmpty();
        assertThat(site.reads.read(site.credentialStore::all)).hasSize(2);
        assertThat(site.snapshots.current().workspaces()).doesNotContainKey(first());
        reopen();
        assertThat(actions()).startsWith("workspace.deleted");
    }

    @Test
    void deletesNoWorkspaceUnderAnotherName() {
        assertThatThrownBy(() ->
                        site.removal.delete(
                                site.as(Permission.WORKSPACES_DELETE), first(), "clinic"))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("research");
        assertEverySecretOpens();
    }

    private WorkspaceId first() {
        return workspaces.getFirst().id();
    }

    private void open() {
        site = new TestSite(folder);
        commands =
                new VaultCommands(
                        site.transactions, site.vault, site.keys, site.workspaceStore, () -> {});
    }

    private void reopen() {
        site.close();
        open();
    }

    private Step step(Set<WorkspaceId> stuck) {
        Step step = site.apply(tx -> site.rotation.step(tx, stuck));
        if (step == Step.OLD_ROOTS_UNUSED) {
            site.rotation.retireOldRoots();
        }
        return step;
    }

    private void workOff() {
        Set<WorkspaceId> stuck = new HashSet<>();
        while (isDue(stuck)) {
            step(stuck);
        }
    }

    private boolean isDue(Set<WorkspaceId> stuck) {
        return site.reads.read(tx -> site.rotation.isDue(tx, stuck));
    }

    private long pending() {
        return site.reads.read(site.rotation::pending);
    }

    private List<Integer> versions(WorkspaceId workspace) {
        return site.reads.read(site.keys::versions).stream()
                .filter(each -> each.workspace().equals(workspace))
                .map(WorkspaceKeyVersion::version)
                .toList();
    }

    private StoredCredential stored(WorkspaceId workspace) {
        return site.reads.read(tx -> site.credentialStore.of(tx, workspace)).getFirst();
    }

    private SealedSecret credential(WorkspaceId workspace) {
        return SealedSecret.of(stored(workspace).sealed());
    }

    private void assertEverySecretOpens() {
        for (Workspace workspace : workspaces) {
            StoredCredential stored = stored(workspace.id());
            try (SecretBytes secret =
                    site.reads.read(tx ->
                            site.keys.open(tx, stored.place(), SealedSecret.of(stored.sealed())))) {
                assertThat(new String(secret.copy(), StandardCharsets.US_ASCII))
                        .isEqualTo(SECRET + workspace.name());
            }
        }
    }

    private List<String> actions() {
        return site.entries().stream().map(AuditEntry::action).toList();
    }
}
