package com.neuralrouter.desktop.client;

import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.BackupList;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.CosignCheckpoint;
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
import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.IncidentId;
import com.neuralrouter.contract.IncidentNote;
import com.neuralrouter.contract.LogAlarm;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;

import tools.jackson.core.type.TypeReference;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;

/**
 * The admin API over HTTPS with this device's certificate, trusting exactly one site's root and
 * nothing else that the machine trusts. Close it when the connection is left.
 */
public final class HttpAdminClient implements AdminClient, LogClient, AutoCloseable {
    private final JsonExchange exchange;

    /** Speaks to the admin listener at that address as that device. Nothing is sent yet. */
    public HttpAdminClient(
            Address address, TlsIdentity identity, X509Certificate root, ChangeGate gate) {
        exchange = new JsonExchange(address, PinnedTrust.ofRoot(root).context(identity), gate);
    }

    @Override
    public GovernanceClient governance() {
        return new HttpGovernanceClient(exchange);
    }

    @Override
    public PolicyClient policies() {
        return new HttpPolicyClient(exchange);
    }

    @Override
    public UsageClient usage() {
        return new HttpUsageClient(exchange);
    }

    @Override
    public Answer<ApplianceStatus> status() {
        return exchange.get(AdminApi.STATUS, new TypeReference<>() {});
    }

