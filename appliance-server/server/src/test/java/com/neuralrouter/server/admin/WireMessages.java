package com.neuralrouter.server.admin;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.AppliedSite;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.BackupDrill;
import com.neuralrouter.contract.BackupList;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.DeleteWorkspace;
import com.neuralrouter.contract.DeletedWorkspace;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.InvitationId;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SitePlan;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** One example of each record that goes over the wire; where fields may be absent, one without. */
final class WireMessages {
    static final Instant AT = Instant.parse("2027-01-31T12:00:00.123456Z");
    private static final Instant LATER = Instant.parse("2027-04-30T12:00:00Z");
    static final WorkspaceId WORKSPACE = new WorkspaceId(id(1));
    private static final ProviderId PROVIDER = new ProviderId(id(2));
    static final ApiKeyId KEY = new ApiKeyId(id(3));
    private static final DeviceId DEVICE = new DeviceId(id(4));
    private static final String REQUEST = new RequestId(id(5)).toString();

    private WireMessages() {}

    static Map<String, Object> all() {
        var all = new TreeMap<String, Object>();
        addTenancy(all);
        UpstreamMessages.addTo(all);
        RequestMessages.addTo(all);
        addAudit(all);
        addProblems(all);
        addDevices(all);
        addBackups(all);
        addSite(all);
        PolicyMessages.addTo(all);
        CatalogueMessages.addTo(all);
        UsageMessages.addTo(all);
        return all;
    }

    private static void addTenancy(Map<String, Object> all) {
        all.put("Workspace", workspace());
        all.put("Page", new Page<>(List.of(workspace()), "research"));
        all.put("Page-last", new Page<>(List.of(workspace()), null));
        all.put("CreateWorkspace", new CreateWorkspace("research", "Clinical research"));
        all.put("ApiKey", key());
        all.put(
                "ApiKey-revoked",
                new ApiKey(
                        KEY,
                        WORKSPACE,
                        "chat app",
                        "nr_0a1B2c3D4e",
                        "wXyZ",
                        ApiKey.State.REVOKED,
                        AT,
                        LATER,
                        LATER,
                        AT));
        all.put("CreateApiKey", new CreateApiKey("chat app", LATER));
        all.put("CreatedApiKey", new CreatedApiKey(key(), "an-example-of-a-key"));
        all.put(
                "Credential",
                new Credential(
                        new CredentialId(id(6)),
                        WORKSPACE,
                        PROVIDER,
                        "vllm-a",
                        "from the data centre",
                        "1234",
                        AT,
                        LATER));
        all.put("PutCredential", new PutCredential(PROVIDER, "from the data centre", "an-example"));
        all.put("DeleteWorkspace", new DeleteWorkspace("research"));
        all.put("DeletedWorkspace", new DeletedWorkspace(WORKSPACE, LATER));
        all.put(
                "VaultStatus",
                new VaultStatus(
                        "passphrase",
                        false,
                        2,
                        AT,
                        1,
                        17,
                        List.of(new VaultStatus.WorkspaceKey(WORKSPACE, "research", 3, LATER, 1))));
    }

    private static void addAudit(Map<String, Object> all) {
        all.put(
                "AuditEntry",
                new AuditEntry(
                        7,
                        AT,
                        new AuditEntry.Actor("device", DEVICE.toString(), "anna", "10.0.0.7"),
                        "api_key.revoked",
                        "api_key/" + KEY,
                        "research",
                        AuditEntry.Outcome.DONE,
                        REQUEST,
                        Map.of("name", "chat app")));
        all.put(
                "AuditEntry-local",
                new AuditEntry(
                        1,
                        AT,
                        new AuditEntry.Actor("local", "root", "root", null),
                        "site.founded",
                        "site/" + id(10),
                        null,
                        AuditEntry.Outcome.DONE,
                        REQUEST,
                        Map.of()));
        AuditLogMessages.addTo(all);
    }

    private static void addProblems(Map<String, Object> all) {
        all.put(
                "Problem",
                new Problem(
                        "docs/reference/problem-codes.md#invalid_field",
                        ProblemCode.INVALID_FIELD.title(),
                        400,
                        "name is missing.",
                        ProblemCode.INVALID_FIELD,
                        REQUEST,
                        List.of(new FieldError("name", "is missing")),
                        null));
        all.put(
                "Problem-changed",
                new Problem(
                        "docs/reference/problem-codes.md#changed_by_other",
                        ProblemCode.CHANGED_BY_OTHER.title(),
                        409,
                        "The workspace has version 3 by now.",
                        ProblemCode.CHANGED_BY_OTHER,
                        REQUEST,
                        List.of(),
                        3L));
        all.put(
                "ApplianceStatus",
                new ApplianceStatus(
                        "gateway-1",
                        "0.1.0",
                        id(10).toString(),
                        17,
                        40,
                        LATER,
                        AT,
                        "https://gateway-1.example:8443/v1",
                        Set.of(ApplianceStatus.Alert.AUDIT_LOG_UNWRITABLE),
                        2,
                        new ApplianceStatus.You(
                                DEVICE,
                                "anna",
                                "Anna Ash",
                                Role.MEMBER,
                                Set.of(Permission.STATUS_READ))));
    }

