package com.neuralrouter.tlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a log states at a moment: its name, how many entries it has, and the root of their tree. The
 * text of C2SP tlog-checkpoint, which is signed as a {@link SignedNote}. Extension lines, which
 * that format allows and advises against, are refused: ML-DSA-44 cosignatures would not cover them.
 *
 * @param origin the log's name, at most 255 bytes of UTF-8 (the limit of C2SP tlog-cosignature)
 * @param size of the tree, from 0
 * @param root of the tree, 32 bytes
 */
public record Checkpoint(String origin, long size, byte[] root) {
    private static final int MAX_ORIGIN = 255;

    public Checkpoint {
        NoteText.checked(origin);
        if (origin.isEmpty()
                || origin.contains("\n")
                || origin.getBytes(StandardCharsets.UTF_8).length > MAX_ORIGIN) {
            throw new MalformedNote("A log's origin is one line of 1 to 255 bytes.");
        }
        if (size < 0) {
            throw new MalformedNote("No tree has " + size + " leaves.");
        }
        if (root.length != TreeHash.LENGTH) {
            throw new MalformedNote("A root has 32 bytes, this one " + root.length + ".");
        }
        root = root.clone();
    }

    /** Reads a note's text. */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw new MalformedNote(
                    "A checkpoint is three lines, origin, size and root, each ended.");
        }
        return new Checkpoint(lines[0], NoteText.number(lines[1]), NoteText.base64(lines[2]));
    }

    /** The text to be signed: three lines, each ended. */
    public String text() {
        return origin + "\n" + size + "\n" + NoteText.base64(root) + "\n";
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that
                && origin.equals(that.origin)
                && size == that.size
                && Arrays.equals(root, that.root);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(size) + Arrays.hashCode(root);
    }

    @Override
    public String toString() {
        return origin + " " + size + " " + NoteText.base64(root);
    }
}
