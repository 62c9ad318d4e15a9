package com.neuralrouter.server.secret;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The two keys that sign a log's checkpoints, Ed25519 and ML-DSA-44, and the one that signs other
 * sites' as their witness, Ed25519. All are derived from one key of the vault, so that whoever has
 * the vault has them, and no file of their own can be lost or exchanged: HKDF-SHA256 gives each the
 * 32 bytes that its standard makes a key of (RFC 8032 §5.1.5; FIPS 204, algorithm 6). Wiped by
 * {@link #close()}.
 */
public final class LogSigningKeys implements AutoCloseable {
    private static final int SEED_BYTES = 32;

    /** What stands before the seed in PKCS#8 (RFC 8410 §7). */
    private static final byte[] ED25519_HEAD =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    /** What stands before the expanded key in PKCS#8 (RFC 9881 §6, the form "expandedKey"). */
    private static final byte[] ML_DSA_44_HEAD =
            HexFormat.of().parseHex("30820a18020100300b060960864801650304031104820a0404820a00");

    private final byte[] ed25519;
    private final byte[] ed25519Public;
    private final byte[] mlDsa44;
    private final byte[] mlDsa44Public;
    private final Ed25519PrivateKeyParameters witness;

    private LogSigningKeys(
            byte[] ed25519,
            byte[] ed25519Public,
            byte[] mlDsa44,
            byte[] mlDsa44Public,
            Ed25519PrivateKeyParameters witness) {
        this.witness = witness;
        this.ed25519 = ed25519;
        this.ed25519Public = ed25519Public;
        this.mlDsa44 = mlDsa44;
        this.mlDsa44Public = mlDsa44Public;
    }

    /** From the 32 bytes of the vault's key, which stay the caller's to wipe. */
    public static LogSigningKeys of(byte[] key) {
        byte[] edSeed = seed(key, "audit-signing-ed25519");
        byte[] mlSeed = seed(key, "audit-signing-ml-dsa-44");
        byte[] witnessSeed = seed(key, "audit-witness-ed25519");
        byte[] expanded = new byte[0];
        try {
            var ed = new Ed25519PrivateKeyParameters(edSeed, 0);
            var ml = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, mlSeed);
            expanded = ml.getEncoded();
            return new LogSigningKeys(
                    join(ED25519_HEAD, edSeed),
                    ed.generatePublicKey().getEncoded(),
                    join(ML_DSA_44_HEAD, expanded),
                    ml.getPublicKey(),
                    new Ed25519PrivateKeyParameters(witnessSeed, 0));
        } finally {
            Arrays.fill(edSeed, (byte) 0);
            Arrays.fill(mlSeed, (byte) 0);
            Arrays.fill(witnessSeed, (byte) 0);
            Arrays.fill(expanded, (byte) 0);
        }
    }

    private static byte[] seed(byte[] key, String purpose) {
        try (AesKey copy = AesKey.owning(key.clone())) {
            return copy.derive(purpose, SEED_BYTES);
        }
    }

    private static byte[] join(byte[] head, byte[] rest) {
        return ByteBuffer.allocate(head.length + rest.length).put(head).put(rest).array();
    }

    /** PKCS#8; the caller wipes it. */
    public byte[] ed25519() {
        return ed25519.clone();
    }

    /** The 32 bytes of RFC 8032. */
    public byte[] ed25519Public() {
        return ed25519Public.clone();
    }

    /** PKCS#8; the caller wipes it. */
    public byte[] mlDsa44() {
        return mlDsa44.clone();
    }

    /** The 1,312 bytes of FIPS 204. */
    public byte[] mlDsa44Public() {
        return mlDsa44Public.clone();
    }

    /** With which this appliance signs other sites' checkpoints: PKCS#8; the caller wipes it. */
    public byte[] witness() {
        return join(ED25519_HEAD, witness.getEncoded());
    }

    /** The 32 bytes of RFC 8032. */
    public byte[] witnessPublic() {
        return witness.generatePublicKey().getEncoded();
    }

    @Override
    public String toString() {
        return "LogSigningKeys[redacted]";
    }

    @Override
    public void close() {
        Arrays.fill(ed25519, (byte) 0);
        Arrays.fill(mlDsa44, (byte) 0);
    }
}
