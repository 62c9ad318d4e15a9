package com.neuralrouter.server.integrity;

import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.contract.BudgetDocument;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.approval.GuardedSite;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.device.SiteEntrance;
import com.neuralrouter.server.incident.IncidentCommands;
import com.neuralrouter.server.incident.IncidentStore;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.receipt.ReceiptKeyCommands;
import com.neuralrouter.server.receipt.ReceiptKeyFile;
import com.neuralrouter.server.receipt.Receipts;
import com.neuralrouter.server.route.ProviderStandings;
import com.neuralrouter.server.route.SuspensionCommands;
import com.neuralrouter.server.route.SuspensionStore;
import com.neuralrouter.server.secret.ReceiptSigningKey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A real site with rows in every table that decides, made by the appliance's own commands. */
final class PopulatedSite implements AutoCloseable {
    final TestSite site;
    final List<Workspace> workspaces = new ArrayList<>();
    final List<StoredProvider> providers = new ArrayList<>();
    final List<Credential> credentials = new ArrayList<>();
    private final SiteEntrance entrance;

    PopulatedSite(Path folder) {
        this(new TestSite(folder));
    }

    PopulatedSite(TestSite empty) {
        site = empty;
        var authority = SiteCertificateAuthority.create("Test Site", site.clock).authority();
        entrance = new SiteEntrance("appliance-1", authority, () -> 1, () -> 2);
        for (String name : List.of("research", "clinic", "office")) {
            workspaces.add(site.workspace(name));
        }
        providers.add(site.provider("first"));
        providers.add(site.provider("second"));
        for (Workspace workspace : workspaces) {
            key(workspace, "app");
            key(workspace, "batch");
            for (StoredProvider provider : providers) {
                credentials.add(credential(workspace, provider, "sk-0123456789abcdef"));
            }
            site.apply(tx ->
                    site.policies.setWorkspaceIn(tx, workspace, policy(1000), TestSite.cause()));
        }
        site.apply(tx -> site.policies.setSiteIn(tx, policy(5000), TestSite.cause()));
        site.apply(tx -> site.routes.createIn(tx, route("gpt", List.of("*"))));
        site.apply(tx -> site.routes.createIn(tx, route("llama", List.of("research", "clinic"))));
        device("Anna");
        device("Ben");
        invite("Carla");
        invite("Dora");
        suspend();
        shred("gone");
        shred("left");
        site.importNoModels();
        allowances();
        receiptKeys();
        keyPolicies();
        approvals();
    }

    private void allowances() {
        site.apply(tx ->
                site.limits.setIn(tx, Subject.SITE, null, new LimitsDocument(60, null, null)));
        for (Workspace workspace : workspaces) {
            Subject subject = Subject.workspace(workspace.id());
            site.apply(tx ->
                    site.limits.setIn(
                            tx, subject, workspace.name(), new LimitsDocument(30, null, null)));
            site.apply(tx ->
                    site.budgets.setIn(
                            tx,
                            subject,
                            workspace.name(),
                            List.of(new BudgetDocument("month", null, null, null, 5L, null))));
        }
    }

    private void receiptKeys() {
        var keys =
                new ReceiptKeyCommands(
                        site.transactions,
                        site.reads,
                        site.vault,
                        Receipts.issued(ReceiptSigningKey.of(site.vault), "nr.test/audit", () -> 0),
                        new ReceiptKeyFile(site.folder.resolve("jwks.json")),
                        site.ids,
                        site.clock);
        keys.takeUp(site.as(Permission.KEYS_MANAGE));
        keys.rotate(site.as(Permission.KEYS_MANAGE));
    }

    private void keyPolicies() {
        Workspace workspace = workspaces.getFirst();
        List<StoredApiKey> keys =
                site.reads.read(
                        tx -> site.apiKeyStore.active(tx, workspace.id(), site.clock.instant()));
        for (StoredApiKey key : keys) {
            site.apply(
                    tx -> site.policies.setKeyIn(tx, key, workspace, policy(7), TestSite.cause()));
        }
    }

    /** From now on changes of policies are guarded, and two of them wait. */
    private void approvals() {
        var guarded = new GuardedSite(site);
        guarded.guard(ChangeKind.POLICY);
        for (int tokens : List.of(11, 12)) {
            guarded.propose(
                    "Anna",
                    ProposedChange.of(new PolicyChange(PolicyTarget.SITE, policy(tokens), null)));
        }
    }

    private void suspend() {
        var suspensions =
                new SuspensionCommands(
                        site.transactions,
                        new SuspensionStore(),
                        site.providerStore,
                        new IncidentCommands(
                                site.transactions, new IncidentStore(), site.ids, site.clock),
                        new ProviderStandings(),
                        site.clock);
        for (StoredProvider provider : providers) {
            suspensions.suspend(
                    site.as(Permission.PROVIDERS_MANAGE),
                    provider.endpoint().id(),
                    new ChangeStanding("to be looked at"));
        }
    }

    private void shred(String name) {
        Workspace workspace = site.workspace(name);
        site.apply(tx ->
                Audited.of(
                        site.keys.destroy(tx, workspace.id()),
                        AuditEvent.done("test.shredded", name, Map.of())));
    }

    /** Goes on for a while, so that many rows have an older version. */
    void goOn() {
        for (Workspace workspace : workspaces) {
            site.apply(tx ->
                    site.workspaces.changeIn(
                            tx,
                            workspace.id(),
                            "later",
                            Workspace.State.SUSPENDED,
                            OptionalLong.empty()));
            for (StoredProvider provider : providers) {
                credential(workspace, provider, "sk-fedcba9876543210");
            }
            site.apply(tx ->
                    site.policies.setWorkspaceIn(tx, workspace, policy(10), TestSite.cause()));
        }
        site.apply(tx -> site.policies.setSiteIn(tx, policy(50), TestSite.cause()));
        site.reads
                .read(site.apiKeyStore::all)
                .forEach(key -> site.apiKeys.revoke(site.as(Permission.API_KEYS_MANAGE), key.id()));
        site.devices.revoke(
                site.as(Permission.DEVICES_MANAGE),
                site.reads.read(site.deviceStore::active).getFirst().id());
    }

    void key(Workspace workspace, String name) {
        site.apiKeys.create(
                site.as(Permission.API_KEYS_MANAGE), workspace.id(), new CreateApiKey(name, null));
    }

    private Credential credential(Workspace workspace, StoredProvider provider, String secret) {
        return site.credentials.put(
                site.as(Permission.CREDENTIALS_MANAGE),
                workspace.id(),
                new PutCredential(provider.endpoint().id(), "label", secret));
    }

    private static PolicyDocument policy(int tokens) {
        return new PolicyDocument(null, null, null, tokens, null);
    }

    private static RouteDocument route(String model, List<String> workspaces) {
        return new RouteDocument(
                model,
                model,
                workspaces,
                List.of(
                        new UpstreamDocument("first", null),
                        new UpstreamDocument("second", "other")));
    }

    private void device(String name) {
        var certificate = SiteCertificateAuthority.create(name, site.clock).authority().root();
        site.devices.enrolOperator(
                site.as(Permission.DEVICES_MANAGE),
                new DeviceId(site.ids.next()),
                name,
                certificate);
    }

    private void invite(String name) {
        site.devices.invite(
                site.as(Permission.DEVICES_MANAGE),
                new CreateInvitation(name, Role.OWNER),
                entrance);
    }

    @Override
    public void close() {
        site.close();
    }
}
