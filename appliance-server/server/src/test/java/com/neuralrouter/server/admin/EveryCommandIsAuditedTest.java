package com.neuralrouter.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.device.SiteEntrance;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.vault.VaultCommands;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Plugs the hole "a new command forgets the trail": every way to change the site is found by itself
 * and run here, and each leaves exactly one entry that names it, with nothing secret in it.
 */
@Tag("store")
class EveryCommandIsAuditedTest {
    private static final String SECRET = "sk-planted-0123456789";

    @TempDir private Path folder;

    @Test
    void runsEveryWayToChangeTheSite() {
        try (var site = new TestSite(folder)) {
            var known = new HashSet<>(steps(site).keySet());
            known.addAll(AuditedElsewhere.ALL.keySet());

            assertThat(ChangingMethods.names()).containsExactlyInAnyOrderElementsOf(known);
        }
    }

    @Test
    void leavesOneEntryForEachCommand() {
        try (var site = new TestSite(folder)) {
            Map<String, Runnable> steps = steps(site);
            anotherOwner(site);
            steps.forEach((name, step) -> {
                long before = last(site);
                step.run();
                assertThat(last(site)).as(name).isEqualTo(before + 1);
            });

            assertThat(site.entries())
                    .extracting(AuditEntry::action)
                    .containsExactlyInAnyOrder(
                            "site.founded",
                            "workspace.created",
                            "workspace.created",
                            "workspace.suspended",
                            "api_key.created",
                            "api_key.created",
                            "api_key.changed",
                            "api_key.revoked",
                            "api_key.revoked",
                            "limits.changed",
                            "budgets.changed",
                            "provider.created",
                            "provider.changed",
                            "provider.removed",
                            "credential.created",
                            "credential.created",
                            "credential.relabelled",
                            "credential.removed",
                            "credential.removed",
                            "route.created",
                            "route.changed",
                            "route.removed",
                            "policy.changed",
                            "policy.changed",
                            "device.enrolled",
                            "device.enrolled",
                            "device.invited",
                            "device.revoked",
                            "workspace_key.rotated",
                            "workspace.deleted",
                            "root_key.rotated",
                            "audit.hold_placed",
                            "audit.hold_lifted",
                            "audit.erased",
                            "catalogue.imported");
            assertThat(site.entries().toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void leavesOneEntryForARefusedCommandAndChangesNothing() {
        try (var site = new TestSite(folder)) {
            site.workspace("research");

            assertThatThrownBy(() -> site.workspace("research")).isInstanceOf(AdminRefused.class);

            assertThat(site.entries().getFirst())
                    .satisfies(entry -> {
                        assertThat(entry.action()).isEqualTo("change.refused");
                        assertThat(entry.details()).containsEntry("code", "name_taken");
                    });
            assertThat(site.reads.read(site.workspaceStore::all)).hasSize(1);
        }
    }

    private static long last(TestSite site) {
        return site.reads.read(site.auditStore::last);
    }

    /** In an order in which each finds what it needs. */
    private static Map<String, Runnable> steps(TestSite site) {
        var steps = new LinkedHashMap<String, Runnable>();
        steps.put("WorkspaceCommands.create", () -> site.workspace("research"));
        steps.put(
                "WorkspaceCommands.createIn",
                () ->
                        site.apply(tx ->
                                site.workspaces.createIn(tx, new CreateWorkspace("second", null))));
        addApiKeys(site, steps);
        addProviders(site, steps);
        addPoliciesAndState(site, steps);
        addDevices(site, steps);
        addKeys(site, steps);
        addRetention(site, steps);
        steps.put("CatalogueCommands.importCatalogue", site::importNoModels);
        return steps;
    }

    private static void addApiKeys(TestSite site, Map<String, Runnable> steps) {
        var made = new ApiKeyId[2];
        steps.put(
                "ApiKeyCommands.create",
                () ->
                        made[0] =
                                site.apiKeys
                                        .create(
                                                site.as(Permission.API_KEYS_MANAGE),
                                                research(site),
                                                new CreateApiKey("one", null))
                                        .key()
                                        .id());
        steps.put(
                "ApiKeyCommands.createIn",
                () ->
                        made[1] =
                                site.apply(tx ->
                                                site.apiKeys.createIn(
                                                        tx,
                                                        research(site, tx),
                                                        new CreateApiKey("two", null)))
                                        .key()
                                        .id());
        steps.put(
                "ApiKeyCommands.expireIn",
                () ->
                        site.apply(tx ->
                                site.apiKeys.expireIn(
                                        tx, made[0], site.clock.instant().plusSeconds(60))));
        steps.put(
                "ApiKeyCommands.revoke",
                () -> site.apiKeys.revoke(site.as(Permission.API_KEYS_MANAGE), made[0]));
        steps.put(
                "ApiKeyCommands.revokeIn",
                () -> site.apply(tx -> site.apiKeys.revokeIn(tx, made[1])));
    }

    private static void addProviders(TestSite site, Map<String, Runnable> steps) {
        var provider = new ProviderId[1];
        var route = new RouteId[1];
        var credential = new Credential[1];
        var chat =
                new RouteDocument(
                        "chat", "gpt", List.of("*"), List.of(new UpstreamDocument("p", null)));
        steps.put(
                "ProviderCommands.createIn",
                () -> provider[0] = site.provider("p").endpoint().id());
        steps.put(
                "ProviderCommands.updateIn",
                () ->
                        site.apply(tx ->
                                site.providers.updateIn(
                                        tx,
                                        provider[0],
                                        TestSite.openAi("p", "http://10.0.0.1:8000/v1"),
                                        TestSite.consent())));
        steps.put(
                "RouteCommands.createIn",
                () -> route[0] = site.apply(tx -> site.routes.createIn(tx, chat)).id());
        steps.put(
                "RouteCommands.updateIn",
                () -> site.apply(tx -> site.routes.updateIn(tx, route[0], chat)));
        steps.put(
                "RouteCommands.deleteIn",
                () -> site.apply(tx -> site.routes.deleteIn(tx, route[0])));
        steps.put("CredentialCommands.put", () -> credential[0] = put(site, provider[0]));
        steps.put(
                "CredentialCommands.putIn",
                () ->
                        site.apply(tx ->
                                site.credentials.putIn(
                                        tx,
                                        site.workspaceStore.byName(tx, "second").orElseThrow().id(),
                                        new PutCredential(provider[0], "own", SECRET))));
        steps.put(
                "CredentialCommands.relabelIn",
                () ->
                        site.apply(tx ->
                                site.credentials.relabelIn(
                                        tx, secondCredential(site, tx), "other")));
        steps.put(
                "CredentialCommands.delete",
                () ->
                        site.credentials.delete(
                                site.as(Permission.CREDENTIALS_MANAGE), credential[0].id()));
        steps.put(
                "CredentialCommands.deleteIn",
                () -> site.apply(tx -> site.credentials.deleteIn(tx, secondCredential(site, tx))));
        steps.put(
                "ProviderCommands.deleteIn",
                () -> site.apply(tx -> site.providers.deleteIn(tx, provider[0])));
    }

    private static CredentialId secondCredential(TestSite site, Tx tx) {
        WorkspaceId second = site.workspaceStore.byName(tx, "second").orElseThrow().id();
        return site.credentialStore.of(tx, second).getFirst().id();
    }

    private static Credential put(TestSite site, ProviderId provider) {
        return site.credentials.put(
                site.as(Permission.CREDENTIALS_MANAGE),
                site.reads.read(tx -> research(site, tx)),
                new PutCredential(provider, null, SECRET));
    }

    private static void addPoliciesAndState(TestSite site, Map<String, Runnable> steps) {
        var policy = new PolicyDocument(List.of("gpt"), null, null, 100, null);
        steps.put(
                "PolicyCommands.setSiteIn",
                () -> site.apply(tx -> site.policies.setSiteIn(tx, policy, TestSite.cause())));
        steps.put(
                "PolicyCommands.setWorkspaceIn",
                () ->
                        site.apply(tx ->
                                site.policies.setWorkspaceIn(
                                        tx,
                                        site.workspaceStore.byName(tx, "research").orElseThrow(),
                                        policy,
                                        TestSite.cause())));
        steps.put(
                "LimitCommands.setIn",
                () ->
                        site.apply(tx ->
                                site.limits.setIn(
                                        tx,
                                        Subject.SITE,
                                        null,
                                        new LimitsDocument(60, null, null))));
        steps.put(
                "BudgetCommands.setIn",
                () ->
                        site.apply(tx ->
                                site.budgets.setIn(
                                        tx,
                                        Subject.workspace(research(site, tx)),
                                        "research",
                                        List.of(
                                                new BudgetDocument(
                                                        "month", null, null, null, 5L, null)))));
        steps.put(
                "WorkspaceCommands.changeIn",
                () ->
                        site.apply(tx ->
                                site.workspaces.changeIn(
                                        tx,
                                        research(site, tx),
                                        "",
                                        Workspace.State.SUSPENDED,
                                        OptionalLong.empty())));
    }

    private static void addDevices(TestSite site, Map<String, Runnable> steps) {
        SiteCertificateAuthority authority =
                SiteCertificateAuthority.create("Test Site", site.clock).authority();
        var first = new DeviceId(site.ids.next());
        steps.put("DeviceCommands.enrolOperator", () -> enrol(site, authority, first));
        steps.put(
                "DeviceCommands.invite",
                () ->
                        site.devices.invite(
                                site.as(Permission.DEVICES_MANAGE),
                                new CreateInvitation("laptop", Role.MEMBER),
                                new SiteEntrance("site", authority, () -> 9444, () -> 9443)));
        steps.put(
                "DeviceCommands.revoke",
                () -> site.devices.revoke(site.as(Permission.DEVICES_MANAGE), first));
    }

    /** Without one, the first could not be revoked. */
    private static void anotherOwner(TestSite site) {
        enrol(
                site,
                SiteCertificateAuthority.create("Test Site", site.clock).authority(),
                new DeviceId(site.ids.next()));
    }

    private static void enrol(TestSite site, SiteCertificateAuthority authority, DeviceId id) {
        X509Certificate certificate =
                authority
                        .issueClient(
                                CertificateRequest.of(DeviceKey.generate()),
                                new ClientName("operator", new UUID(0, 1), id.value()),
                                SiteCertificateAuthority.CLIENT_VALIDITY)
                        .getFirst();
        site.devices.enrolOperator(site.as(Permission.DEVICES_MANAGE), id, "operator", certificate);
    }

    private static void addKeys(TestSite site, Map<String, Runnable> steps) {
        var vault =
                new VaultCommands(
                        site.transactions, site.vault, site.keys, site.workspaceStore, () -> {});
        steps.put(
                "VaultCommands.rotateWorkspace",
                () -> vault.rotateWorkspace(site.as(Permission.KEYS_MANAGE), research(site)));
        steps.put(
                "WorkspaceRemoval.delete",
                () ->
                        site.removal.delete(
                                site.as(Permission.WORKSPACES_DELETE), research(site), "research"));
        steps.put(
                "VaultCommands.rotateRoot",
                () -> vault.rotateRoot(site.as(Permission.KEYS_MANAGE)));
    }

    private static void addRetention(TestSite site, Map<String, Runnable> steps) {
        var hold = new LegalHoldId[1];
        steps.put(
                "RetentionCommands.place",
                () ->
                        hold[0] =
                                site.retention
                                        .place(
                                                site.as(Permission.AUDIT_MANAGE),
                                                new PlaceLegalHold("case", null, null, null, null))
                                        .id());
        steps.put(
                "RetentionCommands.lift",
                () -> site.retention.lift(site.as(Permission.AUDIT_MANAGE), hold[0]));
        steps.put(
                "RetentionCommands.erase",
                () ->
                        site.retention.erase(
                                site.as(Permission.AUDIT_MANAGE), new EraseFromTrail("nobody")));
    }

    private static WorkspaceId research(TestSite site) {
        return site.reads.read(tx -> research(site, tx));
    }

    private static WorkspaceId research(TestSite site, Tx tx) {
        return site.workspaceStore.byName(tx, "research").orElseThrow().id();
    }
}
