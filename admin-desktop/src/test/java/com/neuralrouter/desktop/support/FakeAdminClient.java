package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.BackupList;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.DeleteWorkspace;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.InvitationId;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.AuditSearch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An appliance in memory. It behaves as the contract says as far as a desktop can tell: names are
 * unique, lists are newest first where they are, secrets are given out once. {@link #failWith}
 * makes every call fail, {@link #refuseNext} only the next one.
 */
public final class FakeAdminClient extends FakeParts {
    public final List<Workspace> workspaces = new CopyOnWriteArrayList<>();
    public final List<ApiKey> apiKeys = new CopyOnWriteArrayList<>();
    public final List<Provider> providers = new CopyOnWriteArrayList<>();
    public final List<Credential> credentials = new CopyOnWriteArrayList<>();
    public final List<Route> routes = new CopyOnWriteArrayList<>();

    /** The oldest first; positions grow. */
    public final List<RequestSummary> requests = new CopyOnWriteArrayList<>();

    /** The oldest first; sequences grow. */
    public final List<AuditEntry> audit = new CopyOnWriteArrayList<>();

    /** How many entries are looked through for one page. */
    public volatile int auditLook = Integer.MAX_VALUE;

    public final List<Device> devices = new CopyOnWriteArrayList<>();

    /** How the keys are; {@code workspaces} of it is not looked at. */
    public volatile VaultStatus vault = VaultSamples.vault("passphrase", 0, 0);

    public final List<Backup> backups = new CopyOnWriteArrayList<>();

    /** The newest first. */
    public final List<BackupRun> runs = new CopyOnWriteArrayList<>();

    private volatile Role role = Role.OWNER;
    private int created;

    /** Who asks has that role from now on. */
    public FakeAdminClient as(Role newRole) {
        role = newRole;
        return this;
    }

    @Override
    public Answer<ApplianceStatus> status() {
        return read("status", () -> Samples.status(41 + created, 1280 + audit.size(), role));
    }

    @Override
    public Answer<Page<Workspace>> workspaces(String cursor) {
        return read("workspaces", () -> new Page<>(workspaces, null));
    }

    @Override
    public synchronized Answer<Workspace> createWorkspace(CreateWorkspace draft) {
        if (workspaces.stream().anyMatch(each -> each.name().equals(draft.name()))) {
            return refused(ProblemCode.NAME_TAKEN, "A workspace has that name already.");
        }
        return change(
                "createWorkspace",
                () -> {
                    var description = draft.description();
                    var workspace =
                            new Workspace(
                                    Samples.id(WorkspaceId::of, 900 + ++created),
                                    draft.name(),
                                    description == null ? "" : description,
                                    Workspace.State.ACTIVE,
                                    Samples.NOW,
                                    1);
                    workspaces.add(workspace);
                    return workspace;
                });
    }

    @Override
    public synchronized Answer<Boolean> deleteWorkspace(WorkspaceId id, DeleteWorkspace draft) {
        return change(
                "deleteWorkspace",
                () ->
                        workspaces.removeIf(
                                each -> each.id().equals(id) && each.name().equals(draft.name())));
    }

    @Override
    public Answer<VaultStatus> vault() {
        return read("vault", () -> vault);
    }

    @Override
    public synchronized Answer<VaultStatus> rotateRootKey() {
        return change(
                "rotateRootKey",
                () -> {
                    vault = VaultSamples.vault(vault.seal(), 1, 12);
                    return vault;
                });
    }

    @Override
    public synchronized Answer<VaultStatus> rotateWorkspaceKey(WorkspaceId id) {
        return change(
                "rotateWorkspaceKey",
                () -> {
                    vault =
                            VaultSamples.vault(
                                    vault.seal(),
                                    vault.olderRootKeys(),
                                    2,
                                    vault.workspaces().stream()
                                            .map(each -> VaultSamples.rotated(each, id))
                                            .toList());
                    return vault;
                });
    }

    @Override
    public Answer<BackupList> backups() {
        return read("backups", () -> new BackupList(backups, runs));
    }

    @Override
    public synchronized Answer<BackupRun> createBackups() {
        return change("createBackups", () -> begun(BackupRun.Operation.CREATE));
    }

    @Override
    public synchronized Answer<BackupRun> verifyBackup(String name) {
        return change("verifyBackup", () -> begun(BackupRun.Operation.VERIFY));
    }

    /** The run under way ends so, having made or verified those. */
    public void endRun(BackupRun.State state, @Nullable String problem, String... names) {
        var run = runs.getFirst();
        runs.set(
                0,
                new BackupRun(
                        run.id(),
                        run.operation(),
                        state,
                        run.startedAt(),
                        state == BackupRun.State.RUNNING ? null : Samples.NOW,
                        List.of(names),
                        problem));
    }

    private BackupRun begun(BackupRun.Operation operation) {
        var run =
                new BackupRun(
                        "run-" + ++created,
                        operation,
                        BackupRun.State.RUNNING,
                        Samples.NOW,
                        null,
                        List.of(),
                        null);
        runs.addFirst(run);
        return run;
    }

    @Override
    public Answer<Page<ApiKey>> apiKeys(WorkspaceId workspace, String cursor) {
        return read(
                "apiKeys",
                () ->
                        new Page<>(
                                apiKeys.stream()
                                        .filter(each -> each.workspaceId().equals(workspace))
                                        .toList(),
                                null));
    }

    @Override
    public synchronized Answer<CreatedApiKey> createApiKey(
            WorkspaceId workspace, CreateApiKey draft) {
        return change(
                "createApiKey",
                () -> {
                    ApiKey key = KeySamples.created(900 + ++created, workspace, draft);
                    apiKeys.add(key);
                    return new CreatedApiKey(
                            key,
                            "nr_4xQ7pLm2Ka_"
                                    + "S3cretS3cretS3cretS3cretS3cretS3cretS3c9fWz".substring(0, 43)
                                    + "_0aB3xY");
                });
    }

    @Override
    public synchronized Answer<ApiKey> revokeApiKey(ApiKeyId id) {
        return change(
                "revokeApiKey",
                () -> {
                    var key =
                            apiKeys.stream()
                                    .filter(k -> k.id().equals(id))
                                    .findFirst()
                                    .orElseThrow();
                    ApiKey revoked = KeySamples.revoked(key);
                    apiKeys.set(apiKeys.indexOf(key), revoked);
                    return revoked;
                });
    }

    @Override
    public Answer<Page<Provider>> providers(String cursor) {
        return read("providers", () -> new Page<>(providers, null));
    }

    @Override
    public Answer<Page<Credential>> credentials(WorkspaceId workspace, String cursor) {
        return read(
                "credentials",
                () ->
                        new Page<>(
                                credentials.stream()
                                        .filter(each -> each.workspaceId().equals(workspace))
                                        .toList(),
                                null));
    }

    @Override
    public synchronized Answer<Credential> putCredential(WorkspaceId workspace, PutCredential put) {
        return change(
                "putCredential",
                () -> {
                    var provider =
                            providers.stream()
                                    .filter(each -> each.id().equals(put.providerId()))
                                    .findFirst()
                                    .orElseThrow();
                    var label = put.label();
                    var secret = put.secret();
                    var credential =
                            new Credential(
                                    Samples.id(CredentialId::of, 900 + ++created),
                                    workspace,
                                    provider.id(),
                                    provider.name(),
                                    label == null ? "" : label,
                                    secret.substring(Math.max(0, secret.length() - 4)),
                                    Samples.NOW,
                                    Samples.NOW);
                    credentials.removeIf(each ->
                            each.workspaceId().equals(workspace)
                                    && each.providerId().equals(provider.id()));
                    credentials.add(credential);
                    return credential;
                });
    }

    @Override
    public synchronized Answer<Boolean> deleteCredential(CredentialId id) {
        return change("deleteCredential", () -> credentials.removeIf(each -> each.id().equals(id)));
    }

    @Override
    public Answer<Page<Route>> routes(String cursor) {
        return read("routes", () -> new Page<>(routes, null));
    }

    @Override
    public Answer<Page<RequestSummary>> requests(String cursor, int limit) {
        return read(
                "requests",
                () ->
                        newestFirst(
                                requests,
                                Comparator.comparingLong(RequestSummary::position).reversed(),
                                cursor,
                                limit));
    }

    @Override
    public Answer<Page<RequestSummary>> requestsAfter(long position, int limit) {
        return read(
                "requestsAfter",
                () ->
                        new Page<>(
                                requests.stream()
                                        .filter(each -> each.position() > position)
                                        .limit(limit)
                                        .toList(),
                                null));
    }

    @Override
    public Answer<Page<AuditEntry>> audit(AuditSearch search, String cursor, int limit) {
        return read(
                "audit",
                () -> {
                    int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
                    var looked =
                            audit.stream()
                                    .sorted(
                                            Comparator.comparingLong(AuditEntry::sequence)
                                                    .reversed())
                                    .skip(from)
                                    .limit(auditLook)
                                    .toList();
                    var found = new ArrayList<AuditEntry>();
                    int next = from;
                    for (var each : looked) {
                        if (found.size() == limit) {
                            break;
                        }
                        next++;
                        if (AuditMatches.matches(each, search)) {
                            found.add(each);
                        }
                    }
                    return new Page<>(found, next < audit.size() ? Integer.toString(next) : null);
                });
    }

    @Override
    public Answer<Page<Device>> devices(String cursor) {
        return read("devices", () -> new Page<>(devices, null));
    }

    @Override
    public synchronized Answer<Device> revokeDevice(DeviceId id) {
        return change(
                "revokeDevice",
                () -> {
                    var device =
                            devices.stream()
                                    .filter(d -> d.id().equals(id))
                                    .findFirst()
                                    .orElseThrow();
                    Device revoked = KeySamples.revoked(device);
                    devices.set(devices.indexOf(device), revoked);
                    return revoked;
                });
    }

    @Override
    public synchronized Answer<CreatedInvitation> invite(CreateInvitation draft) {
        return change(
                "invite",
                () ->
                        new CreatedInvitation(
                                Samples.id(InvitationId::of, 900 + ++created),
                                draft.name(),
                                draft.role(),
                                Samples.NOW.plus(Duration.ofHours(1)),
                                Samples.ENROLMENT_CODE));
    }
}
