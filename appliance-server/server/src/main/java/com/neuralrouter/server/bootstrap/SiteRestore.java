package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.server.audit.ReadableEntries;
import com.neuralrouter.server.audit.RepeatedTrailErasures;
import com.neuralrouter.server.backup.BackupFile;
import com.neuralrouter.server.backup.RestoredSite;
import com.neuralrouter.server.backup.Staging;
import com.neuralrouter.server.certificate.SiteCertificates;
import com.neuralrouter.server.content.RepeatedErasures;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.KeyRing;
import com.neuralrouter.server.secret.KeyRingStore;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultFile;
import com.neuralrouter.server.secret.XtsPageCipher;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.H2File;
import com.neuralrouter.server.store.Postgres;
import com.neuralrouter.server.store.PostgresPlace;
import com.neuralrouter.server.store.StoreLocation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Restores a site from a backup of its data and one of its keys, or rehearses it. All of it is made
 * and proven in a scratch folder below the site's and, for a store in PostgreSQL, in a schema
 * beside the site's; only then it takes the place of what is there, which is moved aside and never
 * deleted. Killed at any moment, it leaves the old site, the new one, or a folder without {@code
 * appliance.yaml}, which no command takes for a site and which restoring again repairs. For one
 * thread, once.
 */
public final class SiteRestore {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmssSSS'z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final SiteFolder site;
    private final Function<SiteFolder, Vault> vaults;
    private final Clock clock;
    private final SiteExchange.Mover mover;
    private final SecureRandom random = new SecureRandom();

