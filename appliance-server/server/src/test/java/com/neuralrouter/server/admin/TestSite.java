package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.ImportCatalogue;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.apikey.ApiKeyCommands;
import com.neuralrouter.server.apikey.ApiKeyStore;
import com.neuralrouter.server.approval.ApprovalRulesStore;
import com.neuralrouter.server.approval.Consent;
import com.neuralrouter.server.approval.SecondPerson;
import com.neuralrouter.server.audit.Actor;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.AuditFeed;
import com.neuralrouter.server.audit.AuditLog;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.audit.ReadableEntries;
import com.neuralrouter.server.audit.SiteLog;
import com.neuralrouter.server.audit.WorkspaceLeaves;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.budget.BudgetCommands;
import com.neuralrouter.server.catalogue.CatalogueCommands;
import com.neuralrouter.server.catalogue.Catalogues;
import com.neuralrouter.server.catalogue.TestCatalogues;
import com.neuralrouter.server.content.ContentKeyStore;
import com.neuralrouter.server.credential.CredentialCommands;
import com.neuralrouter.server.credential.CredentialStore;
import com.neuralrouter.server.device.DeviceCommands;
import com.neuralrouter.server.device.DeviceStore;
import com.neuralrouter.server.device.InvitationStore;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.incident.IncidentCommands;
import com.neuralrouter.server.incident.IncidentStore;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.limit.LimitCommands;
import com.neuralrouter.server.policy.Cause;
import com.neuralrouter.server.policy.PolicyCommands;
import com.neuralrouter.server.policy.PolicyStore;
import com.neuralrouter.server.policy.PolicyVersionStore;
import com.neuralrouter.server.provider.ProviderCommands;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.retention.LegalHoldStore;
import com.neuralrouter.server.retention.RetentionCommands;
import com.neuralrouter.server.route.RouteCommands;
import com.neuralrouter.server.route.RouteStore;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.KeyRingStore;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.site.AllowanceStores;
import com.neuralrouter.server.site.SiteStores;
import com.neuralrouter.server.site.WorkspaceRemoval;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.Metering;
import com.neuralrouter.server.snapshot.SnapshotPublisher;
import com.neuralrouter.server.snapshot.SnapshotSources;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.TestStores;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.vault.KeyRotation;
import com.neuralrouter.server.workspace.WorkspaceCommands;
import com.neuralrouter.server.workspace.WorkspaceStore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A founded site in a folder, with everything of the admin plane but HTTP: the real store on a real
 * file, the real vault, the real publisher.
 */
public final class TestSite implements AutoCloseable {
    public final Clock clock = Clock.systemUTC();
    public final Ids ids = new Ids(clock);
    public final SiteStore siteStore = new SiteStore();
    public final AuditStore auditStore = new AuditStore();
    public final WorkspaceStore workspaceStore = new WorkspaceStore();
    public final ApiKeyStore apiKeyStore = new ApiKeyStore();
    public final CredentialStore credentialStore = new CredentialStore();
    public final ProviderStore providerStore = new ProviderStore();
    public final RouteStore routeStore = new RouteStore();
    public final PolicyStore policyStore = new PolicyStore();
    public final PolicyVersionStore policyVersionStore = new PolicyVersionStore();
    public final ApprovalRulesStore approvalRulesStore = new ApprovalRulesStore();
    public final SecondPerson second = new SecondPerson(approvalRulesStore);
    public final DeviceStore deviceStore = new DeviceStore();
    public final Catalogues catalogues = TestCatalogues.catalogues();
    public final Metering metering = Metering.start();
    public final Snapshots snapshots =
            new Snapshots(new GatewaySnapshot(0, Map.of(), Map.of(), Map.of()), () -> true);

    public final Database database;
    public final SiteReads reads;
    public final AdminTransactions transactions;
    public final WorkspaceCommands workspaces;
    public final ApiKeyCommands apiKeys;
    public final CredentialCommands credentials;
    public final ProviderCommands providers;
    public final RouteCommands routes;
    public final PolicyCommands policies;
    public final Path folder;
    public final LimitCommands limits;
    public final BudgetCommands budgets;
    public final DeviceCommands devices;
    public final CatalogueCommands catalogue;
    public final SiteIntegrity integrity;
    public final SnapshotPublisher publisher;
    public final StoreInspection inspection;
    public final Vault vault;
    public final KeyRing keys;
    public final KeyRotation rotation;
    public final WorkspaceRemoval removal;
    public final ReadableEntries readable;
    public final RetentionCommands retention;
    public final EntryLog log;
    public final AuditFeed feed;

