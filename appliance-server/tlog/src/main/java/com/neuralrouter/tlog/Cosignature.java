package com.neuralrouter.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * What is in a {@link NoteSignature} of a timestamped kind (C2SP tlog-cosignature): the statement
 * that at that second this was the largest tree of the log that the cosigner had seen, and that it
 * contains all smaller ones. {@link NoteSigner} makes it, {@link NoteVerifier} verifies it.
 *
 * @param time in whole seconds; 1970-01-01T00:00:00Z stands for no statement about time
 * @param signature without the timestamp
 */
public record Cosignature(Instant time, byte[] signature) {
    private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

    public Cosignature {
        if (time.getEpochSecond() < 0 || time.getNano() != 0) {
            throw new MalformedNote("A cosignature's time is in whole seconds since 1970.");
        }
        signature = signature.clone();
    }

    /** Reads a signature of a timestamped kind. */
    public static Cosignature of(NoteSignature signature) {
        byte[] bytes = signature.signature();
        if (bytes.length <= Long.BYTES) {
            throw new MalformedNote("A cosignature has a time and a signature.");
        }
        long seconds = ByteBuffer.wrap(bytes).getLong();
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            throw new MalformedNote("A cosignature's time is beyond all calendars.");
        }
        return new Cosignature(
                Instant.ofEpochSecond(seconds),
                Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    byte[] bytes() {
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(time.getEpochSecond())
                .put(signature)
                .array();
    }

    /** What is signed, "Ed25519 signed message": two lines, then the checkpoint's text. */
    static byte[] ed25519Message(Instant time, Checkpoint checkpoint) {
        return ("cosignature/v1\ntime " + time.getEpochSecond() + "\n" + checkpoint.text())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What is signed, "ML-DSA-44 signed message": the structure of the tree from its start. */
    static byte[] mlDsaMessage(String cosigner, Instant time, Checkpoint checkpoint) {
        byte[] name = cosigner.getBytes(StandardCharsets.UTF_8);
        byte[] origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
        if (name.length > 255) {
            throw new MalformedNote("The name of an ML-DSA-44 cosigner has at most 255 bytes.");
        }
        return ByteBuffer.allocate(
                        SUBTREE.length + 1 + name.length + 8 + 1 + origin.length + 16 + 32)
                .put(SUBTREE)
                .put((byte) name.length)
                .put(name)
                .putLong(time.getEpochSecond())
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(checkpoint.root())
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cosignature that
                && time.equals(that.time)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * time.hashCode() + Arrays.hashCode(signature);
    }
}
