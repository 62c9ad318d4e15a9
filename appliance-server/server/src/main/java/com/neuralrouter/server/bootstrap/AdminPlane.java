package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.server.access.GrantedAccess;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttp;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.RefusedCertificates;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.admin.SiteStore;
import com.neuralrouter.server.admin.StatusEndpoints;
import com.neuralrouter.server.admin.StoreInspection;
import com.neuralrouter.server.admin.TamperingAlarm;
import com.neuralrouter.server.apikey.ApiKeyCommands;
import com.neuralrouter.server.apikey.ApiKeyEndpoints;
import com.neuralrouter.server.apikey.ApiKeyStore;
import com.neuralrouter.server.approval.SecondPerson;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.AuditLog;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.audit.Evidence;
import com.neuralrouter.server.audit.ReadableEntries;
import com.neuralrouter.server.backup.BackupEndpoints;
import com.neuralrouter.server.backup.Backups;
import com.neuralrouter.server.catalogue.Catalogues;
import com.neuralrouter.server.content.ContentKeyStore;
import com.neuralrouter.server.credential.CredentialCommands;
import com.neuralrouter.server.credential.CredentialEndpoints;
import com.neuralrouter.server.credential.CredentialStore;
import com.neuralrouter.server.device.DeviceCommands;
import com.neuralrouter.server.device.DeviceEndpoints;
import com.neuralrouter.server.device.DeviceStore;
import com.neuralrouter.server.device.EnrolledPeers;
import com.neuralrouter.server.device.Enrolment;
import com.neuralrouter.server.device.EnrolmentEndpoints;
import com.neuralrouter.server.device.EnrolmentRate;
import com.neuralrouter.server.device.InvitationApprovals;
import com.neuralrouter.server.device.InvitationStore;
import com.neuralrouter.server.device.SiteEntrance;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.listener.Plane;
import com.neuralrouter.server.policy.PolicyStore;
import com.neuralrouter.server.provider.ProviderCommands;
import com.neuralrouter.server.provider.ProviderEndpoints;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.retention.Retention;
import com.neuralrouter.server.route.Prober;
import com.neuralrouter.server.route.RouteCommands;
import com.neuralrouter.server.route.RouteEndpoints;
import com.neuralrouter.server.route.RouteStore;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.KeyRingStore;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.site.ProviderApprovals;
import com.neuralrouter.server.site.SiteCommands;
import com.neuralrouter.server.site.SiteEndpoints;
import com.neuralrouter.server.site.SiteRooms;
import com.neuralrouter.server.site.SiteStores;
import com.neuralrouter.server.site.WorkspaceRemoval;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.SnapshotPublisher;
import com.neuralrouter.server.snapshot.SnapshotSources;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.trial.PolicyTrials;
import com.neuralrouter.server.usage.UsageStore;
import com.neuralrouter.server.vault.KeyRotation;
import com.neuralrouter.server.vault.KeyRotationWorker;
import com.neuralrouter.server.workspace.WorkspaceCommands;
import com.neuralrouter.server.workspace.WorkspaceEndpoints;
import com.neuralrouter.server.workspace.WorkspaceStore;

import io.helidon.webserver.http.HttpRouting;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The parts of the admin plane and of enrolment, put together. */
final class AdminPlane implements AutoCloseable {
    /** What the inference plane works by until the store was read: nothing is allowed. */
    static final GatewaySnapshot NOTHING_PUBLISHED =
            new GatewaySnapshot(0, Map.of(), Map.of(), Map.of());

    private final Ground ground;
    private final Entrance entrance;
    private final Snapshots snapshots;
    private final Routing routing;
    private final RoutingRooms routingRooms;
    private final UsageRooms usageRooms;
    private final MeteringRooms meteringRooms;

    private final SiteStore site = new SiteStore();
    private final AuditStore audit = new AuditStore();
    private final WorkspaceStore workspaces = new WorkspaceStore();
    private final ApiKeyStore apiKeys = new ApiKeyStore();
    private final CredentialStore credentials = new CredentialStore();
    private final ProviderStore providers = new ProviderStore();
    private final RouteStore routes = new RouteStore();
    private final PolicyStore policies = new PolicyStore();
    private final PolicyRooms policyRooms;
    private final DeviceStore devices = new DeviceStore();
    private final InvitationStore invitations = new InvitationStore();
    private final Catalogues catalogues = Catalogues.builtIn();
    private final SecureRandom random = new SecureRandom();

