package com.neuralrouter.server.audit.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the stored levels of a tree, leaf by leaf. For one thread. */
final class HashLevels {
    /** As many as a tree of 2<sup>63</sup> leaves has. */
    static final int ALL = 8;

    private final List<HashLevel> levels = new ArrayList<>();

    private HashLevels() {}

    /** Goes on behind the first so many leaves. */
    static HashLevels behind(LogFolder folder, long leaves) throws IOException {
        var all = new HashLevels();
        for (int level = 0; level < ALL; level++) {
            all.levels.add(new HashLevel(folder, level, leaves >>> level * Byte.SIZE));
        }
        return all;
    }

    /** For the leaves below one tile alone, from the first of them on. */
    static HashLevels below(LogFolder folder, int level, long tile) throws IOException {
        var below = new HashLevels();
        for (int each = 0; each <= level; each++) {
            long tiles = tile << (level - each) * Byte.SIZE;
            below.levels.add(new HashLevel(folder, each, tiles * HashLevel.WIDTH));
        }
        return below;
    }

    void add(byte[] leafHash) throws IOException {
        byte[] hash = leafHash;
        for (HashLevel level : levels) {
            level.add(hash);
            if (!level.isFull()) {
                return;
            }
            hash = level.root();
            level.store();
            level.turn();
        }
    }

    void store() throws IOException {
        for (HashLevel level : levels) {
            level.store();
        }
    }
}
