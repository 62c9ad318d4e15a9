package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.backup.Backups;
import com.neuralrouter.server.certificate.ListenerIdentities;
import com.neuralrouter.server.certificate.SiteCertificates;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.inference.Traces;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.listener.ClientDeadlines;
import com.neuralrouter.server.listener.ListenerLimits;
import com.neuralrouter.server.listener.ListenerSpec;
import com.neuralrouter.server.listener.Listeners;
import com.neuralrouter.server.listener.Plane;
import com.neuralrouter.server.listener.ProblemJson;
import com.neuralrouter.server.listener.TlsMaterial;
import com.neuralrouter.server.receipt.Receipts;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.XtsPageCipher;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.H2File;
import com.neuralrouter.server.usage.MappedRequestJournal;
import com.neuralrouter.server.usage.RequestMetrics;
import com.neuralrouter.server.usage.UsageStore;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A running appliance. This class is the composition root: with {@link AdminPlane} and {@link
 * InferencePlane} it is the one place where the parts are made and handed to each other, from the
 * store upwards.
 */
public final class Appliance implements RunningAppliance {
    private static final Logger LOG = System.getLogger(Appliance.class.getName());

    /** An admin request is small, but for a site's document. */
    private static final ListenerLimits ADMIN_LIMITS =
            new ListenerLimits(4 << 20, 32 << 10, 200, 100);

    /** Enrolment is for strangers: little of everything. */
    private static final ListenerLimits ENROLMENT_LIMITS =
            new ListenerLimits(64 << 10, 16 << 10, 50, 10);

    /** How long the start waits for the store to take what an earlier run recorded. */
    private static final Duration EARLIER_RECORDS = Duration.ofSeconds(20);

    private final Parts parts;
    private final Snapshots snapshots;
    private final AdminPlane admin;
    private final Ids ids;
    private final Listeners listeners;
    private final StopNotice notice;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Appliance(
            Parts parts,
            Snapshots snapshots,
            AdminPlane admin,
            Ids ids,
            Listeners listeners,
            StopNotice notice) {
        this.parts = parts;
        this.snapshots = snapshots;
        this.admin = admin;
        this.ids = ids;
        this.listeners = listeners;
        this.notice = notice;
    }

    /**
     * Starts an appliance on a site's folder, or nothing at all; owns the vault either way. Throws
     * what the part says that can't be started; its message is a sentence for the operator.
     */
    public static Appliance start(
            SiteFolder site, ApplianceConfig config, Vault vault, Clock clock) {
        var parts = new Parts();
        parts.add(vault);
        try {
            return start(site, config, vault, clock, parts);
        } catch (RuntimeException | Error failed) {
            parts.close();
            throw failed;
        }
    }

    private static Appliance start(
            SiteFolder site, ApplianceConfig config, Vault vault, Clock clock, Parts parts) {
        var ids = new Ids(clock);
        XtsPageCipher pages = parts.add(XtsPageCipher.under(vault));
        Database database =
                parts.add(
                        Database.open(
                                StoreChoice.of(site, config, new H2File(site.store(), pages))));
        var snapshots = new Snapshots(AdminPlane.NOTHING_PUBLISHED, database::held);
        var usage = new UsageStore(database);
        RequestMetrics counted = usage.told(new RequestMetrics(snapshots::nameOf));
        var trail = new AuditTrail(site, config.audit(), database, vault, clock, parts);
        MappedRequestJournal journal = parts.add(journal(site, trail, usage, config.audit()));
        var certificates = new SiteCertificates(site.certs(), SiteCertificates.lock(vault), clock);
        ListenerIdentities identities = certificates.load();

        Receipts receipts = ReceiptRoom.receipts(vault, config.audit(), trail, parts);
        var content = new ContentRoom(database, vault, clock, parts);
        var traces = new Traces(journal, receipts, content.keeper());
        var inference = new InferencePlane(config, snapshots, traces, clock, parts);
        var bound = new BoundPorts();
        var ground = ground(config, database, vault, trail, usage, ids, clock, parts);
        var admin =
                parts.add(
                        new AdminPlane(
                                ground,
                                snapshots,
                                inference.ways(),
                                new AdminPlane.Entrance(
                                        certificates.authority(), identities.hostName(), bound)));
        publish(admin, journal);
        AdminEndpoints ofReceipts = ReceiptRoom.open(site, receipts, ground, admin.transactions());
        Backups backups = SiteBackups.start(site, ground, admin, trail, parts);
        AdminEndpoints ofContent =
                content.open(ground, admin.transactions(), snapshots, backups::renewKeys);

        List<AdminEndpoints> more =
                List.of(
                        trail.endpoints(admin.transactions()),
                        ofReceipts,
                        ofContent,
                        new MetricsRoom(site, ground, inference, trail, identities)
                                .endpoints(counted, journal, backups, bound));

        Listeners listeners =
                parts.add(
                        Listeners.start(
                                specs(config, identities, inference, admin, backups, more),
                                deadlines(config),
                                config.shutdownGrace(),
                                ids));
        bound.are(listeners);
        var notice = new StopNotice(inference.readiness(), config.shutdownNotice());
        var appliance = new Appliance(parts, snapshots, admin, ids, listeners, notice);
        begin(trail, identities.hostName(), appliance, inference);
        admin.startWork(inference.prober(snapshots, ids));
        return appliance;
    }