    /** What was told of the run before. */
    public final List<AuditEvent> takenUp;

    private final MacKey rowKey;
    private final MacKey hashKey;

    /** As many as the appliance itself reads each time. */
    private static final int ROWS_READ_EACH_TIME = 1000;

    /** How long the last publishing after a change took. */
    public long publishedInNanos;

    /** Founds a site in the folder, or opens the one that is there. */
    public TestSite(Path folder) {
        this(folder, ROWS_READ_EACH_TIME);
    }

    /** The same, where so many rows that decide are read by each transaction in any case. */
    public TestSite(Path folder, int rowsReadEachTime) {
        this.folder = folder;
        var random = new SecureRandom();
        Path data = folder.resolve("data");
        boolean there = Files.exists(folder.resolve("keys"));
        database = there ? TestStores.open(data) : TestStores.create(data);
        vault = TestVault.in(folder);
        reads = new SiteReads(database);
        keys = new KeyRing(vault, new KeyRingStore(), random, clock);
        log = SiteLog.open(folder.resolve("audit"), EntryLogKeys.of(vault), database, clock);
        hashKey = MacKey.owning(vault.key(KeyPurpose.AUDIT_HASHES));
        feed = new AuditFeed(database, auditStore, log, hashKey);
        takenUp = feed.takeUp();
        var audit = new AuditLog(auditStore, feed, clock);
        rowKey = MacKey.owning(vault.key(KeyPurpose.ROW_INTEGRITY));
        integrity = new SiteIntegrity(rowKey, rowsReadEachTime);
        var alarm = new TamperingAlarm(database, audit, ids);
        publisher = new SnapshotPublisher(reads, sources(), keys, snapshots, integrity, alarm);
        inspection = new StoreInspection(reads, integrity, alarm);
        transactions =
                new AdminTransactions(database, siteStore, audit, integrity, alarm, this::publish);
        devices =
                new DeviceCommands(
                        transactions, deviceStore, new InvitationStore(), second, ids, clock);
        catalogue = new CatalogueCommands(transactions, catalogues, clock);
        workspaces = new WorkspaceCommands(transactions, workspaceStore, keys, ids, clock);
        apiKeys = new ApiKeyCommands(transactions, apiKeyStore, workspaceStore, ids, random, clock);
        credentials =
                new CredentialCommands(
                        transactions,
                        credentialStore,
                        workspaceStore,
                        providerStore,
                        keys,
                        ids,
                        clock);
        providers = new ProviderCommands(providerStore, Set.of(ProviderKind.values()), ids, clock);
        routes = new RouteCommands(routeStore, workspaceStore, providerStore, ids, clock);
        policies = new PolicyCommands(policyStore, policyVersionStore, clock);
        limits = new LimitCommands(metering.limits(), ids, clock);
        budgets =
                new BudgetCommands(
                        transactions,
                        metering.budgets(),
                        new IncidentCommands(transactions, new IncidentStore(), ids, clock),
                        ids,
                        clock);
        readable = new ReadableEntries(database, log::outboxMark, hashKey);
        retention = new RetentionCommands(transactions, new LegalHoldStore(), readable, ids, clock);
        rotation = new KeyRotation(vault, keys, List.of(credentialStore, new ContentKeyStore()));
        removal = new WorkspaceRemoval(transactions, stores(), second, keys, _ -> Optional.empty());
        if (!there) {
            new SiteFounding(siteStore, keys, integrity, audit, clock)
                    .found(database, vault.record().installation(), as(Permission.SITE_APPLY));
        }
        publisher.publish();
    }

    private void publish() {
        long start = System.nanoTime();
        publisher.publish();
        publishedInNanos = System.nanoTime() - start;
    }

