package com.neuralrouter.tlog;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A private key that signs notes: a log's, or a witness's. Made from the bytes that a vault keeps;
 * it lives as long as its owner needs to sign. Any thread.
 *
 * <p>A log must never sign a checkpoint that contradicts one it has signed (C2SP tlog-checkpoint,
 * "Signatures"); that is its owner's duty.
 */
public final class NoteSigner {
    private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

    private final NoteVerifier verifier;
    private final PrivateKey key;

    private NoteSigner(NoteVerifier verifier, PrivateKey key) {
        this.verifier = verifier;
        this.key = key;
    }

    /**
     * The signer whose signatures the verifier verifies, which is tried out.
     *
     * @param pkcs8 the private key (RFC 5208); the caller wipes it
     * @throws IllegalArgumentException if it is no such key, or that of another verifier
     */
    public static NoteSigner of(NoteVerifier verifier, byte[] pkcs8) {
        try {
            PrivateKey key =
                    KeyFactory.getInstance(verifier.algorithm().jcaName())
                            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            NoteSigner signer = new NoteSigner(verifier, key);
            if (verifier.verifies(PROBE, signer.signed(PROBE))) {
                return signer;
            }
        } catch (GeneralSecurityException notAKey) {
            // Without its cause: the message of a parser may show what it read.
        }
        throw new IllegalArgumentException(
                "these bytes are not the private key of " + verifier.name());
    }

    /** What verifies this signer's signatures. */
    public NoteVerifier verifier() {
        return verifier;
    }

    /**
     * Signs a text.
     *
     * @param text for the timestamped kinds a checkpoint's
     * @param time that the timestamped kinds state, in whole seconds; the others have none
     * @throws MalformedNote if the text is not what this kind of key signs
     */
    public NoteSignature sign(String text, Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        byte[] message = verifier.message(text, second);
        try {
            byte[] signature = signed(message);
            return new NoteSignature(
                    verifier.name(),
                    verifier.keyId(),
                    verifier.algorithm().isTimestamped()
                            ? new Cosignature(second, signature).bytes()
                            : signature);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("the JDK cannot sign with this key", failure);
        }
    }

    /** A note signed by all of these, in their order. */
    public static SignedNote signAll(String text, Instant time, List<NoteSigner> signers) {
        return new SignedNote(
                text, signers.stream().map(signer -> signer.sign(text, time)).toList());
    }

    private byte[] signed(byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(verifier.algorithm().jcaName());
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    @Override
    public String toString() {
        return "NoteSigner[" + verifier.name() + ", key redacted]";
    }
}