    private final SiteReads reads;
    private final KeyRing keys;
    private final SnapshotPublisher publisher;
    private final AdminTransactions transactions;
    private final KeyRotation rotation;
    private final KeyRotationWorker rotationWorker;
    private final Retention retention;
    private final StoreInspection inspection;
    private final Authorisation authorisation;

    /** What changes the site, for what is put together outside. */
    AdminTransactions transactions() {
        return transactions;
    }

    /** What the plane stands on. */
    record Ground(
            ApplianceConfig config,
            Database database,
            Vault vault,
            SiteIntegrity integrity,
            Trail trail,
            UsageStore usage,
            Ids ids,
            Clock clock) {}

    /** What the audit log is to it. */
    record Trail(
            Evidence evidence,
            ReadableEntries readable,
            Supplier<Set<ApplianceStatus.Alert>> alerts) {}

    /** How devices get in. */
    record Entrance(SiteCertificateAuthority authority, String hostName, BoundPorts ports) {}

    AdminPlane(Ground ground, Snapshots snapshots, Routing routing, Entrance entrance) {
        this.ground = ground;
        this.entrance = entrance;
        this.snapshots = snapshots;
        this.routing = routing;
        this.reads = new SiteReads(ground.database());
        this.keys = new KeyRing(ground.vault(), new KeyRingStore(), random, ground.clock());
        reads.read(tx -> {
            keys.verify(tx);
            return true;
        });
        var log = new AuditLog(audit, ground.trail().evidence(), ground.clock());
        var alarm = new TamperingAlarm(ground.database(), log, ground.ids());
        this.publisher =
                new SnapshotPublisher(
                        reads,
                        new SnapshotSources(
                                site,
                                workspaces,
                                apiKeys,
                                credentials,
                                providers,
                                routes,
                                policies,
                                devices,
                                catalogues,
                                routing.metering()),
                        keys,
                        snapshots,
                        ground.integrity(),
                        alarm);
        this.transactions =
                new AdminTransactions(
                        ground.database(), site, log, ground.integrity(), alarm, publisher);
        this.inspection = new StoreInspection(reads, ground.integrity(), alarm);
        this.authorisation = new Authorisation(transactions, ground.clock());
        this.routingRooms =
                new RoutingRooms(ground, routing, snapshots, reads, transactions, providers);
        this.policyRooms =
                new PolicyRooms(ground, transactions, reads, policies, workspaces, apiKeys);
        this.usageRooms = new UsageRooms(ground, reads, transactions, catalogues, snapshots);
        this.meteringRooms =
                new MeteringRooms(ground, routing.metering(), reads, transactions, workspaces);
        this.rotation =
                new KeyRotation(ground.vault(), keys, List.of(credentials, new ContentKeyStore()));
        this.rotationWorker = new KeyRotationWorker(rotation, transactions, reads, ground.ids());
        this.retention =
                new Retention(
                        ground.config().audit().keep(),
                        transactions,
                        ground.trail().readable(),
                        ground.ids(),
                        ground.clock());
    }

    /** Takes up what earlier runs left to do in the background, and watches the providers. */
    void startWork(Prober prober) {
        rotationWorker.start();
        retention.start();
        inspection.start();
        usageRooms.start();
        routingRooms.watch(prober);
        meteringRooms.start();
    }

    @Override
    public void close() {
        meteringRooms.close();
        routingRooms.close();
        usageRooms.close();
        retention.close();
        inspection.close();
        policyRooms.close();
        rotationWorker.close();
    }

    /** What devices have read again since this was last asked, for the trail. */
    List<AuditEvent> readAgain() {
        return authorisation.readAgain();
    }

    /** Lets the inference plane work by what is in the store. */
    void publish() {
        publisher.publish();
    }

    /** What limits and budgets are kept by. */
    MeteringRooms metering() {
        return meteringRooms;
    }

    /** Records what the appliance itself did. */
    void record(Authorised self, AuditEvent event) {
        transactions.record(self.actor(), self.requestId(), event);
    }

    /** What the admin listener serves, with what is put together outside. */
    HttpRouting.Builder routing(Backups backups, List<AdminEndpoints> more) {
        var peers =
                new EnrolledPeers(
                        fingerprint -> snapshots.current().device(fingerprint), ground.clock());
        return AdminHttp.forAdministrators(
                        ground.ids(),
                        peers,
                        new RefusedCertificates(transactions, ground.clock()),
                        authorisation)
                .routing(
                        Stream.of(
                                        endpoints(backups),
                                        policyRooms.endpoints(),
                                        trailRooms().endpoints(),
                                        routingRooms.endpoints(),
                                        usageRooms.endpoints(),
                                        meteringRooms.endpoints(),
                                        more)
                                .flatMap(List::stream)
                                .toList());
    }

