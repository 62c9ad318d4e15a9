package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.backup.BackupRefused;
import com.neuralrouter.server.backup.Manifest;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteRestore;
import com.neuralrouter.server.store.StoreUnusable;
import com.neuralrouter.server.store.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Sites that move between a file and a real PostgreSQL by their backups, and what is refused. */
@Tag("postgresql")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreOnPostgresIT {
    private static final String MODEL = "small-chat";

    private Path folder;
    private TestPostgres server;
    private SiteFolder origin;
    private String appKey;
    private StoppedSite.Pair backups;

    @BeforeAll
    void makeASiteInAFileAndItsBackups(@TempDir Path temporary) throws IOException {
        folder = temporary;
        server = TestPostgres.start(folder.resolve("server"), Map.of());
        origin = new SiteFolder(folder.resolve("origin"));
        try (RunningSite site = RunningSite.start(origin.root())) {
            appKey = site.openFor(MODEL);
            try (App app = site.app(appKey)) {
                assertThat(app.ask(App.chat(MODEL, "hello")).status()).isEqualTo(200);
            }
        }
        try (StoppedSite stopped = StoppedSite.open(origin)) {
            stopped.addRequests(2_500);
        }
        backups = backUp(origin, "first");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private StoppedSite.Pair backUp(SiteFolder site, String name) throws IOException {
        try (StoppedSite stopped = StoppedSite.open(site)) {
            return stopped.backUp(folder.resolve("backups-" + name));
        }
    }

    private static SiteRestore restore(SiteFolder to) {
        return new SiteRestore(
                to,
                scratch -> RunningSite.vault(scratch).openByItself().orElseThrow(),
                Clock.systemUTC());
    }

    private static SiteRestore.Order order(
            StoppedSite.Pair from, Optional<Path> config, boolean replace) {
        return new SiteRestore.Order(from.data().path(), from.keys().path(), config, replace);
    }

    /** A folder with nothing but the file that opens the vault. */
    private SiteFolder empty(String name) throws IOException {
        var site = new SiteFolder(folder.resolve(name));
        Files.createDirectories(site.keys());
        Files.copy(origin.keys().resolve("seal.key"), site.keys().resolve("seal.key"));
        return site;
    }

    private Map<String, String> on(String database) {
        return Map.of(
                "store.postgresql",
                "postgresql://"
                        + TestPostgres.ROLE
                        + "@127.0.0.1:"
                        + server.port()
                        + "/"
                        + database,
                "store.password-file",
                server.passwordFile().toString(),
                "store.volume-encryption",
                "luks2-aes-256-xts");
    }

    private Path configFor(String database) throws IOException {
        return Files.writeString(
                folder.resolve(database + ".yaml"), RunningSite.config(on(database)));
    }

    private SiteFolder restored(String database) throws IOException {
        server.database(database, "");
        SiteFolder site = empty("site-" + database);
        restore(site).restore(order(backups, Optional.of(configFor(database)), false));
        return site;
    }

    private static List<Manifest.Entry> tables(StoppedSite.Pair pair) {
        return Stream.of(pair.data(), pair.keys())
                .flatMap(made -> made.manifest().entries().stream())
                .filter(entry -> entry.name().startsWith("tables/"))
                .toList();
    }

    private void assertServes(SiteFolder site) throws IOException {
        try (RunningSite running = RunningSite.startAgain(site);
                App app = running.app(appKey)) {
            assertThat(app.ask(App.chat(MODEL, "hello")).status()).isEqualTo(200);
        }
    }

    @Test
    void aSiteGoesFromAFileToPostgresAndBackWithTheSameRows() throws IOException {
        SiteFolder inDatabase = restored("round_trip");
        StoppedSite.Pair second = backUp(inDatabase, "second");

        SiteFolder inFile = empty("back");
        restore(inFile).restore(order(second, Optional.of(origin.config()), false));
        StoppedSite.Pair third = backUp(inFile, "third");

        assertThat(tables(backups))
                .extracting(Manifest.Entry::rows)
                .as("there is something to compare")
                .anySatisfy(rows -> assertThat(rows).isGreaterThan(2_500));
        assertThat(tables(second)).isEqualTo(tables(backups));
        assertThat(tables(third)).isEqualTo(tables(backups));
        assertThat(inDatabase.store()).doesNotExist();
        assertServes(inDatabase);
        assertServes(inFile);
        System.out.printf(
                "restore: %d tables with %d rows, file -> PostgreSQL -> file, the same digests%n",
                tables(third).size(), tables(third).stream().mapToLong(Manifest.Entry::rows).sum());
    }

    @Test
    void aBackupFromPostgresGoesBackIntoItsOwnDatabaseAndTheOldStoreIsKeptAside()
            throws IOException {
        SiteFolder site = restored("own");
        StoppedSite.Pair own = backUp(site, "own");
        assertServes(site);

        SiteRestore.Report report = restore(site).restore(order(own, Optional.empty(), true));

        String aside = report.asideInDatabase().orElseThrow();
        assertThat(server.one("own", "SELECT COUNT(*) FROM " + aside + ".audit_entry"))
                .as("the old store has what was done after the backup")
                .isGreaterThan(server.one("own", "SELECT COUNT(*) FROM public.audit_entry"));
        assertThat(schemas("own")).containsExactly("public", aside);
        assertThat(tables(backUp(site, "own-again"))).isEqualTo(tables(own));
        assertServes(site);
    }

    @Test
    void aDatabaseWithAStoreIsRefusedUnlessItIsToBeReplaced() throws IOException {
        restored("taken");
        SiteFolder other = empty("other");
        var order = order(backups, Optional.of(configFor("taken")), false);

        assertThatThrownBy(() -> restore(other).restore(order))
                .isInstanceOf(SiteRestore.Unfit.class)
                .hasMessageContaining("There is a store in database taken")
                .hasMessageContaining("--replace");

        assertThat(other.config()).doesNotExist();
        assertThat(schemas("taken")).containsExactly("public");
    }

    @Test
    void anotherSitesStoreIsNeverReplaced() throws IOException {
        server.database("strange", "");
        SiteFolder stranger = RunningSite.found(folder.resolve("stranger"), on("strange"));

        assertThatThrownBy(() ->
                        restore(empty("intruder"))
                                .restore(order(backups, Optional.of(configFor("strange")), true)))
                .isInstanceOfSatisfying(
                        BackupRefused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(BackupRefused.Reason.FOREIGN));

        RunningSite.startAgain(stranger).close();
    }

    @Test
    void aDatabaseThatAServerUsesOrThatHoldsSomethingElseIsRefused() throws IOException {
        SiteFolder site = restored("served");
        var onServed = order(backups, Optional.of(configFor("served")), true);
        try (RunningSite _ = RunningSite.startAgain(site)) {
            assertThatThrownBy(() -> restore(empty("beside")).restore(onServed))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessageContaining("in use by another process");
        }
        server.database("invoices", "");
        server.sql("invoices", "CREATE TABLE invoice (id INTEGER)");
        var onInvoices = order(backups, Optional.of(configFor("invoices")), true);

        assertThatThrownBy(() -> restore(empty("clerk")).restore(onInvoices))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("holds tables of something else");
    }

    @Test
    void aRestoreThatFailsReplacesNothingAndCanBeRunAgain() throws IOException {
        SiteFolder site = restored("steady");
        StoppedSite.Pair own = backUp(site, "steady");
        byte[] altered = Files.readAllBytes(own.data().path());
        altered[altered.length - 30] ^= 1;
        Path forged = Files.write(folder.resolve("forged.nrbackup"), altered);

        assertThatThrownBy(() ->
                        restore(site)
                                .restore(
                                        new SiteRestore.Order(
                                                forged, own.keys().path(), Optional.empty(), true)))
                .isInstanceOf(BackupRefused.class);

        assertThat(tables(backUp(site, "still"))).isEqualTo(tables(own));
        restore(site).restore(order(own, Optional.empty(), true));
        assertThat(tables(backUp(site, "then"))).isEqualTo(tables(own));
    }

    private List<String> schemas(String database) {
        return server.all(
                database,
                """
                SELECT nspname FROM pg_namespace
                WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY 1
                """);
    }
}
