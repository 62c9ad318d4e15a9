package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.server.backup.BackupFile;
import com.neuralrouter.server.backup.RestoredSite;
import com.neuralrouter.server.backup.Staging;
import com.neuralrouter.server.certificate.SiteCertificates;
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

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Restores a site from a backup of its data and one of its keys, or rehearses it. All of it is made
 * and proven in a scratch folder below the site's; only then it takes the place of what is there,
 * which is moved aside and never deleted. Killed at any moment, it leaves the old site, the new
 * one, or a folder without {@code appliance.yaml}, which no command takes for a site and which
 * restoring again repairs. For one thread, once.
 */
public final class SiteRestore {
    /** What a site is made of, the configuration apart: by that file a folder is a site. */
    private static final List<String> PARTS = List.of("data", "keys", "certs", "admin", "journal");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final SiteFolder site;
    private final Function<SiteFolder, Vault> vaults;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** The folder can't be restored into; the message says why and what to do. */
    public static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unfit(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /**
     * What came out.
     *
     * @param aside where the site is now that was there before
     */
    public record Report(
            BackupFile data,
            BackupFile keys,
            Staging.Restored restored,
            RestoredSite.Credentials credentials,
            Optional<Path> aside,
            Duration took) {}

    /**
     * @param vaults opens the vault of a folder, as a command does by what is at hand or was given
     */
    public SiteRestore(SiteFolder site, Function<SiteFolder, Vault> vaults, Clock clock) {
        this.site = site;
        this.vaults = vaults;
        this.clock = clock;
    }

    /**
     * Restores. Throws {@link Unfit} while a server runs there, {@link
     * com.neuralrouter.server.backup.BackupRefused}, and what the rooms throw that prove the parts;
     * nothing was replaced then.
     */
    public Report restore(Path data, Path keys) throws IOException {
        PrivateFile.folder(site.root());
        try (SiteLock _ =
                SiteLock.take(site)
                        .orElseThrow(() ->
                                new Unfit(
                                        "A server runs on "
                                                + site.root()
                                                + "; stop it before a backup takes its place."))) {
            var scratch = new SiteFolder(site.root().resolve(".restore-" + stamp()));
            try {
                Report report = stage(scratch, data, keys);
                return new Report(
                        report.data(),
                        report.keys(),
                        report.restored(),
                        report.credentials(),
                        replace(scratch),
                        report.took());
            } finally {
                delete(scratch.root());
            }
        }
    }

    /** Does the same in the scratch folder and puts nothing in place; a server may run. */
    public Report drill(Path data, Path keys) throws IOException {
        PrivateFile.folder(site.root());
        var scratch = new SiteFolder(site.root().resolve(".drill-" + stamp()));
        try {
            return stage(scratch, data, keys);
        } finally {
            delete(scratch.root());
        }
    }

    private Report stage(SiteFolder scratch, Path data, Path keys) throws IOException {
        var begin = clock.instant();
        BackupFile dataFile = BackupFile.open(data);
        BackupFile keyFile = BackupFile.open(keys);
        Staging.demandPair(dataFile, keyFile);
        if (Files.exists(site.vault())) {
            UUID installation = VaultFile.read(site.vault()).installation();
            dataFile.demandSite(installation);
        }
        takeKeys(scratch, keyFile);
        try (Vault vault = vaults.apply(scratch);
                XtsPageCipher pages = XtsPageCipher.under(vault)) {
            var at = new H2File(scratch.store(), pages);
            Staging.Restored restored =
                    new Staging(dataFile, keyFile, scratch.root())
                            .restore(new VaultBackupKeys(vault, scratch.vault()), at);
            RestoredSite.Credentials credentials = prove(scratch, vault, at);
            return new Report(
                    dataFile,
                    keyFile,
                    restored,
                    credentials,
                    Optional.empty(),
                    Duration.between(begin, clock.instant()));
        }
    }

    private RestoredSite.Credentials prove(SiteFolder scratch, Vault vault, H2File at)
            throws IOException {
        ApplianceConfigReader.read(scratch.config());
        new SiteCertificates(scratch.certs(), SiteCertificates.lock(vault), clock).load();
        try (Database database = Database.open(at);
                MacKey rows = MacKey.owning(vault.key(KeyPurpose.ROW_INTEGRITY))) {
            return new RestoredSite(
                            database,
                            new KeyRing(vault, new KeyRingStore(), random, clock),
                            new SiteIntegrity(rows))
                    .prove();
        }
    }

    /** The vault comes from the backup; a key file that seals it is in none, and stays. */
    private void takeKeys(SiteFolder scratch, BackupFile keys) throws IOException {
        byte[] vault = keys.header().vault();
        PrivateFile.folder(scratch.vault().resolveSibling(""));
        PrivateFile.create(scratch.vault(), vault == null ? new byte[0] : vault);
        Path seal = SiteVault.KEY_FILE_PATH;
        if (Files.isRegularFile(site.root().resolve(seal))) {
            PrivateFile.create(
                    scratch.root().resolve(seal), Files.readAllBytes(site.root().resolve(seal)));
        }
    }

    private Optional<Path> replace(SiteFolder scratch) throws IOException {
        Path aside = site.root().resolve("replaced-" + stamp());
        boolean moved = false;
        // First of all, so that from here on the folder is no site until the last step.
        moved |= move(site.config(), aside.resolve(site.config().getFileName()));
        for (String part : PARTS) {
            moved |= move(site.root().resolve(part), aside.resolve(part));
        }
        force(site.root());
        for (String part : PARTS) {
            move(scratch.root().resolve(part), site.root().resolve(part));
        }
        force(site.root());
        move(scratch.config(), site.config());
        force(site.root());
        return moved ? Optional.of(aside) : Optional.empty();
    }

    private static boolean move(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return false;
        }
        PrivateFile.folder(to.resolveSibling(""));
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private String stamp() {
        return STAMP.format(clock.instant());
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path left, IOException failure)
                            throws IOException {
                        Files.delete(left);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
