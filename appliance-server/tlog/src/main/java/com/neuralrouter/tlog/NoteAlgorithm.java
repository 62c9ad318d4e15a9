package com.neuralrouter.tlog;

import java.util.HexFormat;
import java.util.Optional;

/**
 * How a key signs notes. The codes are those of C2SP signed-note, "Signature types", and of C2SP
 * tlog-cosignature, "Format"; the other types of these documents are not used here.
 */
public enum NoteAlgorithm {
    /** An Ed25519 signature of the note's text (signed-note, "Ed25519 signatures"). */
    ED25519(0x01, "Ed25519", 32, 64, "302a300506032b6570032100"),

    /** A timestamped Ed25519 cosignature of a checkpoint ({@code cosignature/v1}). */
    ED25519_COSIGNATURE(0x04, "Ed25519", 32, 64, "302a300506032b6570032100"),

    /** A timestamped ML-DSA-44 (FIPS 204) cosignature of a checkpoint ({@code subtree/v1}). */
    ML_DSA_44_COSIGNATURE(
            0x06, "ML-DSA-44", 1312, 2420, "30820532300b06096086480165030403110382052100");

    private final byte code;
    private final String jcaName;
    private final int publicKeyLength;
    private final int signatureLength;
    private final byte[] encodingPrefix;

    NoteAlgorithm(
            int code, String jcaName, int publicKeyLength, int signatureLength, String prefix) {
        this.code = (byte) code;
        this.jcaName = jcaName;
        this.publicKeyLength = publicKeyLength;
        this.signatureLength = signatureLength;
        this.encodingPrefix = HexFormat.of().parseHex(prefix);
    }

    /** What the JDK calls the algorithm, to make key pairs. */
    public String jcaName() {
        return jcaName;
    }

    /** Whether a signature tells when it was made. */
    public boolean isTimestamped() {
        return this != ED25519;
    }

    byte code() {
        return code;
    }

    int publicKeyLength() {
        return publicKeyLength;
    }

    /** Without the timestamp. */
    int signatureLength() {
        return signatureLength;
    }

    /** What precedes the public key's bytes in its X.509 form (RFC 5280 §4.1). */
    byte[] encodingPrefix() {
        return encodingPrefix.clone();
    }

    static Optional<NoteAlgorithm> of(byte code) {
        for (NoteAlgorithm algorithm : values()) {
            if (algorithm.code == code) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
