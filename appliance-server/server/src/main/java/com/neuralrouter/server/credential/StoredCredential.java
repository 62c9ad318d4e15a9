package com.neuralrouter.server.credential;

import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.secret.SecretPlace;

import java.time.Instant;

/**
 * A credential as it lies in the store.
 *
 * @param sealed the secret under the workspace's key, see {@link
 *     com.neuralrouter.server.secret.SealedSecret}
 * @param lastFour the secret's last characters; empty for one that is too short to show any
 */
public record StoredCredential(
        CredentialId id,
        WorkspaceId workspaceId,
        ProviderId providerId,
        String label,
        byte[] sealed,
        String lastFour,
        Instant createdAt,
        Instant changedAt) {

    /** Where its secret belongs. */
    public SecretPlace place() {
        return place(id, workspaceId);
    }

    static SecretPlace place(CredentialId id, WorkspaceId workspace) {
        return new SecretPlace(
                workspace, "credential", "sealed", id.value(), "provider-credential");
    }

    Credential wire(String providerName) {
        return new Credential(
                id, workspaceId, providerId, providerName, label, lastFour, createdAt, changedAt);
    }

    @Override
    public String toString() {
        return "StoredCredential[id=" + id + ", redacted]";
    }
}
