package com.neuralrouter.tlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All that is needed to show that an entry is in a log, in one text that is checked without the log
 * (C2SP tlog-proof): where it is, the inclusion proof, and the signed checkpoint. Files of it end
 * in {@code .tlog-proof}.
 *
 * @param index of the entry, from 0
 * @param hashes the inclusion proof, the leaf's sibling first
 * @param checkpoint of a tree that has the entry
 * @param extra bytes that nothing vouches for; empty for none
 */
public record TlogProof(long index, List<byte[]> hashes, SignedNote checkpoint, byte[] extra) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_HASHES = 63;

    public TlogProof {
        if (index < 0 || hashes.size() > MAX_HASHES) {
            throw new MalformedNote("A proof has an index from 0 and at most 63 hashes.");
        }
        if (hashes.stream().anyMatch(hash -> hash.length != TreeHash.LENGTH)) {
            throw new MalformedNote("Every hash of a proof has 32 bytes.");
        }
        hashes = hashes.stream().map(byte[]::clone).toList();
        extra = extra.clone();
    }

    /** Without extra bytes. */
    public TlogProof(long index, List<byte[]> hashes, SignedNote checkpoint) {
        this(index, hashes, checkpoint, new byte[0]);
    }

    /** Reads the text. */
    public static TlogProof parse(String text) {
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new MalformedNote("A proof has an empty line before its checkpoint.");
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, end).split("\n", -1)));
        if (!lines.removeFirst().equals(HEADER)) {
            throw new MalformedNote("A proof begins with the line " + HEADER + ".");
        }
        byte[] extra = new byte[0];
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            extra = NoteText.base64(lines.removeFirst().substring(EXTRA.length()));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new MalformedNote("A proof says the entry's index before its hashes.");
        }
        long index = NoteText.number(lines.removeFirst().substring(INDEX.length()));
        return new TlogProof(
                index,
                lines.stream().map(NoteText::base64).toList(),
                SignedNote.parse(text.substring(end + 2)),
                extra);
    }

    /**
     * Whether this shows that the entry is in the log.
     *
     * @param entry the leaf's bytes, not their hash
     * @param origin of the log that is meant
     * @param keys which must all have signed the checkpoint: the log's, and those of witnesses that
     *     the reader demands
     */
    public boolean proves(byte[] entry, String origin, List<NoteVerifier> keys) {
        if (keys.isEmpty() || !keys.stream().allMatch(checkpoint::isSignedBy)) {
            return false;
        }
        try {
            Checkpoint tree = Checkpoint.parse(checkpoint.text());
            return tree.origin().equals(origin)
                    && TreeProofs.includes(
                            TreeHash.leaf(entry), index, tree.size(), tree.root(), hashes);
        } catch (MalformedNote signedButNoCheckpoint) {
            return false;
        }
    }

    @Override
    public List<byte[]> hashes() {
        return hashes.stream().map(byte[]::clone).toList();
    }

    @Override
    public byte[] extra() {
        return extra.clone();
    }

    /** The text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        if (extra.length > 0) {
            text.append(EXTRA).append(NoteText.base64(extra)).append('\n');
        }
        text.append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> text.append(NoteText.base64(hash)).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlogProof that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(index) + Arrays.hashCode(extra);
    }
}
