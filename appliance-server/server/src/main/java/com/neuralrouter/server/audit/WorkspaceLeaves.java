package com.neuralrouter.server.audit;

import com.neuralrouter.contract.ProvenLeaves;
import com.neuralrouter.contract.ProvenLeaves.ProvenLeaf;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.tlog.HashReader;
import com.neuralrouter.tlog.TreeProofs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Picks one workspace's leaves out of the log, with their proofs: entries by the hash of the
 * workspace's name, requests by its id. So somebody can be shown what is theirs, and that it is in
 * the log, without a byte of what is others'. Safe for all threads.
 */
public final class WorkspaceLeaves {
    private static final int CHUNK = 1024;
    private static final long LONGEST_LOOK = TimeUnit.MILLISECONDS.toNanos(500);

    private final Database database;
    private final AuditStore store;
    private final EntryLog log;
    private final KeyedHash hashes;

    /** The caller goes on owning the key, which is that of {@link AuditFeed}. */
    public WorkspaceLeaves(Database database, AuditStore store, EntryLog log, MacKey hashes) {
        this.database = database;
        this.store = store;
        this.log = log;
        this.hashes = new KeyedHash(hashes);
    }

    /**
     * Looks from a place on, until the page is full, half a second is over, or the end.
     *
     * @param size of the tree to prove by, at most the log's
     */
    public ProvenLeaves page(String workspace, long from, long size, int limit) {
        List<byte[]> marks = marks(workspace);
        HashReader reader = log.hashes();
        var found = new ArrayList<ProvenLeaf>();
        long end = System.nanoTime() + LONGEST_LOOK;
        long next = from;
        while (next < size && found.size() < limit && System.nanoTime() < end) {
            long to = Math.min(size, next + CHUNK);
            var picked = new long[] {to};
            log.read(
                    next,
                    to,
                    (sequence, leaf, _) -> {
                        if (sequence < picked[0] && isMarked(leaf, marks)) {
                            found.add(proven(reader, sequence, size, leaf));
                            picked[0] = found.size() == limit ? sequence + 1 : to;
                        }
                    });
            next = picked[0];
        }
        return new ProvenLeaves(size, next, found);
    }

    /** A key of JSON can't be inside a string: its quotes would be escaped there. */
    private List<byte[]> marks(String workspace) {
        var marks = new ArrayList<byte[]>();
        marks.add(mark(hashes.of("workspace", workspace)));
        database.read(tx -> store.workspacesCalled(tx, workspace))
                .forEach(id -> marks.add(mark(id)));
        return marks;
    }

    private static byte[] mark(String value) {
        return ("\"workspace\":\"" + value + '"').getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isMarked(byte[] leaf, List<byte[]> marks) {
        for (int at = 0; at < leaf.length; at++) {
            if (leaf[at] == '"') {
                for (byte[] mark : marks) {
                    if (isAt(leaf, at, mark)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isAt(byte[] leaf, int at, byte[] mark) {
        if (leaf.length - at < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (leaf[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static ProvenLeaf proven(HashReader reader, long index, long size, byte[] leaf) {
        return new ProvenLeaf(
                index,
                new String(leaf, StandardCharsets.UTF_8),
                TreeProofs.inclusion(reader, index, size).stream()
                        .map(Base64.getEncoder()::encodeToString)
                        .toList());
    }
}
