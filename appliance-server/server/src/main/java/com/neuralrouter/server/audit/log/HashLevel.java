package com.neuralrouter.server.audit.log;

import com.neuralrouter.tlog.TreeHash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The hashes of one stored level of the tree while they are written: the file {@code
 * hashes/level-<8k>} has those of the perfect subtrees of 2<sup>8k</sup> leaves, 32 bytes each, and
 * 256 of them are a tile. Only the tile that is not full is in memory.
 */
final class HashLevel {
    static final String FOLDER = "hashes";

    /** Hashes of a tile, as C2SP tlog-tiles has it. */
    static final int WIDTH = 256;

    static final int TILE_BYTES = WIDTH * TreeHash.LENGTH;

    private final LogFolder folder;
    private final String name;
    private final byte[] tile = new byte[TILE_BYTES];
    private long number;
    private int used;
    private int stored;

    /** Goes on where a tree of so many subtrees of this level ends. */
    HashLevel(LogFolder folder, int level, long count) throws IOException {
        this.folder = folder;
        this.name = name(level);
        this.number = count / WIDTH;
        this.used = (int) (count % WIDTH);
        this.stored = used;
        if (used > 0 && folder.exists(name)) {
            try (LogFile file = folder.open(name)) {
                file.read(ByteBuffer.wrap(tile, 0, used * TreeHash.LENGTH), number * TILE_BYTES);
            }
        }
    }

    /**
     * @param level counts the stored levels: 1 is the tree's level 8
     */
    static String name(int level) {
        return String.format(Locale.ROOT, "%s/level-%02d", FOLDER, level * Byte.SIZE);
    }

    void add(byte[] hash) {
        System.arraycopy(hash, 0, tile, used * TreeHash.LENGTH, TreeHash.LENGTH);
        used++;
    }

    boolean isFull() {
        return used == WIDTH;
    }

    /** Of the tile, which is full: what the level above takes. */
    byte[] root() {
        return TreeHash.perfect(tile);
    }

    /** Goes on to the next tile. */
    void turn() {
        number++;
        used = 0;
        stored = 0;
    }

    /** Writes what was added since. Not forced: it can be made again from the entries. */
    void store() throws IOException {
        if (stored == used) {
            return;
        }
        int from = stored * TreeHash.LENGTH;
        int length = (used - stored) * TreeHash.LENGTH;
        try (LogFile file = folder.exists(name) ? folder.open(name) : folder.create(name)) {
            file.write(ByteBuffer.wrap(tile, from, length), number * TILE_BYTES + from);
        }
        stored = used;
    }
}
