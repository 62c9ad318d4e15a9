package com.neuralrouter.server.backup;

import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.store.EncryptedStores;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A process of its own with little memory: fills a site with records of requests, backs it up,
 * restores it and prints what that took.
 */
final class BackupOfManyRows {
    static final int ROWS = 200_000;
    private static final int STEP = 10_000;

    private BackupOfManyRows() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (var site = new TestSite(folder.resolve("site"))) {
            fill(site);
            var maker =
                    new BackupMaker(
                            new BackupMaker.Identity("many", "1.0"),
                            site.database,
                            folder.resolve("site"),
                            new BackupTestKeys(1),
                            site.integrity,
                            site.log::durableParts,
                            new SecureRandom(),
                            site.clock);
            long began = System.nanoTime();
            var data = maker.make(new BackupFolder(folder.resolve("data"), BackupKind.DATA));
            long made = System.nanoTime() - began;
            var keys = maker.make(new BackupFolder(folder.resolve("keys"), BackupKind.KEYS));
            long content =
                    data.manifest().entries().stream().mapToLong(Manifest.Entry::bytes).sum();

            began = System.nanoTime();
            Path staged = folder.resolve("staged");
            new Staging(BackupFile.open(data.path()), BackupFile.open(keys.path()), staged)
                    .restore(new BackupTestKeys(1), EncryptedStores.in(staged.resolve("data")));
            long restored = System.nanoTime() - began;

            System.out.printf(
                    "backup: %d rows, %.1f MB of content in a file of %.1f MB; made and read back"
                            + " at %.1f MB/s, restored and read back at %.1f MB/s, with %d MB of"
                            + " heap%n",
                    data.manifest().rows(),
                    content / 1e6,
                    data.bytes() / 1e6,
                    content * 1e3 / made,
                    content * 1e3 / restored,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    private static void fill(TestSite site) {
        for (int from = 1; from <= ROWS; from += STEP) {
            int first = from;
            site.database.write(tx ->
                    tx.handle()
                            .execute(
                                    """
                                    INSERT INTO request (position, id, started_at, workspace_id,
                                        api_key_id, model, stream, outcome, status, problem,
                                        provider_id, served_model, attempts, first_byte_micros,
                                        duration_micros, input_tokens, output_tokens,
                                        tokens_estimated)
                                    SELECT x, RANDOM_UUID(), CURRENT_TIMESTAMP, RANDOM_UUID(),
                                        RANDOM_UUID(), 'gpt-large', TRUE, 'COMPLETED', 200, NULL,
                                        RANDOM_UUID(), 'llama-3-70b', 1, 84000 + x, 2400000 + x,
                                        350, 420, FALSE
                                    FROM SYSTEM_RANGE(?, ?)
                                    """,
                                    first,
                                    first + STEP - 1));
        }
    }
}
