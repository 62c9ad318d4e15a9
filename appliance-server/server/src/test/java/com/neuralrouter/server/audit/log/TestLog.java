package com.neuralrouter.server.audit.log;

import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.tlog.TreeHash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Logs of one site's keys, on the disk or on a {@link MemoryLogDisk}. */
final class TestLog implements AutoCloseable {
    static final Duration RETRY = Duration.ofMillis(1);

    private final Vault vault;

    /** An entry as it was read. */
    record Read(long sequence, String leaf, String side) {}

    /**
     * @param site where the vault is, or is made
     */
    TestLog(Path site) {
        vault = TestVault.in(site);
    }

    EntryLogKeys keys() {
        return EntryLogKeys.of(vault);
    }

    EntryLog create(Path folder) {
        return EntryLog.create(folder, keys(), Clock.systemUTC());
    }

    EntryLog open(Path folder) {
        return open(folder, Clock.systemUTC());
    }

    EntryLog open(Path folder, Clock clock) {
        return EntryLog.open(folder, keys(), clock);
    }

    EntryLog create(MemoryLogDisk disk) {
        return EntryLog.create(() -> disk, keys(), Clock.systemUTC(), RETRY);
    }

    EntryLog open(MemoryLogDisk disk) {
        return EntryLog.open(() -> disk, keys(), Clock.systemUTC(), RETRY);
    }

    static List<Read> read(EntryLog log, long from, long to) {
        List<Read> all = new ArrayList<>();
        log.read(
                from,
                to,
                (sequence, leaf, side) -> all.add(new Read(sequence, text(leaf), text(side))));
        return all;
    }

    static List<Read> read(EntryLog log) {
        return read(log, 0, log.size());
    }

    /** The texts of its entries' drafts. */
    static List<String> texts(EntryLog log) {
        return read(log).stream().map(entry -> entry.leaf().split(" ", 2)[0]).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The root by the definition in RFC 6962 §2.1 alone. */
    static byte[] naiveRoot(List<byte[]> leaves) {
        if (leaves.size() < 2) {
            return leaves.isEmpty() ? TreeHash.empty() : TreeHash.leaf(leaves.getFirst());
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return TreeHash.node(
                naiveRoot(leaves.subList(0, left)), naiveRoot(leaves.subList(left, leaves.size())));
    }

    static byte[] naiveRootOf(EntryLog log) {
        List<byte[]> leaves = new ArrayList<>();
        log.read(0, log.size(), (sequence, leaf, side) -> leaves.add(leaf));
        return naiveRoot(leaves);
    }

    @Override
    public void close() {
        vault.close();
    }
}