    private static AdminPlane.Ground ground(
            ApplianceConfig config,
            Database database,
            Vault vault,
            AuditTrail trail,
            UsageStore usage,
            Ids ids,
            Clock clock,
            Parts parts) {
        MacKey rowKey = parts.add(MacKey.owning(vault.key(KeyPurpose.ROW_INTEGRITY)));
        return new AdminPlane.Ground(
                config,
                database,
                vault,
                new SiteIntegrity(rowKey),
                new AdminPlane.Trail(trail.evidence(), trail.readable(), trail::alerts),
                usage,
                ids,
                clock);
    }

    private static void begin(
            AuditTrail trail, String host, Appliance appliance, InferencePlane inference) {
        trail.begun(ApplianceVersion.text()).forEach(appliance::record);
        trail.start(
                host,
                appliance::record,
                () ->
                        Stream.concat(
                                        inference.strangers().told().stream(),
                                        appliance.admin.readAgain().stream())
                                .toList());
    }

    /** What an earlier run recorded is in the store before it is asked what is spent. */
    private static void publish(AdminPlane admin, MappedRequestJournal journal) {
        admin.publish();
        journal.caughtUp(EARLIER_RECORDS);
        admin.metering().count();
    }

    private static MappedRequestJournal journal(
            SiteFolder site, AuditTrail trail, UsageStore usage, ApplianceConfig.Audit config) {
        return MappedRequestJournal.start(
                site.journal(),
                MappedRequestJournal.DEFAULT_CAPACITY,
                trail.of(usage, config),
                StrictChoice.of(config.strict()));
    }

    private static List<ListenerSpec> specs(
            ApplianceConfig config,
            ListenerIdentities identities,
            InferencePlane inference,
            AdminPlane admin,
            Backups backups,
            List<AdminEndpoints> more) {
        var listeners = config.listeners();
        var limits = config.limits();
        var problems = new ProblemJson();
        return List.of(
                new ListenerSpec(
                        Plane.INFERENCE,
                        listeners.inference().host(),
                        listeners.inference().port(),
                        new TlsMaterial(
                                identities.inference().key(),
                                identities.inference().chain(),
                                List.of()),
                        new ListenerLimits(
                                limits.requestBytes(),
                                limits.headBytes(),
                                limits.connections(),
                                limits.concurrentRequests()),
                        inference.errors(),
                        inference.routing()),
                new ListenerSpec(
                        Plane.ADMIN,
                        listeners.admin().host(),
                        listeners.admin().port(),
                        new TlsMaterial(
                                identities.admin().key(),
                                identities.admin().chain(),
                                List.of(identities.clientRoot())),
                        ADMIN_LIMITS,
                        _ -> problems,
                        admin.routing(backups, more)),
                new ListenerSpec(
                        Plane.ENROLMENT,
                        listeners.enrolment().host(),
                        listeners.enrolment().port(),
                        new TlsMaterial(
                                identities.enrolment().key(),
                                identities.enrolment().chain(),
                                List.of()),
                        ENROLMENT_LIMITS,
                        _ -> problems,
                        admin.enrolmentRouting()));
    }

    private static ClientDeadlines deadlines(ApplianceConfig config) {
        var timeouts = config.timeouts();
        return new ClientDeadlines(
                timeouts.handshake(),
                timeouts.requestHead(),
                timeouts.requestBody(),
                timeouts.clientWrite(),
                timeouts.idle());
    }

    @Override
    public int inferencePort() {
        return listeners.port(Plane.INFERENCE);
    }

    @Override
    public int adminPort() {
        return listeners.port(Plane.ADMIN);
    }

    @Override
    public int enrolmentPort() {
        return listeners.port(Plane.ENROLMENT);
    }

    /** The parts end in the order against the one in which they were made: listeners first. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                record("appliance.stopping", Map.of());
            } catch (RuntimeException unrecorded) {
                // A store that fails must not keep the process from ending.
                LOG.log(
                        Level.ERROR,
                        "the stop could not be recorded cause={0}",
                        unrecorded.getClass());
            }
            notice.give();
            parts.close();
        }
    }

    /** Whether apps are served: not while another process may be changing the store. */
    boolean holdsItsStore() {
        return snapshots.valid();
    }

    /** Records what an account of this machine did over the control socket. */
    void record(String account, AuditEvent event) {
        admin.record(
                Authorisation.onThisBox(account, Permission.SITE_APPLY, ids.nextRequest()), event);
    }

    private void record(String action, Map<String, String> details) {
        record(AuditEvent.done(action, "appliance", details));
    }

    private void record(AuditEvent event) {
        Authorised self =
                Authorisation.ofAppliance("appliance", Permission.STATUS_READ, ids.nextRequest());
        admin.record(self, event);
    }
}
