package com.neuralrouter.server.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
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

    @TempDir private Path folder;

    @Test
    void measure() throws Exception {
        cipher();
        rows("H2 file, unencrypted", "jdbc:h2:file:" + folder.resolve("plain"));
        encryptedRows();
        forces();
        for (int threads : new int[] {1, 8, 32}) {
            commits(threads);
        }
    }

    private static void cipher() {
        byte[] pages = new byte[MEGABYTE];
        try (PageCipher cipher = EncryptedStores.cipher(1)) {
            report("AES-256-XTS encrypt, 1 thread", "MB/s", () -> cipher.encrypt(7, pages));
            report("AES-256-XTS decrypt, 1 thread", "MB/s", () -> cipher.decrypt(7, pages));
        }
    }

    private static void report(String name, String unit, Runnable step) {
        for (int i = 0; i < 100; i++) {
            step.run();
        }
        long start = System.nanoTime();
        long steps = 0;
        while (System.nanoTime() - start < NANOS_OF_A_MEASUREMENT) {
            step.run();
            steps++;
        }
        print(name, steps * 1e9 / (System.nanoTime() - start), unit);
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

    private void commits(int threads) throws Exception {
        try (Database database =
                Database.create(EncryptedStores.in(folder.resolve("commits" + threads)))) {
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
            print("durable commits, " + threads + " at once", rate(number.get(), start), "/s");
        }
    }

    private static double rate(long count, long start) {
        return count * 1e9 / (System.nanoTime() - start);
    }

    private static void print(String name, double value, String unit) {
        System.out.printf("%-48s %10.0f %s%n", name, value, unit);
    }
}