    public SiteStores stores() {
        return new SiteStores(
                workspaceStore,
                apiKeyStore,
                providerStore,
                credentialStore,
                routeStore,
                policyStore,
                policyVersionStore,
                allowances());
    }

    private SnapshotSources sources() {
        return new SnapshotSources(
                siteStore,
                workspaceStore,
                apiKeyStore,
                credentialStore,
                providerStore,
                routeStore,
                policyStore,
                deviceStore,
                catalogues,
                metering);
    }

    public AllowanceStores allowances() {
        return new AllowanceStores(metering.limits(), metering.budgets());
    }

    /** Somebody on the box who may do that one thing. */
    public Authorised as(Permission permission) {
        return Authorisation.onThisBox("tester", permission, ids.nextRequest());
    }

    /** A person on a device of theirs, who may do that one thing. */
    public Authorised as(String person, String device, Permission permission) {
        return new Authorised(
                new Actor.Device(new DeviceId(ids.next()), device, "127.0.0.1"),
                permission,
                ids.nextRequest(),
                person);
    }

    /** Why a policy is set, where the test is not about that. */
    public static Cause cause() {
        return Cause.of("tester", consent());
    }

    /** For changes that need no second person. */
    public static Consent consent() {
        return new SecondPerson(new ApprovalRulesStore()).forWhatIsNew();
    }

    public <T> T apply(Function<Tx, Audited<T>> change) {
        return transactions.run(as(Permission.SITE_APPLY), change);
    }

    public Workspace workspace(String name) {
        return workspaces.create(
                as(Permission.WORKSPACES_MANAGE), new CreateWorkspace(name, "for " + name));
    }

    /** Imports a catalogue of the site's own that says nothing. */
    public void importNoModels() {
        catalogue.importCatalogue(
                as(Permission.CATALOGUE_MANAGE),
                new ImportCatalogue("{\"format\":1,\"currency\":\"EUR\",\"models\":[]}", null));
    }

    public StoredProvider provider(String name) {
        return apply(
                tx -> providers.createIn(tx, openAi(name, "https://127.0.0.1:8000/v1"), consent()));
    }

    public static ProviderDocument openAi(String name, String baseUrl) {
        return new ProviderDocument(name, ProviderKind.OPENAI, baseUrl, null, null);
    }

    public WorkspaceLeaves workspaceLeaves() {
        return new WorkspaceLeaves(database, auditStore, log, hashKey);
    }

    /** Newest first. */
    public List<AuditEntry> entries() {
        return reads.read(tx -> auditStore.before(tx, Long.MAX_VALUE, 100_000));
    }

    /** What somebody would publish who has read all of the store and remembers nothing. */
    public GatewaySnapshot compiledAnew() {
        var anew = new Snapshots(snapshots.current(), () -> true);
        var alarm = new TamperingAlarm(database, new AuditLog(auditStore, feed, clock), ids);
        new SnapshotPublisher(reads, sources(), keys, anew, new SiteIntegrity(rowKey), alarm)
                .publish();
        return anew.current();
    }

    /** The policy with tests of its own. */
    public static PolicyDocument withTests(PolicyDocument policy, PolicyTestDocument... tests) {
        return new PolicyDocument(
                policy.allowedModels(),
                policy.deniedModels(),
                policy.allowedProviders(),
                policy.deniedProviders(),
                policy.allowedOperations(),
                policy.deniedOperations(),
                policy.allowedJurisdictions(),
                policy.allowedRegions(),
                policy.noTraining(),
                policy.maxRetention(),
                policy.keepContentFor(),
                policy.maxInputTokens(),
                policy.maxOutputTokens(),
                policy.maxTotalTokens(),
                policy.maxRequestBytes(),
                policy.allowedTools(),
                policy.deniedTools(),
                policy.noImages(),
                policy.maxClassification(),
                policy.leastClassification(),
                policy.classifiedJurisdictions(),
                policy.hours(),
                policy.networks(),
                policy.guardrails(),
                policy.allowedShadows(),
                List.of(tests));
    }

    @Override
    public void close() {
        inspection.close();
        log.close();
        hashKey.close();
        database.close();
        rowKey.close();
        vault.close();
    }
}
