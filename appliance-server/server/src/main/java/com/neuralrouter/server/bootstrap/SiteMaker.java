package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteFounding;
import com.neuralrouter.server.admin.SiteStore;
import com.neuralrouter.server.admin.TamperingAlarm;
import com.neuralrouter.server.approval.ApprovalRulesStore;
import com.neuralrouter.server.approval.SecondPerson;
import com.neuralrouter.server.audit.AuditLog;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.audit.Evidence;
import com.neuralrouter.server.certificate.SiteCertificates;
import com.neuralrouter.server.device.DeviceCommands;
import com.neuralrouter.server.device.DeviceStore;
import com.neuralrouter.server.device.InvitationStore;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.KeyRingStore;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.XtsPageCipher;
import com.neuralrouter.server.secret.seal.Seal;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.H2File;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes a new site in an empty folder: vault, certificates, operator, store and, last of all,
 * {@code appliance.yaml}, by which a folder is known as a site. What was made is taken away again
 * if a later step fails. Used by {@code neural-router init}, once.
 */
public final class SiteMaker {
    private static final String OPERATOR = "operator on this machine";

    private final SiteFolder site;
    private final Clock clock;
    private final Ids ids;

    public SiteMaker(SiteFolder site, Clock clock) {
        this.site = site;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /** The folder can't become a site; the message says why and what to do. */
    public static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unfit(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * Makes the site. Throws {@link Unfit} when the folder is not empty, and what the rooms throw
     * that make the parts.
     *
     * @param hosts names and addresses by which this machine is reached, the best known first
     * @param config what {@code appliance.yaml} is to say
     * @param account who founds it, for the audit trail
     * @param seal makes the seal of the vault, once the folder is there; it then belongs to this
     */
    public void make(
            String name, List<String> hosts, String config, String account, Supplier<Seal> seal)
            throws IOException {
        List<ServerName> names = hosts.stream().map(ServerName::new).toList();
        ApplianceConfig read = ApplianceConfigReader.read("appliance.yaml", config);
        refuseInhabited();
        PrivateFile.folder(site.root());
        boolean made = false;
        try {
            makeParts(name, names, account, read, seal);
            PrivateFile.create(site.config(), config.getBytes(StandardCharsets.UTF_8));
            made = true;
        } finally {
            if (!made) {
                empty();
            }
        }
    }

    private void makeParts(
            String name,
            List<ServerName> names,
            String account,
            ApplianceConfig config,
            Supplier<Seal> seal) {
        UUID installation = ids.next();
        var random = new SecureRandom();
        PrivateFile.folder(site.store());
        PrivateFile.folder(site.journal());
        try (Vault vault = Vault.create(site.vault(), installation, seal.get(), random, clock);
                MacKey rowKey = MacKey.owning(vault.key(KeyPurpose.ROW_INTEGRITY));
                XtsPageCipher pages = XtsPageCipher.under(vault);
                Database database =
                        Database.create(
                                StoreChoice.of(site, config, new H2File(site.store(), pages)));
                var unfinished = new Unfinished(database)) {
            var store = new SiteStore();
            var audit = new AuditLog(new AuditStore(), Evidence.AT_THE_FIRST_START, clock);
            var integrity = new SiteIntegrity(rowKey);
            new SiteFounding(
                            store,
                            new KeyRing(vault, new KeyRingStore(), random, clock),
                            integrity,
                            audit,
                            clock)
                    .found(database, installation, onThisBox(account, Permission.SITE_APPLY));

            var operator = new DeviceId(ids.next());
            X509Certificate certificate =
                    makeCertificates(vault, name, names, installation, operator);
            var alarm = new TamperingAlarm(database, audit, ids);
            var transactions =
                    new AdminTransactions(database, store, audit, integrity, alarm, () -> {});
            new DeviceCommands(
                            transactions,
                            new DeviceStore(),
                            new InvitationStore(),
                            new SecondPerson(new ApprovalRulesStore()),
                            ids,
                            clock)
                    .enrolOperator(
                            onThisBox(account, Permission.DEVICES_MANAGE),
                            operator,
                            OPERATOR,
                            certificate);
            unfinished.isDone();
        }
    }

    /** A store that is taken away again unless it was told that all went well. */
    private static final class Unfinished implements AutoCloseable {
        private final Database database;
        private boolean done;

        Unfinished(Database database) {
            this.database = database;
        }

        void isDone() {
            done = true;
        }

        @Override
        public void close() {
            if (!done) {
                database.takeBack();
            }
        }
    }

    private Authorised onThisBox(String account, Permission permission) {
        return Authorisation.onThisBox(account, permission, ids.nextRequest());
    }

    private X509Certificate makeCertificates(
            Vault vault,
            String name,
            List<ServerName> names,
            UUID installation,
            DeviceId operator) {
        try (KeyLock lock = SiteCertificates.lock(vault)) {
            var certificates = new SiteCertificates(site.certs(), lock, clock);
            certificates.create(name, names);
            return certificates.createOperator(
                    new ClientName(OPERATOR, installation, operator.value()),
                    site.operatorKeyStore(),
                    site.operatorPassword());
        }
    }

    private void refuseInhabited() throws IOException {
        if (Files.exists(site.config())) {
            throw new Unfit("There is a site in " + site.root() + " already; nothing was changed.");
        }
        if (Files.exists(site.root()) && !isEmptyFolder()) {
            throw new Unfit(
                    site.root()
                            + " is not an empty folder; nothing was changed. Name a new folder"
                            + " with --site.");
        }
    }

    private boolean isEmptyFolder() throws IOException {
        if (!Files.isDirectory(site.root())) {
            return false;
        }
        try (Stream<Path> content = Files.list(site.root())) {
            return content.findAny().isEmpty();
        }
    }

    /** The folder was empty, so all that is in it now was made here. */
    private void empty() throws IOException {
        try (Stream<Path> content = Files.walk(site.root())) {
            List<Path> deepestFirst =
                    content.filter(path -> !path.equals(site.root()))
                            .sorted(Comparator.reverseOrder())
                            .toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
