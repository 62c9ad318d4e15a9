package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AfterCommit;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.admin.TamperingAlarm;
import com.neuralrouter.server.admin.UnopenedSecret;
import com.neuralrouter.server.apikey.StoredApiKey;
import com.neuralrouter.server.credential.StoredCredential;
import com.neuralrouter.server.integrity.Seen;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.integrity.StoreTampered;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.StoredRoute;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.SealedSecret;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.UnopenableSecret;
import com.neuralrouter.server.store.Tx;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Compiles the site's committed state into a {@link GatewaySnapshot} and publishes it: once at the
 * start, and after each change before that change is acknowledged. Every row is verified in the
 * transaction in which it is read; a state that something else has changed is not published. Safe
 * for all threads; a snapshot is never followed by an older one.
 *
 * <p>The opened credentials of a snapshot that was replaced are not wiped but left to the garbage
 * collector: a request that began before may still be sending one, and nothing counts requests per
 * snapshot.
 */
public final class SnapshotPublisher implements AfterCommit {
    private static final Logger LOG = System.getLogger(SnapshotPublisher.class.getName());

    private final SiteReads reads;
    private final SnapshotSources sources;
    private final KeyRing keys;
    private final Snapshots snapshots;
    private final SiteIntegrity integrity;
    private final TamperingAlarm alarm;

    /** Held from reading to publishing, so that snapshots come out in the order of their states. */
    private final ReentrantLock publishing = new ReentrantLock();

    public SnapshotPublisher(
            SiteReads reads,
            SnapshotSources sources,
            KeyRing keys,
            Snapshots snapshots,
            SiteIntegrity integrity,
            TamperingAlarm alarm) {
        this.reads = reads;
        this.sources = sources;
        this.keys = keys;
        this.snapshots = snapshots;
        this.integrity = integrity;
        this.alarm = alarm;
    }

    /** Throws {@link StoreTampered}; the snapshot before stays in force then. */
    @Override
    public void publish() {
        publishing.lock();
        try {
            Seen seen = integrity.seen();
            var unopened = new ArrayList<UnopenedSecret>();
            snapshots.publish(reads.read(tx -> verified(tx, seen, unopened)));
            unopened.forEach(alarm::raise);
        } catch (StoreTampered tampered) {
            alarm.raise(tampered);
            throw tampered;
        } finally {
            publishing.unlock();
        }
    }

    private GatewaySnapshot verified(Tx tx, Seen seen, List<UnopenedSecret> unopened) {
        integrity.verify(tx, seen);
        return compile(tx, unopened);
    }

    private GatewaySnapshot compile(Tx tx, List<UnopenedSecret> unopened) {
        Map<ProviderId, Endpoint> endpoints =
                sources.providers().all(tx).stream()
                        .collect(
                                Collectors.toMap(
                                        provider -> provider.endpoint().id(),
                                        provider -> provider.endpoint()));
        var routes = new LinkedHashMap<StoredRoute, Route>();
        sources.routes().all(tx).forEach(route -> routes.put(route, compiled(route, endpoints)));
        Map<WorkspaceId, WorkspacePolicies> policies = WorkspacePolicyCompiler.compile(sources, tx);
        Map<WorkspaceId, Map<ProviderId, SecretBytes>> credentials = credentials(tx, unopened);
        var workspaces = new HashMap<WorkspaceId, WorkspaceView>();
        for (Workspace workspace : sources.workspaces().all(tx)) {
            WorkspaceId id = workspace.id();
            workspaces.put(
                    id,
                    new WorkspaceView(
                            id,
                            workspace.name(),
                            workspace.state() == Workspace.State.SUSPENDED,
                            Objects.requireNonNull(policies.get(id)),
                            routesOf(id, routes),
                            credentials.getOrDefault(id, Map.of())));
        }
        return new GatewaySnapshot(
                sources.site().version(tx),
                keys(tx),
                workspaces,
                sources.devices().active(tx).stream()
                        .collect(Collectors.toMap(Device::fingerprint, device -> device)));
    }

    private Map<String, KeyEntry> keys(Tx tx) {
        return sources.apiKeys().all(tx).stream()
                .collect(Collectors.toMap(StoredApiKey::kid, SnapshotPublisher::entry));
    }

    private static KeyEntry entry(StoredApiKey key) {
        return new KeyEntry(
                key.id(),
                key.name(),
                key.workspaceId(),
                key.reference(),
                key.expiresAt() == null ? Long.MAX_VALUE : key.expiresAt().toEpochMilli(),
                key.revokedAt() != null);
    }

    private static Map<String, Route> routesOf(
            WorkspaceId workspace, Map<StoredRoute, Route> routes) {
        return routes.entrySet().stream()
                .filter(route -> route.getKey().grants(workspace))
                .collect(Collectors.toMap(route -> route.getKey().model(), Map.Entry::getValue));
    }

    /** A foreign key sees to it that the provider is there. */
    private static Route compiled(StoredRoute route, Map<ProviderId, Endpoint> endpoints) {
        return route.compiled(id -> Objects.requireNonNull(endpoints.get(id)));
    }

    /** One that can't be opened is left out: its provider can't be asked, all else goes on. */
    private Map<WorkspaceId, Map<ProviderId, SecretBytes>> credentials(
            Tx tx, List<UnopenedSecret> unopened) {
        var opened = new HashMap<WorkspaceId, Map<ProviderId, SecretBytes>>();
        for (StoredCredential stored : sources.credentials().all(tx)) {
            try {
                SecretBytes secret =
                        keys.open(tx, stored.place(), SealedSecret.of(stored.sealed()));
                opened.computeIfAbsent(stored.workspaceId(), _ -> new HashMap<>())
                        .put(stored.providerId(), secret);
            } catch (UnopenableSecret failure) {
                if (failure.isShredded()) {
                    LOG.log(
                            Logger.Level.WARNING,
                            "a credential''s key was destroyed, so it is not used credential={0}",
                            stored.id());
                    continue;
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
            }
        }
        return opened;
    }
}
