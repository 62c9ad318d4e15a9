package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disk that is full at one write, or fails at one force, drawn by lot, and works again at once
 * after it: nothing is acknowledged from then on until the store was opened again, and then
 * everything is there that had been.
 */
class FailingDiskTest {
    private static final long SEED = 20_261_123;
    private static final int DISKS = 40;
    private static final int COMMITS = 30;

    @TempDir private Path folder;

    @Test
    void acknowledgesNothingAfterAFaultAndLosesNothingThatItHadAcknowledged() throws Exception {
        StoreOnDisk store = StoreOnDisk.ours(folder);
        var made = new MemoryDisk(store.empty());
        store.run(made, FailingDiskTest::makeTable);
        Map<String, byte[]> start = made.contents();
        var random = new SplittableRandom(SEED);
        int acknowledged = 0;
        int faulty = 0;

        for (int i = 0; i < DISKS; i++) {
            var disk = new MemoryDisk(start);
            var events = new AtomicInteger();
            int at = 3 + random.nextInt(3 * COMMITS);
            List<Integer> told = new ArrayList<>();
            store.run(
                    disk,
                    opened -> {
                        disk.fail(event -> failAt(at, events.incrementAndGet(), event));
                        told.addAll(commitUntilRefused(opened));
                    });
            faulty += events.get() >= at ? 1 : 0;
            acknowledged += told.size();
            store.run(
                    new MemoryDisk(disk.contents()),
                    opened -> assertThat(numbers(opened)).containsAll(told));
        }

        System.out.printf(
                "failing disk: seed %d, %d disks, %d of them failed, %d commits acknowledged, none"
                        + " lost%n",
                SEED, DISKS, faulty, acknowledged);
        assertThat(faulty).isGreaterThan(DISKS / 2);
    }

    private static void failAt(int at, int event, MemoryDisk.Event what) throws IOException {
        if (event == at) {
            throw new IOException(
                    what instanceof MemoryDisk.Forced
                            ? "Input/output error"
                            : "No space left on device");
        }
    }

    /** The numbers that were acknowledged; after the first refusal there are refusals only. */
    private static List<Integer> commitUntilRefused(StoreOnDisk.Opened opened) {
        List<Integer> told = new ArrayList<>();
        boolean refused = false;
        for (int number = 1; number <= COMMITS && !refused; number++) {
            refused = !commits(opened, number);
            if (!refused) {
                told.add(number);
            }
        }
        for (int number = COMMITS + 1; refused && number < COMMITS + 4; number++) {
            int late = number;
            assertThatThrownBy(() -> commit(opened, late)).isInstanceOf(RuntimeException.class);
        }
        return told;
    }

    private static boolean commits(StoreOnDisk.Opened opened, int number) {
        try {
            commit(opened, number);
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private static void commit(StoreOnDisk.Opened opened, int number) {
        Handle handle = opened.connect();
        try {
            opened.begin(handle);
            handle.execute("INSERT INTO t VALUES (?, ?)", number, "text ".repeat(number * 30));
            opened.commit(handle);
        } finally {
            closeQuietly(handle);
            opened.end();
        }
    }

    /** Of a database that has gone, the connection can't be closed in good order. */
    private static void closeQuietly(Handle handle) {
        try (handle) {
            if (handle.isInTransaction()) {
                handle.rollback();
            }
        } catch (RuntimeException _) {
            // What counts has been thrown before.
        }
    }

    private static List<Integer> numbers(StoreOnDisk.Opened opened) {
        try (Handle handle = opened.connect()) {
            return handle.createQuery("SELECT n FROM t").mapTo(Integer.class).list();
        }
    }

    private static void makeTable(StoreOnDisk.Opened opened) {
        try (Handle handle = opened.connect()) {
            handle.execute("SET RETENTION_TIME 0");
            handle.execute("CREATE TABLE \"flyway_schema_history\" (id INTEGER)");
            handle.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, text VARCHAR(10000) NOT NULL)");
            opened.begin(handle);
            handle.execute("INSERT INTO t VALUES (0, '')");
            opened.commit(handle);
        }
    }
}
