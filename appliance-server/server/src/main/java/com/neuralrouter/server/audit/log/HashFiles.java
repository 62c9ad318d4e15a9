package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.TreeHash;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tree's hashes on the disk, so that a proof need not read the entries. All of them follow from
 * the entries: they are not forced, what is missing or wrong is made again, and that they can't be
 * written keeps nobody from appending. Safe for all threads.
 */
final class HashFiles {
    private static final Logger LOG = System.getLogger(HashFiles.class.getName());

    /** The writer waits for no more than so many entries to be read. */
    private static final int STEP = 1024;

    private static final int QUICKLY_MADE = 1 << 16;

    /** Tiles that were verified and are kept: 4 MiB. */
    private static final int MOST_TILES = 512;

    private final LogFolder folder;
    private final Segments entries;

    private final ReentrantLock writing = new ReentrantLock();

    // Guarded by writing. Without levels, they have to be read from the files again.
    private @Nullable HashLevels levels;
    private long written;

    /**
     * A tile's place.
     *
     * @param level counts the stored levels
     */
    record Place(int level, long tile) {
        /** The first leaf below it. */
        long firstLeaf() {
            return tile << (level + 1) * Byte.SIZE;
        }

        /** The first leaf behind it, or the tree's end if that comes before. */
        long endLeaf(long size) {
            int bits = (level + 1) * Byte.SIZE;
            return bits >= Long.SIZE - 1 ? size : Math.min(size, (tile + 1) << bits);
        }
    }

    private final ReentrantLock keeping = new ReentrantLock();

    /** Guarded by keeping. */
    private final Map<Place, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);

    private HashFiles(LogFolder folder, Segments entries, long written) {
        this.folder = folder;
        this.entries = entries;
        this.written = written;
    }

    /**
     * What is there for a log of that size. The rest is made at once, or if it is much when it is
     * asked for.
     */
    static HashFiles open(LogFolder folder, Segments entries, long size) {
        long there = size;
        for (int level = 0; level < HashLevels.ALL; level++) {
            int bits = level * Byte.SIZE;
            long count = count(folder, level);
            // So many leaves have no more subtrees on this level than the file.
            long leaves = ((count + 1) << bits) - 1;
            if (count >>> Long.SIZE - 2 - bits == 0) {
                there = Math.min(there, leaves);
            }
        }
        var files = new HashFiles(folder, entries, there);
        if (size - there <= QUICKLY_MADE) {
            try {
                files.catchUp(size);
            } catch (AuditUnavailable _) {
                // They are made when they are asked for, or the failure is told then.
            }
        }
        return files;
    }

    private static long count(LogFolder folder, int level) {
        String name = HashLevel.name(level);
        try {
            if (!folder.exists(name)) {
                return 0;
            }
            try (LogFile file = folder.open(name)) {
                return file.size() / TreeHash.LENGTH;
            }
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(name, failure);
        }
    }

    /** Takes up new leaves, unless those before them are still to be made. */
    void append(long first, List<byte[]> leafHashes) {
        writing.lock();
        try {
            if (written == first) {
                add(leafHashes);
            }
        } catch (IOException failure) {
            levels = null;
            LOG.log(
                    Level.WARNING,
                    "the audit log''s hashes could not be written; they are made again from the"
                            + " entries cause={0}",
                    failure);
        } finally {
            writing.unlock();
        }
    }

    private void add(List<byte[]> leafHashes) throws IOException {
        HashLevels all = levels == null ? HashLevels.behind(folder, written) : levels;
        levels = null;
        for (byte[] hash : leafHashes) {
            all.add(hash);
        }
        all.store();
        levels = all;
        written += leafHashes.size();
    }

    /** When this returns, the hashes of the first so many leaves are in the files. */
    void catchUp(long size) {
        boolean behind = true;
        while (behind) {
            writing.lock();
            try {
                long to = Math.min(size, written + STEP);
                if (to > written) {
                    add(leafHashes(written, to));
                }
                behind = written < size;
            } catch (IOException failure) {
                throw AuditUnavailable.unreadable(HashLevel.FOLDER, failure);
            } finally {
                writing.unlock();
            }
        }
    }

    private List<byte[]> leafHashes(long from, long to) {
        List<byte[]> hashes = new ArrayList<>();
        entries.read(from, to, (sequence, leaf, side) -> hashes.add(TreeHash.leaf(leaf)));
        return hashes;
    }

    /** The first so many hashes of a tile as the file has them, be they right or not. */
    byte[] read(Place place, int width) {
        String name = HashLevel.name(place.level());
        byte[] tile = new byte[width * TreeHash.LENGTH];
        try {
            if (folder.exists(name)) {
                try (LogFile file = folder.open(name)) {
                    file.read(ByteBuffer.wrap(tile), place.tile() * HashLevel.TILE_BYTES);
                }
            }
            return tile;
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(name, failure);
        }
    }

    /** Makes a tile, and all below it, again from the entries. */
    void repair(Place place) {
        LOG.log(
                Level.WARNING,
                "hashes of the audit log were wrong and are made again from the entries file={0}"
                        + " tile={1}",
                HashLevel.name(place.level()),
                place.tile());
        writing.lock();
        try {
            levels = null;
            HashLevels below = HashLevels.below(folder, place.level(), place.tile());
            long end = place.endLeaf(written);
            for (long at = place.firstLeaf(); at < end; at += STEP) {
                for (byte[] hash : leafHashes(at, Math.min(end, at + STEP))) {
                    below.add(hash);
                }
            }
            below.store();
        } catch (IOException failure) {
            throw AuditUnavailable.unreadable(HashLevel.name(place.level()), failure);
        } finally {
            writing.unlock();
        }
    }

    byte @Nullable [] kept(Place place) {
        keeping.lock();
        try {
            return kept.get(place);
        } finally {
            keeping.unlock();
        }
    }

    /** Keeps a full tile that was verified. */
    void keep(Place place, byte[] tile) {
        keeping.lock();
        try {
            kept.put(place, tile);
            if (kept.size() > MOST_TILES) {
                kept.remove(kept.keySet().iterator().next());
            }
        } finally {
            keeping.unlock();
        }
    }
}
