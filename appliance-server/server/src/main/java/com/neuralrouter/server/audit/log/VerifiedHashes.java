package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.HashReader;
import com.neuralrouter.tlog.TreeHash;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hashes of one tree, from the files, each tile verified before it is used: against the tile
 * above it, and at the right edge against the tree's own subtrees, which come from the entries.
 * What is wrong is made again. Safe for all threads.
 */
final class VerifiedHashes implements HashReader {
    private final HashFiles files;
    private final long size;
    private final List<byte[]> subtrees;
    private final Map<HashFiles.Place, byte[]> edge = new ConcurrentHashMap<>();

    VerifiedHashes(HashFiles files, LogEnd end) {
        this.files = files;
        this.size = end.size();
        this.subtrees = end.tree().hashes();
    }

    @Override
    public byte[] hash(int level, long index) {
        if (level < 0 || index < 0 || level > 62 || index >= size >>> level) {
            throw new IllegalArgumentException(
                    "no subtree " + index + " of level " + level + " in a tree of " + size);
        }
        int stored = level / Byte.SIZE;
        int inTile = level % Byte.SIZE;
        long first = index << inTile;
        byte[] tile = tile(new HashFiles.Place(stored, first / HashLevel.WIDTH));
        int at = (int) (first % HashLevel.WIDTH) * TreeHash.LENGTH;
        return TreeHash.perfect(Arrays.copyOfRange(tile, at, at + (TreeHash.LENGTH << inTile)));
    }

    /** Verifies every tile there is. */
    void verifyAll() {
        files.catchUp(size);
        for (int level = 0; level < HashLevels.ALL; level++) {
            long hashes = size >>> level * Byte.SIZE;
            for (long tile = 0; tile * HashLevel.WIDTH < hashes; tile++) {
                verified(new HashFiles.Place(level, tile), width(level, tile));
            }
        }
    }

    private int width(int level, long tile) {
        return (int)
                Math.min(HashLevel.WIDTH, (size >>> level * Byte.SIZE) - tile * HashLevel.WIDTH);
    }

    private byte[] tile(HashFiles.Place place) {
        int width = width(place.level(), place.tile());
        boolean full = width == HashLevel.WIDTH;
        byte[] known = full ? files.kept(place) : edge.get(place);
        if (known != null) {
            return known;
        }
        files.catchUp(size);
        byte[] tile = verified(place, width);
        if (full) {
            files.keep(place, tile);
        } else {
            edge.put(place, tile);
        }
        return tile;
    }

    private byte[] verified(HashFiles.Place place, int width) {
        byte[] tile = files.read(place, width);
        if (!isRight(place, tile)) {
            files.repair(place);
            tile = files.read(place, width);
            if (!isRight(place, tile)) {
                throw new AuditLogDamaged(
                        HashLevel.name(place.level()), "does not follow from the entries");
            }
        }
        return tile;
    }

    private boolean isRight(HashFiles.Place place, byte[] tile) {
        if (tile.length == HashLevel.TILE_BYTES) {
            long above = place.tile() / HashLevel.WIDTH;
            byte[] parents = tile(new HashFiles.Place(place.level() + 1, above));
            int at = (int) (place.tile() % HashLevel.WIDTH) * TreeHash.LENGTH;
            return Arrays.equals(
                    TreeHash.perfect(tile), 0, TreeHash.LENGTH, parents, at, at + TreeHash.LENGTH);
        }
        int at = 0;
        for (int bit = Byte.SIZE - 1; bit >= 0; bit--) {
            int length = TreeHash.LENGTH << bit;
            if ((tile.length & length) != 0) {
                byte[] perfect = TreeHash.perfect(Arrays.copyOfRange(tile, at, at + length));
                if (!Arrays.equals(perfect, subtree(place.level() * Byte.SIZE + bit))) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    /** The tree's own subtree of that level, which is one of those it falls into. */
    private byte[] subtree(int level) {
        return subtrees.get(Long.bitCount(size >>> level + 1));
    }
}
