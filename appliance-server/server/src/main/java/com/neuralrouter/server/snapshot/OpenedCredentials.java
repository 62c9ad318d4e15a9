package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.CredentialId;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.UnopenedSecret;
import com.neuralrouter.server.credential.StoredCredential;
import com.neuralrouter.server.integrity.Verified;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.UnopenableSecret;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The credentials of the last snapshot. To open one takes two unwraps, so only those whose row, or
 * whose workspace's keys, changed since are opened again. Used under the publisher's lock.
 */
final class OpenedCredentials {
    private static final Logger LOG = System.getLogger(OpenedCredentials.class.getName());

    private static final String CREDENTIALS = "credential";
    private static final String KEYS = "workspace_key";
    private static final String DESTROYED_KEYS = "destroyed_workspace_key";

    private final SnapshotSources sources;
    private final KeyRing keys;
    private @Nullable Verified last;
    private Map<CredentialId, SecretBytes> opened = Map.of();

    OpenedCredentials(SnapshotSources sources, KeyRing keys) {
        this.sources = sources;
        this.keys = keys;
    }

    /**
     * By workspace and provider. One that can't be opened is left out: its provider can't be asked,
     * all else goes on.
     */
    Map<WorkspaceId, Map<ProviderId, SecretBytes>> in(
            Tx tx, Verified verified, List<UnopenedSecret> unopened) {
        Set<UUID> rows = changed(verified, CREDENTIALS);
        Set<UUID> workspaces = changed(verified, KEYS);
        workspaces.addAll(changed(verified, DESTROYED_KEYS));
        var now = new HashMap<CredentialId, SecretBytes>();
        var found = new HashMap<WorkspaceId, Map<ProviderId, SecretBytes>>();
        for (StoredCredential stored : sources.credentials().all(tx)) {
            boolean same =
                    !rows.contains(stored.id().value())
                            && !workspaces.contains(stored.workspaceId().value());
            SecretBytes secret = same ? opened.get(stored.id()) : null;
            if (secret == null) {
                secret = open(tx, stored, unopened);
            }
            if (secret != null) {
                now.put(stored.id(), secret);
                found.computeIfAbsent(stored.workspaceId(), _ -> new HashMap<>())
                        .put(stored.providerId(), secret);
            }
        }
        opened = now;
        last = verified.only(List.of(CREDENTIALS, KEYS, DESTROYED_KEYS));
        return found;
    }

    private Set<UUID> changed(Verified verified, String table) {
        return last == null ? new HashSet<>() : new HashSet<>(verified.changed(table, last));
    }

    private @Nullable SecretBytes open(
            Tx tx, StoredCredential stored, List<UnopenedSecret> unopened) {
        try {
            return keys.open(tx, stored.place(), SealedSecret.of(stored.sealed()));
        } catch (UnopenableSecret failure) {
            if (failure.isShredded()) {
                LOG.log(
                        Logger.Level.WARNING,
                        "a credential''s key was destroyed, so it is not used credential={0}",
                        stored.id());
                return null;
            }
            unopened.add(
                    new UnopenedSecret(
                            "credential",
                            stored.id().value(),
                            stored.workspaceId(),
                            sources.workspaces()
                                    .find(tx, stored.workspaceId())
                                    .orElseThrow()
                                    .name(),
                            String.valueOf(failure.getMessage())));
            return null;
        }
    }
}
