package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.BackupList;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.server.bootstrap.ApplianceConfig;
import com.neuralrouter.server.bootstrap.ApplianceConfigReader;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;
import com.neuralrouter.server.bootstrap.StoreChoice;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultUnusable;
import com.neuralrouter.server.secret.XtsPageCipher;
import com.neuralrouter.server.secret.seal.SealKind;
import com.neuralrouter.server.secret.seal.SealRefused;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.H2File;
import com.neuralrouter.server.store.Postgres;
import com.neuralrouter.server.store.StoreLocation;
import com.neuralrouter.server.yaml.YamlRefused;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at everything that a site needs, one thing after another; what it can't look at is a
 * finding too, never an exception. For one thread, once.
 */
final class Diagnosis {
    private static final Duration SOON = Duration.ofDays(30);
    private static final long LITTLE = 1L << 30;
    private static final long TOO_LITTLE = 100L << 20;
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.complementOf(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));

    private final SiteFolder site;
    private final Terminal.Environment environment;
    private final Clock clock;
    private final List<Finding> findings = new ArrayList<>();

    Diagnosis(SiteFolder site, Terminal.Environment environment, Clock clock) {
        this.site = site;
        this.environment = environment;
        this.clock = clock;
    }

    List<Finding> findings() {
        Optional<ApplianceConfig> config = config();
        permissions();
        certificates();
        space();
        folder("journal", site.journal());
        server(config);
        return List.copyOf(findings);
    }

    private Optional<ApplianceConfig> config() {
        try {
            ApplianceConfig config = ApplianceConfigReader.read(site.config());
            found(Finding.ok("configuration", site.config() + " is well formed"));
            return Optional.of(config);
        } catch (YamlRefused refused) {
            refused.errors()
                    .forEach(error -> found(Finding.fail("configuration", error.toString())));
        } catch (IOException e) {
            found(Finding.fail("configuration", Failures.sentence(e)));
        }
        return Optional.empty();
    }

    private void permissions() {
        for (Path secret :
                List.of(site.vault(), site.operatorKeyStore(), site.operatorPassword())) {
            if (!Files.exists(secret)) {
                found(
                        Finding.fail(
                                "files",
                                secret + " is missing; take it from the backup of this site"));
            } else if (othersMayTouch(secret)) {
                found(
                        Finding.fail(
                                "files",
                                "others than its owner may open "
                                        + secret
                                        + "; run 'chmod 600 "
                                        + secret
                                        + "' and consider it known"));
            } else {
                found(Finding.ok("files", secret + " is its owner's alone"));
            }
        }
    }

    private static boolean othersMayTouch(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException _) {
            // A file system without such modes, as on Windows: the folder's access list protects.
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private void certificates() {
        List<Path> files;
        try (Stream<Path> all = Files.walk(site.certs())) {
            files = all.filter(path -> path.toString().endsWith(".pem")).sorted().toList();
        } catch (IOException e) {
            found(Finding.fail("certificates", Failures.sentence(e)));
            return;
        }
        for (Path file : files) {
            try {
                for (Pem.Block block : Pem.blocks(Files.readString(file))) {
                    if (block.label().equals(Pem.CERTIFICATE)) {
                        certificate(file, Pem.certificate(block.der()));
                    }
                }
            } catch (IOException | CertificateProblem e) {
                found(Finding.fail("certificates", file + ": " + Failures.sentence(e)));
            }
        }
        try {
            certificate(site.operatorKeyStore(), AdminClient.operator(site).leaf());
        } catch (IOException | CommandFailed e) {
            found(Finding.fail("certificates", Failures.sentence(e)));
        }
    }

    private void certificate(Path file, X509Certificate certificate) {
        Instant now = clock.instant();
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        String name = file.getFileName() + " (" + certificate.getSubjectX500Principal() + ")";
        if (now.isBefore(begin)) {
            found(
                    Finding.fail(
                            "clock",
                            "this machine's clock says "
                                    + now.truncatedTo(ChronoUnit.SECONDS)
                                    + ", before "
                                    + name
                                    + " was made; set the clock"));
        } else if (!now.isBefore(end)) {
            found(Finding.fail("certificates", name + " expired on " + end + remedy(file)));
        } else if (now.plus(SOON).isAfter(end)) {
            found(Finding.warn("certificates", name + " expires on " + end + remedy(file)));
        } else {
            found(Finding.ok("certificates", name + " is good until " + end));
        }
    }

    private String remedy(Path certificate) {
        return certificate.equals(site.operatorKeyStore())
                ? "; have another owner's device enrolled before: afterwards only that can"
                        + " administer"
                : "; a listener's is renewed by the next start, for others see 'neural-router certs"
                        + " --help'";
    }

    private void space() {
        try {
            FileStore disk = Files.getFileStore(site.root());
            long free = disk.getUsableSpace();
            String sentence = (free >> 20) + " MiB are free for " + site.root();
            if (free < TOO_LITTLE) {
                found(Finding.fail("disk", sentence + "; the appliance needs room to record"));
            } else if (free < LITTLE) {
                found(Finding.warn("disk", sentence + "; make room soon"));
            } else {
                found(Finding.ok("disk", sentence));
            }
        } catch (IOException e) {
            found(Finding.fail("disk", Failures.sentence(e)));
        }
    }

    private void folder(String subject, Path folder) {
        if (!Files.exists(folder)) {
            found(Finding.ok(subject, folder + " is made by the first start"));
        } else if (Files.isDirectory(folder) && Files.isWritable(folder)) {
            found(Finding.ok(subject, folder + " can be written"));
        } else {
            found(
                    Finding.fail(
                            subject,
                            folder
                                    + " is no folder that this account can write; without it no"
                                    + " request is served"));
        }
    }

    private void server(Optional<ApplianceConfig> config) {
        try {
            if (SiteLock.isTaken(site)) {
                config.ifPresent(this::runningServer);
                return;
            }
        } catch (IOException e) {
            found(Finding.fail("server", Failures.sentence(e)));
            return;
        }
        found(Finding.ok("server", "none runs on this folder"));
        store(config);
        config.ifPresent(this::ports);
    }

    private void runningServer(ApplianceConfig config) {
        try (var client = AdminClient.of(site, config)) {
            ApplianceStatus status = client.get(AdminApi.STATUS, ApplianceStatus.class);
            found(
                    Finding.ok(
                            "server",
                            "version "
                                    + status.version()
                                    + " answers at "
                                    + client.base()
                                    + "; it has "
                                    + status.auditEntries()
                                    + " audit entries"));
            backups(client);
        } catch (CommandFailed | AdminClient.Refused e) {
            found(Finding.fail("server", String.valueOf(e.getMessage())));
        }
    }

    private void backups(AdminClient client) {
        BackupList list = client.get(AdminApi.BACKUPS, BackupList.class);
        Optional<BackupRun> last =
                list.runs().stream()
                        .filter(run -> run.operation() == BackupRun.Operation.CREATE)
                        .findFirst();
        if (last.isPresent() && last.get().state() == BackupRun.State.FAILED) {
            found(Finding.fail("backups", "the last one failed: " + last.get().problem()));
        } else if (list.backups().isEmpty()) {
            found(
                    Finding.warn(
                            "backups",
                            "there is none yet; make one with 'neural-router backup create'"));
        } else {
            found(
                    Finding.ok(
                            "backups",
                            list.backups().size()
                                    + " are there, the newest of "
                                    + list.backups().getFirst().createdAt()));
        }
    }

    private void store(Optional<ApplianceConfig> config) {
        Optional<Vault> vault = vault();
        if (vault.isEmpty()) {
            return;
        }
        try (Vault opened = vault.get();
                XtsPageCipher pages = XtsPageCipher.under(opened)) {
            store(config, new H2File(site.store(), pages));
        } catch (RuntimeException e) {
            found(Finding.fail("store", Failures.sentence(e)));
        }
    }

    /** Says how the vault is, and hands it out if it opens by itself. */
    private Optional<Vault> vault() {
        var here = VaultHere.of(site, environment, clock);
        try {
            SealKind kind = here.record().seal().record().kind();
            Optional<Vault> vault = here.openByItself();
            if (vault.isEmpty()) {
                found(
                        Finding.ok(
                                "vault",
                                "its seal ("
                                        + kind.text()
                                        + ") takes a person, so the store was not looked at"));
            } else if (kind == SealKind.KEY_FILE) {
                found(
                        Finding.warn(
                                "vault",
                                "its seal is a key file on this machine: who copies the whole disk"
                                        + " has the keys too; choose another seal with"
                                        + " 'neural-router seal change' before real use"));
            } else {
                found(Finding.ok("vault", "its seal (" + kind.text() + ") opens"));
            }
            return vault;
        } catch (VaultUnusable | SealRefused e) {
            found(Finding.fail("vault", Failures.sentence(e)));
            return Optional.empty();
        }
    }

    private void store(Optional<ApplianceConfig> config, H2File here) {
        StoreLocation location = config.map(it -> StoreChoice.of(site, it, here)).orElse(here);
        try (Database database = Database.open(location)) {
            switch (location) {
                case H2File file -> found(Finding.ok("store", file.folder() + " opens"));
                case Postgres postgres -> {
                    found(Finding.ok("store", postgres.address() + " opens"));
                    volume(postgres, database);
                }
            }
        }
    }

    /** The promise of AES-256 that the appliance can't keep itself. */
    private void volume(Postgres postgres, Database database) {
        found(
                Finding.ok(
                        "volume",
                        "the site attests "
                                + postgres.volume().words()
                                + " for the database server; this is not measured"));
        Optional<Path> data =
                postgres.address().loopback() ? database.serverDataFolder() : Optional.empty();
        data.ifPresent(folder ->
                found(
                        new BlockDevices(Path.of("/proc/self/mountinfo"), Path.of("/sys"))
                                        .isOnLuks2(folder)
                                ? Finding.ok("volume", folder + " is on a LUKS2 device, measured")
                                : Finding.warn(
                                        "volume",
                                        folder
                                                + " is on no LUKS2 device of this machine; check"
                                                + " that what the site attests is so")));
    }

    private void ports(ApplianceConfig config) {
        port("inference", config.listeners().inference());
        port("admin", config.listeners().admin());
        port("enrolment", config.listeners().enrolment());
    }

    private void port(String name, ApplianceConfig.Listener listener) {
        String where = listener.host() + ":" + listener.port();
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            InetAddress host = InetAddress.getByName(listener.host());
            socket.bind(new InetSocketAddress(host, listener.port()));
            found(Finding.ok("ports", where + " is free for the " + name + " listener"));
        } catch (IOException _) {
            found(
                    Finding.fail(
                            "ports",
                            where
                                    + " can't be had for the "
                                    + name
                                    + " listener: another program has it, or it is no address of"
                                    + " this machine; see listeners."
                                    + name
                                    + " in "
                                    + site.config()));
        }
    }

    private void found(Finding finding) {
        findings.add(finding);
    }
}
