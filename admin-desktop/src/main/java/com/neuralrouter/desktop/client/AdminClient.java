package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.AuditEntry;
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
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;

/**
 * One method for each row of {@link com.neuralrouter.contract.AdminApi} that the desktop uses.
 *
 * <p>Every call blocks until the answer is whole, refused or timed out, so it is made through
 * {@code task.Tasks}; interrupting the calling thread ends the exchange. Implementations may be
 * used by many threads at once. A cursor is empty for the first page.
 */
public interface AdminClient extends RoutingClient {
    /** The part about who has access, and about the trail's keeping. */
    GovernanceClient governance();

    /** The part about usage and cost, limits and budgets. */
    UsageClient usage();

    /** The part about policies, and changes that wait for a second person. */
    PolicyClient policies();

    Answer<ApplianceStatus> status();

    Answer<Page<Workspace>> workspaces(String cursor);

    Answer<Workspace> createWorkspace(CreateWorkspace workspace);

    /** Answers {@code true} when it is gone, with its keys. */
    Answer<Boolean> deleteWorkspace(WorkspaceId workspace, DeleteWorkspace confirmation);

    Answer<VaultStatus> vault();

    Answer<VaultStatus> rotateRootKey();

    Answer<VaultStatus> rotateWorkspaceKey(WorkspaceId workspace);

    Answer<BackupList> backups();

    /** Begins one of the data and one of the keys; {@link #backups} tells how that ends. */
    Answer<BackupRun> createBackups();

    /** Begins to verify that one; {@link #backups} tells how that ends. */
    Answer<BackupRun> verifyBackup(String name);

    Answer<Page<ApiKey>> apiKeys(WorkspaceId workspace, String cursor);

    Answer<CreatedApiKey> createApiKey(WorkspaceId workspace, CreateApiKey key);

    Answer<ApiKey> revokeApiKey(ApiKeyId key);

    Answer<Page<Provider>> providers(String cursor);

    Answer<Page<Credential>> credentials(WorkspaceId workspace, String cursor);

    Answer<Credential> putCredential(WorkspaceId workspace, PutCredential credential);

    /** Answers {@code true} when it is gone. */
    Answer<Boolean> deleteCredential(CredentialId credential);

    Answer<Page<Route>> routes(String cursor);

    /** The newest first. */
    Answer<Page<RequestSummary>> requests(String cursor, int limit);

    /** What came after that position, the oldest first. */
    Answer<Page<RequestSummary>> requestsAfter(long position, int limit);

    /** The newest first. A page can be short although there is a next one. */
    Answer<Page<AuditEntry>> audit(AuditSearch search, String cursor, int limit);

    Answer<Page<Device>> devices(String cursor);

    Answer<Device> revokeDevice(DeviceId device);

    Answer<CreatedInvitation> invite(CreateInvitation invitation);
}
