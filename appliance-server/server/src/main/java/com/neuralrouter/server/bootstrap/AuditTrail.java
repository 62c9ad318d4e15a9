package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.AuditLogEndpoints;
import com.neuralrouter.server.admin.LogProofEndpoints;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.AuditFeed;
import com.neuralrouter.server.audit.AuditMetrics;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.audit.EntryProofs;
import com.neuralrouter.server.audit.Evidence;
import com.neuralrouter.server.audit.LogPulse;
import com.neuralrouter.server.audit.ReadableEntries;
import com.neuralrouter.server.audit.SealedCounter;
import com.neuralrouter.server.audit.SiteLog;
import com.neuralrouter.server.audit.Witnesses;
import com.neuralrouter.server.audit.WorkspaceLeaves;
import com.neuralrouter.server.audit.forward.AuditForwarding;
import com.neuralrouter.server.audit.forward.LoggedLeaves;
import com.neuralrouter.server.audit.forward.Sender;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.audit.log.FilePart;
import com.neuralrouter.server.audit.peer.PeerWitnesses;
import com.neuralrouter.server.audit.timestamp.CheckpointStamps;
import com.neuralrouter.server.audit.timestamp.StampFolder;
import com.neuralrouter.server.metric.Metrics;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.usage.LoggedRequests;
import com.neuralrouter.server.usage.RequestSink;
import com.neuralrouter.server.usage.UsageStore;
import com.neuralrouter.tlog.NoteSigner;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The audit log and what feeds it, put together. */
final class AuditTrail {
    private final EntryLog log;
    private final AuditFeed feed;
    private final Database database;
    private final MacKey hashes;
    private final NoteSigner witness;

    /** Set once, at the start. */
    private volatile @Nullable PeerWitnesses peers;

    private final Clock clock;
    private final Parts parts;
    private final SiteFolder site;
    private final ApplianceConfig.Audit config;
    private final List<AuditEvent> told;
    private final Runnable counter;

    /**
     * Opens the site's log, or makes it, and brings what is not in it yet. Throws what the log says
     * that can't be opened; its message is a sentence for the operator.
     */
    AuditTrail(
            SiteFolder site,
            ApplianceConfig.Audit config,
            Database database,
            Vault vault,
            Clock clock,
            Parts parts) {
        this.clock = clock;
        this.parts = parts;
        this.site = site;
        this.config = config;
        this.log = parts.add(SiteLog.open(site.audit(), EntryLogKeys.of(vault), database, clock));
        this.database = database;
        this.hashes = parts.add(MacKey.owning(vault.key(KeyPurpose.AUDIT_HASHES)));
        this.feed = new AuditFeed(database, new AuditStore(), log, hashes);
        this.witness = EntryLogKeys.witness(vault);
        this.told = new ArrayList<>(feed.takeUp());
        this.counter = counter(config, vault, parts);
    }

    /** Compared before anything is added to the log. */
    private Runnable counter(ApplianceConfig.Audit config, Vault vault, Parts parts) {
        if (config.counterFile().isEmpty()) {
            return () -> {};
        }
        MacKey key = parts.add(MacKey.owning(vault.key(KeyPurpose.AUDIT_COUNTER)));
        var file = new SealedCounter(Path.of(config.counterFile()), key, log);
        if (!file.demandNotPutBack()) {
            told.add(AuditEvent.done("audit.counter_begun", "audit", Map.of()));
        }
        return file::count;
    }

    /** The log's name. */
    String origin() {
        return log.tree().origin();
    }

    /** How long the log is now. */
    long size() {
        return log.size();
    }

    /** What the admin listener serves of it. */
    AdminEndpoints endpoints(AdminTransactions transactions) {
        var whole =
                new AuditLogEndpoints(
                        log,
                        new Witnesses(site.audit().resolve("witnesses"), log),
                        new StampFolder(site.timestamps()),
                        transactions);
        var single =
                new LogProofEndpoints(
                        log,
                        new EntryProofs(log),
                        new WorkspaceLeaves(database, new AuditStore(), log, hashes),
                        new UsageStore(database)::positionOf,
                        transactions);
        return routes -> Stream.of(whole, single).forEach(each -> each.addTo(routes));
    }

    /** What a backup copies of it. */
    Supplier<List<FilePart>> files() {
        return log::durableParts;
    }

    /** Where the store's entries become evidence. */
    Evidence evidence() {
        return feed;
    }

    /** What somebody has to look at now. Any thread. */
    Set<ApplianceStatus.Alert> alerts() {
        var alerts = EnumSet.noneOf(ApplianceStatus.Alert.class);
        if (!log.writable()) {
            alerts.add(ApplianceStatus.Alert.AUDIT_LOG_UNWRITABLE);
        }
        PeerWitnesses watching = peers;
        if (watching != null && watching.alarmed()) {
            alerts.add(ApplianceStatus.Alert.WITNESSED_LOG_CONTRADICTS);
        }
        return alerts;
    }

    /** What is measured of it. */
    Metrics metrics() {
        return new AuditMetrics(log, this::alerts);
    }

    /** That the appliance has started, and what is otherwise than at the start before. */
    List<AuditEvent> begun(String version) {
        return new Beginning(new SiteReads(database), new AuditStore(), site.config())
                .told(version);
    }

    /** What may be taken out of the readable entries: those that are in the log. */
    ReadableEntries readable() {
        return new ReadableEntries(database, log::outboxMark, hashes);
    }

    /** Where the journal's records end: in the log first, then in the store. */
    RequestSink of(UsageStore usage, ApplianceConfig.Audit config) {
        return new LoggedRequests(usage, log, config.requestsWithoutLog(), System::nanoTime);
    }

    /**
     * To be called when entries can be recorded: tells what was found, and watches from now on.
     *
     * @param host this machine's name, as receivers of the log are told
     * @param gathered what others have to tell, once a minute
     */
    void start(String host, Consumer<AuditEvent> record, Supplier<List<AuditEvent>> gathered) {
        told.forEach(record);
        parts.add(new LogPulse(feed, clock, System::nanoTime, record, gathered, counter)).start();
        var watching = parts.add(new PeerWitnesses(site.peers(), witness, record, clock));
        watching.start();
        peers = watching;
        TimestampChoice.of(site, config.timestamp())
                .ifPresent(stamps ->
                        parts.add(
                                        new CheckpointStamps(
                                                stamps,
                                                new StampFolder(site.timestamps()),
                                                log::checkpoint,
                                                record))
                                .start());
        var sender = new Sender(host, log.tree().origin(), ApplianceVersion.text());
        AuditForwarding.Settings receivers = ForwardChoice.of(site, config.forward(), sender);
        parts.add(new AuditForwarding(receivers, new LoggedLeaves(log), record, clock)).start();
    }
}
