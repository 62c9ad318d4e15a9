package com.neuralrouter.server.access;

import com.neuralrouter.contract.AccessList.Access;
import com.neuralrouter.contract.AccessList.Kind;
import com.neuralrouter.contract.AccessList.Remark;
import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.apikey.ApiKeyStore;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.credential.CredentialStore;
import com.neuralrouter.server.credential.StoredCredential;
import com.neuralrouter.server.device.DeviceStore;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.workspace.WorkspaceStore;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the stores grant at the moment. No state; safe for all threads. */
public final class GrantedAccess {
    private static final Duration UNUSED = Duration.ofDays(90);
    private static final Duration OLD = Duration.ofDays(365);

    private final Stores stores;
    private final LastUses lastUses;
    private final Clock clock;

    /** Where it stands. */
    public record Stores(
            DeviceStore devices,
            ApiKeyStore apiKeys,
            CredentialStore credentials,
            WorkspaceStore workspaces,
            ProviderStore providers,
            AuditStore audit) {}

    /** When each of the keys last began a request. */
    public interface LastUses {
        Map<ApiKeyId, Instant> of(Tx tx, Collection<ApiKeyId> keys);
    }

    public GrantedAccess(Stores stores, LastUses lastUses, Clock clock) {
        this.stores = stores;
        this.lastUses = lastUses;
        this.clock = clock;
    }

    List<Access> all(Tx tx) {
        Map<WorkspaceId, String> workspaces =
                stores.workspaces().all(tx).stream()
                        .collect(Collectors.toMap(Workspace::id, Workspace::name));
        var all = new ArrayList<Access>();
        stores.devices().active(tx).forEach(each -> all.add(device(tx, each)));
        addApiKeys(tx, workspaces, all);
        addCredentials(tx, workspaces, all);
        return all;
    }

    private Access device(Tx tx, Device device) {
        Instant used =
                stores.audit().lastOf(tx, device.id().toString(), "device.signed_in").orElse(null);
        List<Remark> remarks = remarks(device.enrolledAt(), used);
        if (device.role() == Role.OWNER) {
            remarks.add(Remark.OWNER);
        }
        return new Access(
                Kind.DEVICE,
                device.id().toString(),
                device.name(),
                device.role().name(),
                device.enrolledAt(),
                device.certificateExpiresAt(),
                used,
                remarks);
    }

    private void addApiKeys(Tx tx, Map<WorkspaceId, String> workspaces, List<Access> all) {
        Instant now = clock.instant();
        List<StoredApiKey> active =
                stores.apiKeys().all(tx).stream()
                        .filter(key -> key.state(now) == ApiKey.State.ACTIVE)
                        .toList();
        Map<ApiKeyId, Instant> used =
                lastUses.of(tx, active.stream().map(StoredApiKey::id).toList());
        for (StoredApiKey key : active) {
            List<Remark> remarks = remarks(key.createdAt(), used.get(key.id()));
            if (key.expiresAt() == null) {
                remarks.add(Remark.NO_END);
            }
            all.add(
                    new Access(
                            Kind.API_KEY,
                            key.id().toString(),
                            key.name(),
                            name(workspaces, key.workspaceId()),
                            key.createdAt(),
                            key.expiresAt(),
                            used.get(key.id()),
                            remarks));
        }
    }

    private void addCredentials(Tx tx, Map<WorkspaceId, String> workspaces, List<Access> all) {
        Map<ProviderId, String> providers =
                stores.providers().all(tx).stream()
                        .map(StoredProvider::endpoint)
                        .collect(Collectors.toMap(Endpoint::id, Endpoint::name));
        for (StoredCredential each : stores.credentials().all(tx)) {
            var remarks = new ArrayList<Remark>();
            if (each.changedAt().isBefore(clock.instant().minus(OLD))) {
                remarks.add(Remark.OLD);
            }
            all.add(
                    new Access(
                            Kind.CREDENTIAL,
                            each.id().toString(),
                            each.label(),
                            name(workspaces, each.workspaceId())
                                    + " at "
                                    + name(providers, each.providerId()),
                            each.changedAt(),
                            null,
                            null,
                            remarks));
        }
    }

    private List<Remark> remarks(Instant since, @Nullable Instant used) {
        var remarks = new ArrayList<Remark>();
        Instant now = clock.instant();
        Instant last = used == null ? since : used;
        if (last.isBefore(now.minus(UNUSED))) {
            remarks.add(Remark.UNUSED);
        }
        if (since.isBefore(now.minus(OLD))) {
            remarks.add(Remark.OLD);
        }
        return remarks;
    }

    private static <K> String name(Map<K, String> names, K id) {
        return names.getOrDefault(id, String.valueOf(id));
    }
}
