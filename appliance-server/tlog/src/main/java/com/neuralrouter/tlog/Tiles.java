package com.neuralrouter.tlog;

/**
 * Where the parts of a log lie and how wide they are (C2SP tlog-tiles): hashes in tiles, of which a
 * full one spans a subtree eight levels high, and entries in bundles that match the tiles of level
 * 0. Paths are relative to the log's folder or URL and have slashes. Pure; any thread.
 */
public final class Tiles {
    /** Hashes or entries of a full tile or bundle. */
    public static final int WIDTH = 256;

    /** Levels of the tree from one level of tiles to the next. */
    public static final int HEIGHT = 8;

    private Tiles() {}

    /**
     * The path of a tile of hashes.
     *
     * @param level of the tile, 0 to 63: its hashes are of level {@code 8 * level} of the tree
     * @param index of the tile in its level, from 0
     * @param width 1 to 256, below 256 for a partial tile
     */
    public static String path(int level, long index, int width) {
        if (level < 0 || level > 63) {
            throw new IllegalArgumentException("no tile has level " + level);
        }
        return "tile/" + level + "/" + numbered(index, width);
    }

    /** The path of a bundle of entries, see {@link EntryBundle}. */
    public static String entriesPath(long index, int width) {
        return "tile/entries/" + numbered(index, width);
    }

    /** How many hashes the partial tile of a level has in a tree of this size; 0: there is none. */
    public static int partialWidth(int level, long size) {
        return (int) (count(level, size) % WIDTH);
    }

    /** How many full tiles a level has in a tree of this size. */
    public static long fullTiles(int level, long size) {
        return count(level, size) / WIDTH;
    }

    private static long count(int level, long size) {
        int shift = HEIGHT * level;
        return shift >= Long.SIZE ? 0 : size >>> shift;
    }

    /** Three digits to a path element, all but the last marked with x. */
    private static String numbered(long index, int width) {
        if (index < 0 || width < 1 || width > WIDTH) {
            throw new IllegalArgumentException("no tile " + index + " of width " + width);
        }
        String path = "%03d".formatted(index % 1000);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path = "x%03d/".formatted(rest % 1000) + path;
        }
        return width == WIDTH ? path : path + ".p/" + width;
    }
}