    private static void addDevices(Map<String, Object> all) {
        all.put("Device", new Device(DEVICE, "anna", Role.OWNER, "ab".repeat(32), AT, LATER, null));
        all.put(
                "Device-revoked",
                new Device(DEVICE, "anna", Role.ADMIN, "ab".repeat(32), AT, LATER, LATER));
        all.put("CreateInvitation", new CreateInvitation("bert", Role.ADMIN));
        all.put(
                "CreateInvitation-person",
                new CreateInvitation("bert-desk", Role.ADMIN, "Bert Birch"));
        all.put(
                "Device-person",
                new Device(
                        DEVICE,
                        "bert-desk",
                        Role.ADMIN,
                        "ab".repeat(32),
                        AT,
                        LATER,
                        null,
                        "Bert Birch"));
        all.put(
                "CreatedInvitation",
                new CreatedInvitation(
                        new InvitationId(id(11)), "bert", Role.ADMIN, LATER, "an-example-code"));
        all.put("EnrolDevice", new EnrolDevice("an-example-token", "an example request"));
        all.put(
                "EnrolledDevice",
                new EnrolledDevice(
                        DEVICE,
                        "bert",
                        Role.ADMIN,
                        "gateway-1",
                        "an example chain",
                        "an example root",
                        9443));
    }

    private static SiteDocument.ProviderDocument providerDocument() {
        return new SiteDocument.ProviderDocument(
                "vllm-a",
                ProviderKind.OPENAI,
                "https://10.0.0.5:8000/v1",
                Provider.Authentication.BEARER,
                "an example of PEM",
                null,
                null,
                null,
                null,
                null,
                List.of(Operation.RESPONSES),
                "2024-10-21",
                null);
    }

    private static void addSite(Map<String, Object> all) {
        var policy =
                new SiteDocument.PolicyDocument(
                        List.of("llama-3"), List.of("gpt-9"), List.of("vllm-a"), 4096, 1_048_576);
        all.put(
                "SiteDocument",
                new SiteDocument(
                        SiteDocument.API_VERSION,
                        policy,
                        List.of(providerDocument()),
                        List.of(
                                new SiteDocument.WorkspaceDocument(
                                        "research",
                                        "Clinical research",
                                        Workspace.State.ACTIVE,
                                        new SiteDocument.PolicyDocument(
                                                null, null, null, 1024, null),
                                        List.of(
                                                new CredentialDocument(
                                                        "vllm-a", "own", "an-example")),
                                        List.of(new ApiKeyDocument("chat app", LATER, null)))),
                        List.of(
                                new SiteDocument.RouteDocument(
                                        "chat",
                                        "llama-3",
                                        List.of("*"),
                                        List.of(
                                                new SiteDocument.UpstreamDocument(
                                                        "vllm-a", "meta-llama/3"))))));
        all.put(
                "SiteDocument-empty",
                new SiteDocument(SiteDocument.API_VERSION, null, List.of(), List.of(), List.of()));
        var plan =
                new SitePlan(
                        List.of(
                                new SitePlan.Change(
                                        SitePlan.Action.UPDATE,
                                        "workspace",
                                        "research",
                                        List.of("description: 'a' becomes 'b'"))));
        all.put("SitePlan", plan);
        all.put(
                "AppliedSite",
                new AppliedSite(plan, List.of(new CreatedApiKey(key(), "an-example-of-a-key"))));
    }

    private static void addBackups(Map<String, Object> all) {
        var backup =
                new Backup(
                        "data-20270131T120000123Z.nrbackup",
                        Backup.Kind.DATA,
                        AT,
                        4_194_304,
                        "1.2.0",
                        6);
        var run =
                new BackupRun(
                        id(7).toString(),
                        BackupRun.Operation.CREATE,
                        BackupRun.State.DONE,
                        AT,
                        LATER,
                        List.of(backup.name()),
                        null);
        all.put("Backup", backup);
        all.put("BackupRun", run);
        all.put("BackupList", new BackupList(List.of(backup), List.of(run)));
        all.put("BackupDrill", new BackupDrill(true, "data", "keys", 12_345, 17, 2, "Passed."));
    }

    private static Workspace workspace() {
        return new Workspace(
                WORKSPACE, "research", "Clinical research", Workspace.State.ACTIVE, AT, 1);
    }

    private static ApiKey key() {
        return new ApiKey(
                KEY,
                WORKSPACE,
                "chat app",
                "nr_0a1B2c3D4e",
                "wXyZ",
                ApiKey.State.ACTIVE,
                AT,
                null,
                null,
                null);
    }

    /** Looks like one of ours (UUID version 7) and is the same each time. */
    static UUID id(int number) {
        return new UUID(0x0194_0000_0000_7000L + number, 0x8000_0000_0000_0000L + number);
    }
}
