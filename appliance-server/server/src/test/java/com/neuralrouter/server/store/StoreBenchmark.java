package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.PutCredential;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.credential.StoredCredential;
import com.neuralrouter.server.secret.SealedSecret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints what the store's encryption and durability cost on this machine: not a test, and run only
 * when it is named (docs/contributing/testing.md). Numbers of one run compare with each other only.
 */
class StoreBenchmark {
    private static final long NANOS_OF_A_MEASUREMENT = TimeUnit.SECONDS.toNanos(3);
    private static final int MEGABYTE = 1 << 20;
    private static final int MEGABYTES = 64;
    private static final int WORKSPACES = 20;
    private static final int PROVIDERS = 10;

    @TempDir private Path folder;

    @Test
    void measure() throws Exception {
        cipher();
        rows("H2 file, unencrypted", "jdbc:h2:file:" + folder.resolve("plain"));
        encryptedRows();
        secrets();
        // Not the first commits of a process: those measure the compiler.
        commits(32);
        for (int threads : new int[] {1, 8, 32}) {
            forces();
            print("durable commits, " + threads + " at once", commits(threads), "/s");
        }
    }

    private static void cipher() {
        byte[] pages = new byte[MEGABYTE];
        try (PageCipher cipher = EncryptedStores.cipher(1)) {
            byte[] page = new byte[MEGABYTE];
            cipher.encrypt(7, page);
            assertThat(page).isNotEqualTo(pages);
            cipher.decrypt(7, page);
            assertThat(page).isEqualTo(pages);
            report("AES-256-XTS encrypt, 1 thread", "MB/s", () -> cipher.encrypt(7, pages));
            report("AES-256-XTS decrypt, 1 thread", "MB/s", () -> cipher.decrypt(7, pages));
        }
    }

    private static void report(String name, String unit, Runnable step) {
        print(name, perSecond(step), unit);
    }

    private static double perSecond(Runnable step) {
        for (int i = 0; i < 100; i++) {
            step.run();
        }
        long start = System.nanoTime();
        long steps = 0;
        while (System.nanoTime() - start < NANOS_OF_A_MEASUREMENT) {
            step.run();
            steps++;
        }
        return rate(steps, start);
    }

    /**
     * Opening a sealed column takes its workspace's key from the store and unwraps it each time.
     */
    private void secrets() {
        try (var site = new TestSite(folder.resolve("site"))) {
            site.apply(tx -> credentials(site, tx));
            site.database.read(tx -> {
                List<StoredCredential> sealed = site.credentialStore.all(tx);
                assertThat(sealed).hasSize(WORKSPACES * PROVIDERS);
                double one = perSecond(() -> open(site, tx, sealed.getFirst()));
                print("unwrap of a credential", 1e6 / one, "µs");
                double all =
                        perSecond(() ->
                                site.credentialStore.all(tx).forEach(row -> open(site, tx, row)));
                print("sealed columns read and opened", all * sealed.size(), "/s");
                return tx;
            });
        }
    }

    private static Audited<Integer> credentials(TestSite site, Tx tx) {
        var providers = new ArrayList<ProviderId>();
        for (int i = 0; i < PROVIDERS; i++) {
            var wanted = TestSite.openAi("p" + i, "https://127.0.0.1:8000/v1");
            providers.add(
                    site.providers
                            .createIn(tx, wanted, TestSite.consent())
                            .value()
                            .endpoint()
                            .id());
        }
        for (int i = 0; i < WORKSPACES; i++) {
            WorkspaceId workspace =
                    site.workspaces.createIn(tx, new CreateWorkspace("w" + i, "")).value().id();
            for (ProviderId provider : providers) {
                site.credentials.putIn(
                        tx, workspace, new PutCredential(provider, null, "sk-" + provider));
            }
        }
        return Audited.of(1, AuditEvent.done("nothing.done", "t", Map.of()));
    }

    private static void open(TestSite site, Tx tx, StoredCredential row) {
        site.keys.open(tx, row.place(), SealedSecret.of(row.sealed())).close();
    }

    private void encryptedRows() throws Exception {
        Path encrypted = folder.resolve("encrypted");
        OwnFiles.folder(encrypted);
        try (PageCipher cipher = EncryptedStores.cipher(1)) {
            OwnFiles.write(encrypted.resolve("site.mv.db"), StoreHeader.bytes(cipher));
            EncryptedFilePath mounted = EncryptedFilePath.mount(cipher);
            rows(
                    "H2 file, AES-256-XTS and journal",
                    "jdbc:h2:" + mounted.getScheme() + ":" + encrypted.resolve("site"));
            mounted.unmount();
        }
    }

    /**
     * Rows of 1 kB in transactions of 1 MB, forced at the end; then read by a new process's eyes.
     */
    private static void rows(String name, String url) throws Exception {
        String settings = url + ";WRITE_DELAY=0;CACHE_SIZE=1024";
        String text = "x".repeat(1_000);
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(settings, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, x VARCHAR(1000))");
            connection.setAutoCommit(false);
            try (PreparedStatement add =
                    connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
                for (int i = 0; i < MEGABYTES * 1_000; i++) {
                    add.setInt(1, i);
                    add.setString(2, text);
                    add.execute();
                    if (i % 1_000 == 999) {
                        connection.commit();
                    }
                }
            }
            statement.execute("CHECKPOINT SYNC");
            print(name + ", write", MEGABYTES * 1e9 / (System.nanoTime() - start), "MB/s");
        }
        start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(settings, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT SUM(LENGTH(x)) FROM t").close();
            print(name + ", read", MEGABYTES * 1e9 / (System.nanoTime() - start), "MB/s");
        }
    }

    private void forces() throws Exception {
        try (FileChannel file =
                FileChannel.open(
                        folder.resolve("raw"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            ByteBuffer record = ByteBuffer.allocate(16 << 10);
            file.write(ByteBuffer.allocate(4 << 20), 0);
            file.force(true);
            long start = System.nanoTime();
            long forces = 0;
            while (System.nanoTime() - start < NANOS_OF_A_MEASUREMENT) {
                file.write(record.rewind(), forces % 256 * record.capacity());
                file.force(false);
                forces++;
            }
            print("the disk's own write and force of 16 kB", rate(forces, start), "/s");
        }
    }

    private double commits(int threads) throws Exception {
        Path fresh = Files.createTempDirectory(folder, "commits");
        try (Database database = Database.create(EncryptedStores.in(fresh.resolve("data")))) {
            var number = new AtomicLong();
            var done = new CountDownLatch(threads);
            long start = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                Thread.ofVirtual()
                        .start(() -> {
                            while (System.nanoTime() - start < NANOS_OF_A_MEASUREMENT) {
                                database.write(tx ->
                                        tx.handle()
                                                .execute(
                                                        "INSERT INTO api_key_use VALUES"
                                                                + " (RANDOM_UUID(),"
                                                                + " CURRENT_TIMESTAMP)"));
                                number.incrementAndGet();
                            }
                            done.countDown();
                        });
            }
            done.await();
            return rate(number.get(), start);
        }
    }

    private static double rate(long count, long start) {
        return count * 1e9 / (System.nanoTime() - start);
    }

    private static void print(String name, double value, String unit) {
        System.out.printf("%-48s %10.0f %s%n", name, value, unit);
    }
}
