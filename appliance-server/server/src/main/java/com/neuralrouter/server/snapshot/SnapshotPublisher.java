package com.neuralrouter.server.snapshot;

import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AfterCommit;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.admin.TamperingAlarm;
import com.neuralrouter.server.admin.UnopenedSecret;
import com.neuralrouter.server.catalogue.Catalogue;
import com.neuralrouter.server.integrity.Seen;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.integrity.StoreTampered;
import com.neuralrouter.server.integrity.Verified;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.snapshot.RouteIndex.ByWorkspace;
import com.neuralrouter.server.store.Tx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Compiles the site's committed state into a {@link GatewaySnapshot} and publishes it: once at the
 * start, and after each change before that change is acknowledged. Every row is verified in the
 * transaction in which it is read; a state that something else has changed is not published. What
 * no change has touched since the last snapshot is taken from there and not read again. Safe for
 * all threads; a snapshot is never followed by an older one.
 *
 * <p>The opened credentials of a snapshot that was replaced are not wiped but left to the garbage
 * collector: a request that began before may still be sending one, and nothing counts requests per
 * snapshot.
 */
public final class SnapshotPublisher implements AfterCommit {
    private final SiteReads reads;
    private final SnapshotSources sources;
    private final Snapshots snapshots;
    private final SiteIntegrity integrity;
    private final TamperingAlarm alarm;

    // What the last snapshot is made of. Guarded by the lock below.
    private final KeyIndex keyIndex;
    private final RouteIndex routeIndex;
    private final AllowanceIndex allowanceIndex;
    private final OpenedCredentials secrets;
    private final Part<Map<WorkspaceId, WorkspacePolicies>> policies =
            Part.ofAllBut(
                    "api_key",
                    "approval",
                    "approval_rules",
                    "budget",
                    "credential",
                    "destroyed_workspace_key",
                    "device",
                    "invitation",
                    "model_catalogue",
                    "policy_version",
                    "root_key",
                    "route",
                    "route_upstream",
                    "route_workspace",
                    "usage_limit",
                    "workspace_key");
    private final Part<ByWorkspace> routes =
            Part.of("route", "route_workspace", "route_upstream", "provider");
    private final Part<Map<WorkspaceId, Map<ProviderId, SecretBytes>>> credentials =
            Part.of("credential", "workspace_key", "destroyed_workspace_key", "root_key");
    private final Part<Map<String, Device>> devices = Part.of("device");
    private final Part<Catalogue> catalogue = Part.of("model_catalogue");
    private final Part<Map<WorkspaceId, WorkspaceView>> workspaces =
            Part.ofAllBut(
                    "api_key",
                    "approval",
                    "approval_rules",
                    "budget",
                    "device",
                    "invitation",
                    "model_catalogue",
                    "policy_version",
                    "usage_limit");

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
        this.snapshots = snapshots;
        this.integrity = integrity;
        this.alarm = alarm;
        this.keyIndex = new KeyIndex(sources.apiKeys());
        this.routeIndex = new RouteIndex(sources);
        this.allowanceIndex = new AllowanceIndex(sources.metering());
        this.secrets = new OpenedCredentials(sources, keys);
    }

    /** Throws {@link StoreTampered}; the snapshot before stays in force then. */
    @Override
    public void publish() {
        publishing.lock();
        try {
            Seen seen = integrity.seen();
            var unopened = new ArrayList<UnopenedSecret>();
            snapshots.publish(reads.read(tx -> compile(tx, seen, unopened)));
            unopened.forEach(alarm::raise);
        } catch (StoreTampered tampered) {
            alarm.raise(tampered);
            throw tampered;
        } finally {
            publishing.unlock();
        }
    }

    private GatewaySnapshot compile(Tx tx, Seen seen, List<UnopenedSecret> unopened) {
        Verified verified = integrity.verify(tx, seen);
        return new GatewaySnapshot(
                sources.site().version(tx),
                keyIndex.in(tx, verified),
                workspaces.in(verified, () -> workspaces(tx, verified, unopened)),
                devices.in(
                        verified,
                        () ->
                                sources.devices().active(tx).stream()
                                        .collect(
                                                Collectors.toUnmodifiableMap(
                                                        Device::fingerprint, device -> device))),
                catalogue.in(verified, () -> sources.catalogues().inForce(tx)),
                allowanceIndex.in(tx, verified));
    }

    private Map<WorkspaceId, WorkspaceView> workspaces(
            Tx tx, Verified verified, List<UnopenedSecret> unopened) {
        ByWorkspace granted = routes.in(verified, () -> routeIndex.in(tx, verified));
        Map<WorkspaceId, WorkspacePolicies> decided =
                policies.in(verified, () -> WorkspacePolicyCompiler.compile(sources, tx));
        Map<WorkspaceId, Map<ProviderId, SecretBytes>> opened =
                credentials.in(verified, () -> secrets.in(tx, verified, unopened));
        var views = new HashMap<WorkspaceId, WorkspaceView>();
        for (Workspace workspace : sources.workspaces().all(tx)) {
            WorkspaceId id = workspace.id();
            views.put(
                    id,
                    new WorkspaceView(
                            id,
                            workspace.name(),
                            workspace.state() == Workspace.State.SUSPENDED,
                            Objects.requireNonNull(decided.get(id)),
                            granted.of(id),
                            opened.getOrDefault(id, Map.of())));
        }
        return Map.copyOf(views);
    }
}
