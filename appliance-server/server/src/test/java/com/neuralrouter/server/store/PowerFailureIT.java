package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * A disk records what some threads wrote to it who committed, and what they were told. Then the
 * machine ends, again and again: at a moment drawn by lot, in the middle of a write, with all that
 * was written before (a kill), or with a part of what was written since the last force (a loss of
 * power). After each of these ends the store opens, everything that was acknowledged is in it, and
 * each row is as somebody wrote it.
 *
 * <p>H2 is told to use freed space again at once, which it does after 45 seconds otherwise: it is
 * there that H2 by itself loses commits, as the last test shows.
 */
class PowerFailureIT {
    private static final long SEED = 20_261_123;
    private static final int THREADS = 4;
    private static final int COMMITS = 80;

    /** Above all numbers of rows that are written once. */
    private static final int CHANGING = 1_000_000;

    /** What the machine's end leaves of the first so many events. */
    private interface End {
        MemoryDisk after(
                Map<String, byte[]> start,
                List<MemoryDisk.Event> log,
                int events,
                RandomGenerator random);
    }

    private record Losses(int ends, List<String> failures) {}

    @TempDir private Path folder;

    @Test
    void hasEveryAcknowledgedCommitAfterAKill() throws Exception {
        assertNothingLost("kill", MemoryDisk::torn, 150);
    }

    @Test
    void hasEveryAcknowledgedCommitAfterALossOfPower() throws Exception {
        assertNothingLost("loss of power", MemoryDisk::reordered, 150);
    }

    @Test
    @Tag("long")
    void hasEveryAcknowledgedCommitAfterThousandsOfEnds() throws Exception {
        assertNothingLost("kill", MemoryDisk::torn, 3_000);
        assertNothingLost("loss of power", MemoryDisk::reordered, 3_000);
    }

    /** The control: the same ends find what is lost without our journal. */
    @Test
    void findsThatH2AloneLosesCommits() throws Exception {
        Losses losses = losses(StoreOnDisk.bareH2(), MemoryDisk::reordered, 300);

        System.out.printf(
                "bare H2: %d of %d losses of power lose or damage what was acknowledged%n",
                losses.failures().size(), losses.ends());
        assertThat(losses.failures()).isNotEmpty();
    }

    private void assertNothingLost(String name, End end, int ends) throws Exception {
        Losses losses = losses(StoreOnDisk.ours(folder), end, ends);

        System.out.printf(
                "%s: seed %d, %d threads, %d ends, %d of them with a loss%n",
                name, SEED, THREADS, losses.ends(), losses.failures().size());
        assertThat(losses.failures()).as("seed %d", SEED).isEmpty();
    }

    private Losses losses(StoreOnDisk store, End end, int ends) throws Exception {
        var made = new MemoryDisk(store.empty());
        store.run(made, PowerFailureIT::makeTable);
        Map<String, byte[]> start = made.contents();
        var disk = new MemoryDisk(start);
        store.run(disk, opened -> work(opened, disk));
        List<MemoryDisk.Event> log = disk.log();

        var random = new SplittableRandom(SEED);
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < ends; i++) {
            int events = random.nextInt(log.size());
            MemoryDisk after = end.after(start, log, events, random);
            Set<Integer> acknowledged = acknowledged(log.subList(0, events));
            try {
                store.run(after, opened -> assertThere(opened, acknowledged));
            } catch (AssertionError | Exception lost) {
                failures.add("after " + events + " of " + log.size() + " events: " + lost);
            }
        }
        return new Losses(ends, failures);
    }

    private static void makeTable(StoreOnDisk.Opened opened) {
        try (Handle handle = opened.connect()) {
            handle.execute("SET RETENTION_TIME 0");
            handle.execute(
                    "CREATE TABLE t (n INTEGER PRIMARY KEY, turn INTEGER NOT NULL,"
                            + " text VARCHAR(10000) NOT NULL)");
            // By this one a store is told from a database of something else.
            handle.execute("CREATE TABLE \"flyway_schema_history\" (id INTEGER)");
            handle.execute("CREATE INDEX by_turn ON t (turn, n)");
            opened.begin(handle);
            handle.execute("INSERT INTO t VALUES (-1, 0, '')");
            opened.commit(handle);
        }
    }

    private static void work(StoreOnDisk.Opened opened, MemoryDisk disk) {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int worker = i;
                workers.add(threads.submit(() -> work(opened, disk, worker)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Each commit adds a row and changes another one. */
    private static void work(StoreOnDisk.Opened opened, MemoryDisk disk, int worker) {
        var random = new SplittableRandom(SEED + worker);
        try (Handle handle = opened.connect()) {
            for (int i = 0; i < COMMITS; i++) {
                int row = i * THREADS + worker;
                int changing = CHANGING + random.nextInt(10) * THREADS + worker;
                opened.begin(handle);
                handle.execute("INSERT INTO t VALUES (?, 0, ?)", row, text(row, 0));
                handle.execute("DELETE FROM t WHERE n = ?", changing);
                handle.execute("INSERT INTO t VALUES (?, ?, ?)", changing, i, text(changing, i));
                opened.commit(handle);
                disk.acknowledge(row);
            }
        } finally {
            opened.end();
        }
    }

    private static String text(int row, int turn) {
        var random = new SplittableRandom(row * 31L + turn);
        return ("row " + row + " turn " + turn + ". ").repeat(1 + random.nextInt(60));
    }

    private static Set<Integer> acknowledged(List<MemoryDisk.Event> log) {
        Set<Integer> numbers = new HashSet<>();
        for (MemoryDisk.Event event : log) {
            if (event instanceof MemoryDisk.Acknowledged(int number)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private record Row(int n, int turn, String text) {}

    private static void assertThere(StoreOnDisk.Opened opened, Set<Integer> acknowledged) {
        try (Handle handle = opened.connect()) {
            List<Row> rows =
                    handle.createQuery("SELECT n, turn, text FROM t WHERE n >= 0 ORDER BY n")
                            .map((row, _) ->
                                    new Row(row.getInt(1), row.getInt(2), row.getString(3)))
                            .list();
            List<Integer> byIndex =
                    handle.createQuery("SELECT n FROM t WHERE turn >= 0 AND n >= 0 ORDER BY n")
                            .mapTo(Integer.class)
                            .list();

            assertThat(rows).extracting(Row::n).containsAll(acknowledged);
            assertThat(byIndex).isEqualTo(rows.stream().map(Row::n).toList());
            for (Row row : rows) {
                assertThat(row.text()).isEqualTo(text(row.n(), row.turn()));
            }
        }
    }
}
