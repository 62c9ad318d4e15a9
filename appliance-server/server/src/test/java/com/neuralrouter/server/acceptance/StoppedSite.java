package com.neuralrouter.server.acceptance;

import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.backup.BackupFile;
import com.neuralrouter.server.backup.BackupFolder;
import com.neuralrouter.server.backup.BackupKeys;
import com.neuralrouter.server.backup.BackupKind;
import com.neuralrouter.server.backup.BackupMaker;
import com.neuralrouter.server.backup.Manifest;
import com.neuralrouter.server.bootstrap.ApplianceConfigReader;
import com.neuralrouter.server.bootstrap.SiteBackups;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.StoreChoice;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.secret.StreamKey;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.XtsPageCipher;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.H2File;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The store of a site on which no server runs: nothing happens to it but what the test does, so
 * that two backups of it can be compared.
 */
final class StoppedSite implements AutoCloseable {
    private final SiteFolder site;
    private final Vault vault;
    private final XtsPageCipher pages;
    private final Database database;

    private StoppedSite(SiteFolder site, Vault vault) throws IOException {
        this.site = site;
        this.vault = vault;
        pages = XtsPageCipher.under(vault);
        database =
                Database.open(
                        StoreChoice.of(
                                site,
                                ApplianceConfigReader.read(site.config()),
                                new H2File(site.store(), pages)));
    }

    static StoppedSite open(SiteFolder site) throws IOException {
        return open(site, RunningSite.vault(site).openByItself().orElseThrow());
    }

    /** The same with a vault that takes a person, which then belongs to this. */
    static StoppedSite open(SiteFolder site, Vault vault) throws IOException {
        return new StoppedSite(site, vault);
    }

    /** Adds records of requests as they come in a long life. */
    void addRequests(int count) {
        database.write(tx ->
                tx.handle()
                        .execute(
                                """
                                INSERT INTO request (position, id, started_at, workspace_id,
                                    api_key_id, model, stream, outcome, status, problem,
                                    provider_id, served_model, attempts, first_byte_micros,
                                    duration_micros, input_tokens, output_tokens,
                                    tokens_estimated)
                                SELECT x + (SELECT COUNT(*) FROM request), RANDOM_UUID(),
                                    CURRENT_TIMESTAMP, RANDOM_UUID(), RANDOM_UUID(), 'gpt-large',
                                    TRUE, 'COMPLETED', 200, NULL, RANDOM_UUID(), 'llama-3-70b', 1,
                                    84000 + x, 2400000 + x, 350, 420, FALSE
                                FROM SYSTEM_RANGE(1, ?)
                                """,
                                count));
    }

    /** How many records of requests there are. */
    long requests() {
        return database.read(tx ->
                tx.handle().createQuery("SELECT COUNT(*) FROM request").mapTo(Long.class).one());
    }

    /** Changes rows as somebody with a tool for databases could. */
    void execute(String sql, Object... values) {
        database.write(tx -> tx.handle().execute(sql, values));
    }

    /** Every row of every table that is ours, as text; bytes in hexadecimal. */
    List<String> script() {
        return database.read(tx -> {
            var rows = new ArrayList<String>();
            List<String> tables =
                    tx.handle()
                            .createQuery(
                                    """
                                    SELECT table_name FROM information_schema.tables
                                    WHERE table_schema = 'PUBLIC'
                                    """)
                            .mapTo(String.class)
                            .list();
            for (String table : tables) {
                tx.handle()
                        .createQuery("SELECT * FROM \"" + table + "\"")
                        .mapToMap()
                        .forEach(row -> rows.add(table + " " + text(row)));
            }
            return rows;
        });
    }

    private static String text(Map<String, Object> row) {
        return row.values().stream()
                .map(value ->
                        value instanceof byte[] bytes
                                ? HexFormat.of().formatHex(bytes)
                                : String.valueOf(value))
                .collect(Collectors.joining(" | "));
    }

    /** Reads the whole of a backup. */
    Manifest verify(Path backup) throws IOException {
        BackupFile file = BackupFile.open(backup);
        try (StreamKey key = SiteBackups.key(vault, file.header().kind())) {
            return BackupMaker.verify(file, key);
        }
    }

    /** Two backups of one state. */
    record Pair(BackupMaker.Made data, BackupMaker.Made keys) {}

    /** Makes both below the folder. */
    Pair backUp(Path below) throws IOException {
        var logKeys = EntryLogKeys.of(vault);
        try (MacKey rows = MacKey.owning(vault.key(KeyPurpose.ROW_INTEGRITY));
                EntryLog log =
                        EntryLog.isIn(site.audit())
                                ? EntryLog.open(site.audit(), logKeys, Clock.systemUTC())
                                : EntryLog.create(site.audit(), logKeys, Clock.systemUTC())) {
            var maker =
                    new BackupMaker(
                            new BackupMaker.Identity("proof", "1.0"),
                            database,
                            site.root(),
                            new Keys(vault, site.vault()),
                            new SiteIntegrity(rows),
                            log::durableParts,
                            new SecureRandom(),
                            Clock.systemUTC());
            return new Pair(
                    maker.make(new BackupFolder(below.resolve("data"), BackupKind.DATA)),
                    maker.make(new BackupFolder(below.resolve("keys"), BackupKind.KEYS)));
        }
    }

    private record Keys(Vault vault, Path file) implements BackupKeys {
        @Override
        public StreamKey key(BackupKind kind) {
            return SiteBackups.key(vault, kind);
        }

        @Override
        public byte[] vaultFile() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Override
    public void close() {
        database.close();
        pages.close();
        vault.close();
    }
}
