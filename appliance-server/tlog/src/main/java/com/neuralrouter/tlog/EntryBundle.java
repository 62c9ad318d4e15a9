package com.neuralrouter.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Entries one behind the other, each with its length before it in two bytes, the higher first (C2SP
 * tlog-tiles, "Log entries"). Pure; any thread.
 */
public final class EntryBundle {
    /** Bytes of the longest entry that the format has room for. */
    public static final int MAX_ENTRY = 65_535;

    private EntryBundle() {}

    /** The bundle of 1 to {@value Tiles#WIDTH} entries. */
    public static byte[] encode(List<byte[]> entries) {
        if (entries.isEmpty() || entries.size() > Tiles.WIDTH) {
            throw new IllegalArgumentException("no bundle has " + entries.size() + " entries");
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY) {
                throw new IllegalArgumentException(
                        "an entry has at most 65535 bytes, not " + entry.length);
            }
            bundle.write(entry.length >> 8);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    /** The entries of a bundle. */
    public static List<byte[]> decode(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        int at = 0;
        while (at < bundle.length) {
            if (bundle.length - at < 2) {
                throw new MalformedNote("A bundle of entries ends within a length.");
            }
            int length = (bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff;
            at += 2;
            if (length > bundle.length - at) {
                throw new MalformedNote("A bundle of entries ends within an entry.");
            }
            entries.add(Arrays.copyOfRange(bundle, at, at + length));
            at += length;
        }
        if (entries.isEmpty() || entries.size() > Tiles.WIDTH) {
            throw new MalformedNote("A bundle has 1 to 256 entries, not " + entries.size() + ".");
        }
        return entries;
    }
}
