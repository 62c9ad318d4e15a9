package com.neuralrouter.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A signature line of a note (C2SP signed-note, "Signatures"). It is worth nothing until a {@link
 * NoteVerifier} has verified it.
 *
 * @param name of the key
 * @param keyId the first bytes of a hash, which tells keys of one name apart
 * @param signature what the key made; with a timestamp before it for cosignatures
 */
public record NoteSignature(String name, int keyId, byte[] signature) {
    private static final String DASH = "\u2014 ";

    public NoteSignature {
        NoteText.checkedName(name);
        if (signature.length == 0) {
            throw new MalformedNote("A signature of a note is not empty.");
        }
        signature = signature.clone();
    }

    /** Reads a line, without the newline. */
    static NoteSignature parse(String line) {
        String[] parts = line.startsWith(DASH) ? line.substring(2).split(" ", -1) : new String[0];
        if (parts.length != 2) {
            throw new MalformedNote(
                    "A signature line is an em dash, a name and Base64, with one blank between.");
        }
        byte[] bytes = NoteText.base64(parts[1]);
        if (bytes.length <= Integer.BYTES) {
            throw new MalformedNote("A signature line has a key's id and a signature in Base64.");
        }
        return new NoteSignature(
                parts[0],
                ByteBuffer.wrap(bytes).getInt(),
                Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** The line, without the newline. */
    @Override
    public String toString() {
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES + signature.length)
                        .putInt(keyId)
                        .put(signature)
                        .array();
        return DASH + name + " " + NoteText.base64(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && name.equals(that.name)
                && keyId == that.keyId
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * keyId + Arrays.hashCode(signature);
    }
}