    /** The place can't be restored into; the message says why and what to do. */
    public static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unfit(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * What is restored, and how.
     *
     * @param config the restored site's configuration in place of the backup's; its store may be
     *     another one
     * @param replace whether a site that is in the place may be moved aside
     */
    public record Order(Path data, Path keys, Optional<Path> config, boolean replace) {}

    /**
     * What came out.
     *
     * @param aside where the site's folders are now that were there before
     * @param asideInDatabase the schema in which its store is, if it was in the same database
     * @param erasedAgain how many erasures from after the backup were made again
     */
    public record Report(
            BackupFile data,
            BackupFile keys,
            Staging.Restored restored,
            RestoredSite.Credentials credentials,
            Optional<Path> aside,
            Optional<String> asideInDatabase,
            long erasedAgain,
            Duration took) {}

    /**
     * @param vaults opens the vault of a folder, as a command does by what is at hand or was given
     */
    public SiteRestore(SiteFolder site, Function<SiteFolder, Vault> vaults, Clock clock) {
        this(site, vaults, clock, SiteExchange::atomically);
    }

    SiteRestore(
            SiteFolder site,
            Function<SiteFolder, Vault> vaults,
            Clock clock,
            SiteExchange.Mover mover) {
        this.site = site;
        this.vaults = vaults;
        this.clock = clock;
        this.mover = mover;
    }

    /**
     * Restores. Throws {@link Unfit} while a server runs there and when a site is there that may
     * not be replaced, {@link com.neuralrouter.server.backup.BackupRefused}, and what the rooms
     * throw that prove the parts; nothing was replaced then.
     */
    public Report restore(Order order) throws IOException {
        PrivateFile.folder(site.root());
        try (SiteLock _ = lock()) {
            if (Files.exists(site.config()) && !order.replace()) {
                throw occupied("There is a site in " + site.root());
            }
            try (var scratch = RestoreScratch.make(site, stamp());
                    var run = new Run(scratch.folder(), order)) {
                run.files();
                return switch (run.chosen()) {
                    case H2File file -> run.into(file);
                    case Postgres postgres -> run.into(postgres);
                };
            }
        }
    }

    /**
     * Does the same in a scratch folder, with the store there too wherever the site's is, and puts
     * nothing in place; a server may run.
     */
    public Report drill(Path data, Path keys) throws IOException {
        try (var scratch = RestoreScratch.make(site, stamp());
                var run =
                        new Run(scratch.folder(), new Order(data, keys, Optional.empty(), false))) {
            run.files();
            return run.proven(run.here(), false);
        }
    }

    private SiteLock lock() throws IOException {
        return SiteLock.take(site)
                .orElseThrow(() ->
                        new Unfit(
                                "A server runs on "
                                        + site.root()
                                        + "; stop it before a backup takes its place."));
    }

    private static Unfit occupied(String there) {
        return new Unfit(there + " already; nothing was changed. To move it aside, add --replace.");
    }

    private String stamp() {
        return STAMP.format(clock.instant());
    }

    /** One restore, from its files to its proof. */
    private final class Run implements AutoCloseable {
        private final Instant begin = clock.instant();
        private final String stamp = stamp();
        private final SiteFolder scratch;
        private final Order order;
        private final BackupFile data;
        private final BackupFile keys;
        private final Staging staging;
        private final Vault vault;
        private final XtsPageCipher pages;

        Run(SiteFolder scratch, Order order) throws IOException {
            this.scratch = scratch;
            this.order = order;
            data = BackupFile.open(order.data());
            keys = BackupFile.open(order.keys());
            Staging.demandPair(data, keys);
            if (Files.exists(site.vault())) {
                data.demandSite(VaultFile.read(site.vault()).installation());
            }
            takeKeys();
            staging = new Staging(data, keys, scratch.root());
            vault = vaults.apply(scratch);
            pages = XtsPageCipher.under(vault);
        }

        /** The vault comes from the backup; a key file that seals it is in none, and stays. */
        private void takeKeys() throws IOException {
            byte[] sealed = keys.header().vault();
            PrivateFile.folder(scratch.keys());
            PrivateFile.create(scratch.vault(), sealed == null ? new byte[0] : sealed);
            Path seal = site.root().resolve(SiteVault.KEY_FILE_PATH);
            if (Files.isRegularFile(seal)) {
                PrivateFile.create(
                        scratch.root().resolve(SiteVault.KEY_FILE_PATH), Files.readAllBytes(seal));
            }
        }

        void files() throws IOException {
            staging.files(backupKeys());
            if (order.config().isPresent()) {
                PrivateFile.replace(scratch.config(), Files.readAllBytes(order.config().get()));
            }
        }

        private VaultBackupKeys backupKeys() {
            return new VaultBackupKeys(vault, scratch.vault());
        }

        H2File here() {
            return new H2File(scratch.store(), pages);
        }

        /** Where the configuration wants the store. */
        StoreLocation.OfSite chosen() throws IOException {
            return StoreChoice.ofRestored(
                    scratch, site, ApplianceConfigReader.read(scratch.config()), here());
        }

        Report into(H2File file) throws IOException {
            Report report = proven(file, true);
            return inPlace(report, Optional.empty(), () -> {});
        }

        Report into(Postgres postgres) throws IOException {
            try (PostgresPlace place = PostgresPlace.hold(postgres)) {
                Optional<UUID> occupant = place.occupant();
                occupant.ifPresent(data::demandSite);
                if (occupant.isPresent() && !order.replace() && !place.isCutOff()) {
                    throw occupied("There is a store in " + postgres.address());
                }
                Report report = proven(place.makeRoom(), true);
                String aside = "replaced_" + stamp;
                Report done =
                        inPlace(report, occupant.map(_ -> aside), () -> place.exchange(aside));
                place.siteIsWhole();
                return done;
            }
        }

        private Report inPlace(Report report, Optional<String> asideInDatabase, Runnable store)
                throws IOException {
            new RestoredLog(scratch, vault, clock).keepLonger(site);
            var aside = new SiteFolder(site.root().resolve("replaced-" + stamp));
            boolean wasThere = new SiteExchange(site, scratch, aside, mover).run(store);
            return new Report(
                    report.data(),
                    report.keys(),
                    report.restored(),
                    report.credentials(),
                    wasThere ? Optional.of(aside.root()) : Optional.empty(),
                    asideInDatabase,
                    report.erasedAgain(),
                    Duration.between(begin, clock.instant()));
        }

        /**
         * Restores the store and proves all of it together.
         *
         * @param instead whether it is to take the place of what is there, whose erasures it lacks
         */
        Report proven(StoreLocation at, boolean instead) throws IOException {
            Staging.Restored restored = staging.restore(backupKeys(), at);
            ApplianceConfigReader.read(scratch.config());
            new SiteCertificates(scratch.certs(), SiteCertificates.lock(vault), clock).load();
            try (Database database = Database.open(at);
                    MacKey rows = MacKey.owning(vault.key(KeyPurpose.ROW_INTEGRITY));
                    MacKey hashes = MacKey.owning(vault.key(KeyPurpose.AUDIT_HASHES))) {
                var keyRing = new KeyRing(vault, new KeyRingStore(), random, clock);
                var log = new RestoredLog(scratch, vault, clock);
                long again =
                        instead
                                ? log.eraseAgain(
                                        site,
                                        new RepeatedErasures(database, keyRing),
                                        erasedNames(database, hashes))
                                : 0;
                var credentials =
                        new RestoredSite(database, keyRing, new SiteIntegrity(rows)).prove();
                log.prove(database);
                return new Report(
                        data,
                        keys,
                        restored,
                        credentials,
                        Optional.empty(),
                        Optional.empty(),
                        again,
                        Duration.between(begin, clock.instant()));
            }
        }

        private static RepeatedTrailErasures erasedNames(Database database, MacKey hashes) {
            return new RepeatedTrailErasures(
                    new ReadableEntries(database, () -> Long.MAX_VALUE, hashes));
        }

        @Override
        public void close() {
            pages.close();
            vault.close();
        }
    }
}