    @Override
    public Answer<Page<Workspace>> workspaces(String cursor) {
        return exchange.get(page(AdminApi.WORKSPACES, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<Workspace> createWorkspace(CreateWorkspace workspace) {
        return exchange.post(AdminApi.WORKSPACES, workspace, new TypeReference<>() {});
    }

    @Override
    public Answer<Boolean> deleteWorkspace(WorkspaceId workspace, DeleteWorkspace confirmation) {
        return exchange.post(of(workspace, AdminApi.DELETE_WORKSPACE), confirmation);
    }

    @Override
    public Answer<VaultStatus> vault() {
        return exchange.get(AdminApi.VAULT, new TypeReference<>() {});
    }

    @Override
    public Answer<VaultStatus> rotateRootKey() {
        return exchange.post(AdminApi.VAULT_ROTATE, new TypeReference<>() {});
    }

    @Override
    public Answer<VaultStatus> rotateWorkspaceKey(WorkspaceId workspace) {
        return exchange.post(
                of(workspace, AdminApi.ROTATE_KEY_OF_WORKSPACE), new TypeReference<>() {});
    }

    @Override
    public Answer<BackupList> backups() {
        return exchange.get(AdminApi.BACKUPS, new TypeReference<>() {});
    }

    @Override
    public Answer<BackupRun> createBackups() {
        return exchange.post(AdminApi.BACKUPS, new TypeReference<>() {});
    }

    @Override
    public Answer<BackupRun> verifyBackup(String name) {
        return exchange.post(
                AdminApi.BACKUPS
                        + "/"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        + AdminApi.VERIFY,
                new TypeReference<>() {});
    }

    @Override
    public Answer<Page<ApiKey>> apiKeys(WorkspaceId workspace, String cursor) {
        return exchange.get(
                page(of(workspace, AdminApi.API_KEYS_OF_WORKSPACE), cursor),
                new TypeReference<>() {});
    }

    @Override
    public Answer<CreatedApiKey> createApiKey(WorkspaceId workspace, CreateApiKey key) {
        return exchange.post(
                of(workspace, AdminApi.API_KEYS_OF_WORKSPACE), key, new TypeReference<>() {});
    }

    @Override
    public Answer<ApiKey> revokeApiKey(ApiKeyId key) {
        return exchange.post(
                AdminApi.API_KEYS + "/" + key + AdminApi.REVOKE, new TypeReference<>() {});
    }

    @Override
    public Answer<Page<Provider>> providers(String cursor) {
        return exchange.get(page(AdminApi.PROVIDERS, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<Page<Credential>> credentials(WorkspaceId workspace, String cursor) {
        return exchange.get(
                page(of(workspace, AdminApi.CREDENTIALS_OF_WORKSPACE), cursor),
                new TypeReference<>() {});
    }

    @Override
    public Answer<Credential> putCredential(WorkspaceId workspace, PutCredential credential) {
        return exchange.post(
                of(workspace, AdminApi.CREDENTIALS_OF_WORKSPACE),
                credential,
                new TypeReference<>() {});
    }

    @Override
    public Answer<Boolean> deleteCredential(CredentialId credential) {
        return exchange.delete(AdminApi.CREDENTIALS + "/" + credential);
    }

    @Override
    public Answer<Page<Route>> routes(String cursor) {
        return exchange.get(page(AdminApi.ROUTES, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<Page<RequestSummary>> requests(String cursor, int limit) {
        return exchange.get(
                page(AdminApi.REQUESTS + "?limit=" + limit, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<Page<RequestSummary>> requestsAfter(long position, int limit) {
        return exchange.get(
                AdminApi.REQUESTS + "?limit=" + limit + "&after=" + position,
                new TypeReference<>() {});
    }

    @Override
    public Answer<Page<AuditEntry>> audit(AuditSearch search, String cursor, int limit) {
        return exchange.get(
                page(AdminApi.AUDIT + "?limit=" + limit + search.query(), cursor),
                new TypeReference<>() {});
    }

    @Override
    public Answer<Page<Device>> devices(String cursor) {
        return exchange.get(page(AdminApi.DEVICES, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<Device> revokeDevice(DeviceId device) {
        return exchange.post(
                AdminApi.DEVICES + "/" + device + AdminApi.REVOKE, new TypeReference<>() {});
    }

    @Override
    public Answer<CreatedInvitation> invite(CreateInvitation invitation) {
        return exchange.post(AdminApi.INVITATIONS, invitation, new TypeReference<>() {});
    }

    @Override
    public Answer<Page<ProviderHealth>> providerHealth(String cursor) {
        return exchange.get(page(AdminApi.PROVIDER_HEALTH, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<ProviderHealth> suspendProvider(ProviderId provider, ChangeStanding reason) {
        return exchange.post(
                AdminApi.PROVIDERS + "/" + provider + AdminApi.SUSPEND,
                reason,
                new TypeReference<>() {});
    }

    @Override
    public Answer<ProviderHealth> resumeProvider(ProviderId provider, ChangeStanding reason) {
        return exchange.post(
                AdminApi.PROVIDERS + "/" + provider + AdminApi.RESUME,
                reason,
                new TypeReference<>() {});
    }

    @Override
    public Answer<Page<Incident>> incidents(String cursor) {
        return exchange.get(page(AdminApi.INCIDENTS, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<Incident> acknowledgeIncident(IncidentId incident) {
        return exchange.post(of(incident, AdminApi.ACKNOWLEDGE), new TypeReference<>() {});
    }

    @Override
    public Answer<Incident> noteIncident(IncidentId incident, IncidentNote note) {
        return exchange.post(of(incident, AdminApi.NOTES), note, new TypeReference<>() {});
    }

    @Override
    public Answer<Incident> closeIncident(IncidentId incident, IncidentNote note) {
        return exchange.post(of(incident, AdminApi.CLOSE), note, new TypeReference<>() {});
    }

    @Override
    public Answer<Explanation> explanation(RequestId request) {
        return exchange.get(
                AdminApi.REQUESTS + "/" + request + AdminApi.EXPLANATION, new TypeReference<>() {});
    }

    @Override
    public Answer<LogCheckpoint> checkpoint() {
        return exchange.get(AdminApi.AUDIT_CHECKPOINT, new TypeReference<>() {});
    }

    @Override
    public Answer<LogConsistency> consistency(long from, long to) {
        return exchange.get(
                AdminApi.AUDIT_CONSISTENCY + "?from=" + from + "&to=" + to,
                new TypeReference<>() {});
    }

    @Override
    public Answer<LogProof> proof(long entry) {
        return exchange.get(
                AdminApi.AUDIT + "/" + entry + AdminApi.PROOF, new TypeReference<>() {});
    }

    @Override
    public Answer<LogProof> proof(RequestId request) {
        return exchange.get(
                AdminApi.REQUESTS + "/" + request + AdminApi.PROOF, new TypeReference<>() {});
    }

    @Override
    public Answer<Page<ReceiptKey>> receiptKeys() {
        return exchange.get(AdminApi.RECEIPT_KEYS, new TypeReference<>() {});
    }

    @Override
    public Answer<Page<CosignCheckpoint>> cosignatures(String cursor) {
        return exchange.get(page(AdminApi.AUDIT_COSIGNATURES, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<Boolean> cosign(CosignCheckpoint signature) {
        return exchange.tell(AdminApi.AUDIT_COSIGNATURES, signature);
    }

    @Override
    public Answer<Boolean> report(LogAlarm alarm) {
        return exchange.tell(AdminApi.AUDIT_ALARMS, alarm);
    }

    @Override
    public void close() {
        exchange.close();
    }

    private static String of(IncidentId incident, String below) {
        return AdminApi.INCIDENTS + "/" + incident + below;
    }

    private static String of(WorkspaceId workspace, String below) {
        return AdminApi.WORKSPACES + "/" + workspace + below;
    }

    /** The path of a page. */
    static String page(String path, String cursor) {
        if (cursor.isEmpty()) {
            return path;
        }
        return path
                + (path.contains("?") ? "&" : "?")
                + "cursor="
                + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
}
