package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.TreeHash;
import com.neuralrouter.tlog.TreeProofs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Measures the log at the size that a site reaches in years, and prints what it measured beside
 * what the disk does by itself: {@code EntryLogLoadIT} runs it in the long profile, and by hand it
 * takes a folder, which must not be there, and the number of entries.
 */
final class EntryLogBenchmark {
    /** As long as an entry with its side record is, about. */
    private static final int LEAF_BYTES = 420;

    private static final int SIDE_BYTES = 180;
    private static final int THREADS = 64;

    /** As many as the drain of the request journal appends at once. */
    private static final int DRAINED = 128;

    private final Path site;
    private final long entries;
    private final TestLog logs;
    private final byte[] text = new byte[LEAF_BYTES + SIDE_BYTES];

    /** What an acknowledgement took, in nanoseconds. */
    record Latencies(long[] sorted) {
        double millis(double share) {
            return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
        }
    }

    /** What was measured; times are in milliseconds. */
    record Result(
            double appendsPerSecond,
            double p50,
            double p99,
            double readsPerSecond,
            double proofMillis,
            double openMillis) {}

    EntryLogBenchmark(Path site, long entries) {
        this.site = site;
        this.entries = entries;
        this.logs = new TestLog(site);
        new SplittableRandom(1).nextBytes(text);
    }

    static void main(String[] arguments) throws Exception {
        Path site = Path.of(arguments[0]);
        new EntryLogBenchmark(Files.createDirectory(site), Long.parseLong(arguments[1])).run();
    }

    Result run() throws Exception {
        Path folder = site.resolve("audit");
        disk();
        logs.create(folder).close();
        try (EntryLog log = logs.open(folder)) {
            append(log, 1, 1, Math.min(entries / 20, 20_000));
            append(log, THREADS, DRAINED, entries / 4);
            long[] result = append(log, THREADS, 1, entries - log.size());
            var latencies = new Latencies(Arrays.copyOfRange(result, 1, result.length));
            disk();
            double read = sequential(log);
            random(log);
            double proof = proofs(log);
            verify(log);
            log.close();
            return new Result(
                    result[0],
                    latencies.millis(0.5),
                    latencies.millis(0.99),
                    read,
                    proof,
                    reopening(folder));
        } finally {
            logs.close();
        }
    }

    /** A write and a force of what a batch of 64 entries has, as often as the disk can. */
    private void disk() throws IOException {
        Path file = site.resolve("disk");
        ByteBuffer record = ByteBuffer.allocate(THREADS * text.length);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8 << 20), 0);
            channel.force(true);
            long start = System.nanoTime();
            int forces = 0;
            while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(3)) {
                channel.write(record.rewind(), forces % 200 * (long) record.capacity());
                channel.force(false);
                forces++;
            }
            print("the disk's own write and force of 38 kB, in place", rate(forces, start), "/s");
        }
        Files.delete(file);
    }

    private Draft draft() {
        return new Draft() {
            @Override
            public byte[] leaf(long sequence, Instant time) {
                byte[] leaf = Arrays.copyOf(text, LEAF_BYTES);
                ByteBuffer.wrap(leaf).putLong(sequence);
                return leaf;
            }

            @Override
            public byte[] side() {
                return Arrays.copyOfRange(text, LEAF_BYTES, text.length);
            }
        };
    }

    /** Returns the rate, and behind it what each acknowledgement took, sorted. */
    private long[] append(EntryLog log, int threads, int each, long count) throws Exception {
        var left = new AtomicLong(count / each);
        var all = new ArrayList<long[]>();
        List<Thread> workers = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            long[] taken = new long[(int) (count / each / threads * 4 + 1_000)];
            all.add(taken);
            workers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                List<Draft> drafts =
                                        IntStream.range(0, each).mapToObj(n -> draft()).toList();
                                for (int n = 0;
                                        n < taken.length && left.getAndDecrement() > 0;
                                        n++) {
                                    long before = System.nanoTime();
                                    log.append(drafts);
                                    taken[n] = System.nanoTime() - before;
                                }
                            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        double rate = rate(count, start);
        long[] sorted =
                all.stream().flatMapToLong(Arrays::stream).filter(t -> t > 0).sorted().toArray();
        var latencies = new Latencies(sorted);
        System.out.printf(
                "%-58s %10.0f /s   p50 %.2f ms, p99 %.2f ms, longest %.0f ms%n",
                "durable entries, " + threads + " threads, " + each + " at once",
                rate,
                latencies.millis(0.5),
                latencies.millis(0.99),
                latencies.millis(1));
        long[] result = new long[sorted.length + 1];
        result[0] = (long) rate;
        System.arraycopy(sorted, 0, result, 1, sorted.length);
        return result;
    }

    private double sequential(EntryLog log) {
        var bytes = new AtomicLong();
        long start = System.nanoTime();
        log.read(
                0,
                log.size(),
                (sequence, leaf, side) -> bytes.addAndGet(leaf.length + side.length));
        double rate = rate(log.size(), start);
        print("entries read one after the other, each authenticated", rate, "/s");
        return rate;
    }

    private void random(EntryLog log) {
        var random = new SplittableRandom(2);
        int reads = 2_000;
        long start = System.nanoTime();
        for (int i = 0; i < reads; i++) {
            long sequence = random.nextLong(log.size());
            log.read(sequence, sequence + 1, (found, leaf, side) -> {});
        }
        print("an entry drawn by lot", 1e3 / rate(reads, start), "ms");
    }

    private double proofs(EntryLog log) {
        var random = new SplittableRandom(3);
        int proofs = 1_000;
        long size = log.size();
        byte[] root = log.tree().root();
        long nanos = 0;
        for (int i = 0; i < proofs; i++) {
            long sequence = random.nextLong(size);
            long start = System.nanoTime();
            List<byte[]> proof = TreeProofs.inclusion(log.hashes(), sequence, size);
            nanos += System.nanoTime() - start;
            log.read(
                    sequence,
                    sequence + 1,
                    (found, leaf, side) -> {
                        if (!TreeProofs.includes(TreeHash.leaf(leaf), found, size, root, proof)) {
                            throw new IllegalStateException("no proof for " + found);
                        }
                    });
        }
        double millis = nanos / 1e6 / proofs;
        print("a proof of inclusion, for an entry drawn by lot", millis, "ms");
        return millis;
    }

    private void verify(EntryLog log) {
        long start = System.nanoTime();
        long size = log.verify().size();
        print("entries verified, with tree, chain and stored hashes", rate(size, start), "/s");
    }

    private double reopening(Path folder) {
        long start = System.nanoTime();
        try (EntryLog log = logs.open(folder)) {
            double millis = (System.nanoTime() - start) / 1e6;
            print("opening a log of " + log.size() + " entries", millis, "ms");
            return millis;
        }
    }

    private static double rate(long count, long start) {
        return count * 1e9 / (System.nanoTime() - start);
    }

    private static void print(String name, double value, String unit) {
        System.out.printf("%-58s %10.2f %s%n", name, value, unit);
    }
}