    private List<AdminEndpoints> endpoints(Backups backups) {
        Ids ids = ground.ids();
        Clock clock = ground.clock();
        var workspaceCommands = new WorkspaceCommands(transactions, workspaces, keys, ids, clock);
        var apiKeyCommands =
                new ApiKeyCommands(transactions, apiKeys, workspaces, ids, random, clock);
        var credentialCommands =
                new CredentialCommands(
                        transactions, credentials, workspaces, providers, keys, ids, clock);
        SiteStores stores = siteStores();
        SecondPerson second = policyRooms.second();
        var trials = new PolicyTrials(policies, workspaces, apiKeys, providers, clock);
        var providerCommands =
                new ProviderCommands(providers, ProviderAdapters.kinds(), ids, clock);
        var siteCommands =
                new SiteCommands(
                        transactions,
                        reads,
                        stores,
                        new SiteRooms(
                                workspaceCommands,
                                apiKeyCommands,
                                providerCommands,
                                credentialCommands,
                                new RouteCommands(routes, workspaces, providers, ids, clock),
                                policyRooms.commands(),
                                second,
                                meteringRooms.rooms()),
                        trials,
                        clock);
        var deviceCommands =
                new DeviceCommands(transactions, devices, invitations, second, ids, clock);
        var removal = new WorkspaceRemoval(transactions, stores, second, keys, backups::renewKeys);
        policyRooms.open(
                trials,
                ground.usage(),
                devices,
                List.of(
                        new ProviderApprovals(stores, providerCommands, trials),
                        removal,
                        new InvitationApprovals(deviceCommands, siteEntrance())));
        return List.of(
                status(),
                new SiteEndpoints(siteCommands, removal),
                new BackupEndpoints(backups),
                VaultRoom.endpoints(
                        ground, reads, transactions, keys, rotation, workspaces, rotationWorker),
                new WorkspaceEndpoints(reads, workspaces, workspaceCommands),
                apiKeyEndpoints(apiKeyCommands),
                new CredentialEndpoints(
                        reads, credentials, workspaces, providers, credentialCommands),
                new ProviderEndpoints(reads, providers),
                new RouteEndpoints(reads, routes, workspaces, providers, routing.health()::of),
                new DeviceEndpoints(deviceCommands, devices, reads, siteEntrance()));
    }

    private ApiKeyEndpoints apiKeyEndpoints(ApiKeyCommands commands) {
        return new ApiKeyEndpoints(
                reads, apiKeys, workspaces, ground.usage()::lastUsed, commands, ground.clock());
    }

    private SiteStores siteStores() {
        return new SiteStores(
                workspaces,
                apiKeys,
                providers,
                credentials,
                routes,
                policies,
                policyRooms.versions(),
                meteringRooms.stores());
    }

    private TrailRooms trailRooms() {
        return new TrailRooms(
                ground,
                reads,
                transactions,
                new GrantedAccess.Stores(
                        devices, apiKeys, credentials, workspaces, providers, audit));
    }

    private StatusEndpoints status() {
        return new StatusEndpoints(
                new StatusEndpoints.Facts(
                        ground.config().name(),
                        ApplianceVersion.text(),
                        ground.clock().instant(),
                        this::inferenceUrl,
                        ground.trail().alerts()),
                reads,
                site,
                audit,
                () -> snapshots.current().version(),
                policyRooms.waiting()::decisions,
                ground.clock());
    }

    private String inferenceUrl() {
        return "https://%s:%d/v1"
                .formatted(entrance.hostName(), entrance.ports().of(Plane.INFERENCE));
    }

    /** What the enrolment listener serves. */
    HttpRouting.Builder enrolmentRouting() {
        var enrolment =
                new Enrolment(
                        transactions,
                        reads,
                        site,
                        devices,
                        invitations,
                        siteEntrance(),
                        ground.ids(),
                        ground.clock());
        return AdminHttp.forAnyone(ground.ids())
                .routing(
                        List.of(
                                new EnrolmentEndpoints(
                                        enrolment, new EnrolmentRate(ground.clock()))));
    }

    private SiteEntrance siteEntrance() {
        return new SiteEntrance(
                ground.config().name(),
                entrance.authority(),
                () -> entrance.ports().of(Plane.ENROLMENT),
                () -> entrance.ports().of(Plane.ADMIN));
    }
}
