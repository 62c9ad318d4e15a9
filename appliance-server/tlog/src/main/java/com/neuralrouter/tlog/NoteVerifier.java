package com.neuralrouter.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A public key that verifies notes, and its text form: {@code name+id+Base64} (C2SP signed-note and
 * tlog-cosignature, "vkey"), by which it is configured and handed on. A value; any thread.
 *
 * @param name of the key; a log's key has the log's origin as its name
 * @param publicKey in the algorithm's raw form (RFC 8032 §5.1.5, FIPS 204 §7.2)
 */
public record NoteVerifier(String name, NoteAlgorithm algorithm, byte[] publicKey) {
    public NoteVerifier {
        NoteText.checkedName(name);
        if (publicKey.length != algorithm.publicKeyLength()) {
            throw new MalformedNote(
                    "A public key of %s has %d bytes, this one %d."
                            .formatted(
                                    algorithm.jcaName(),
                                    algorithm.publicKeyLength(),
                                    publicKey.length));
        }
        publicKey = publicKey.clone();
    }

    /** Of a key that the JDK made. */
    public static NoteVerifier of(String name, NoteAlgorithm algorithm, PublicKey key) {
        byte[] prefix = algorithm.encodingPrefix();
        byte[] encoded = key.getEncoded();
        if (encoded.length != prefix.length + algorithm.publicKeyLength()
                || !Arrays.equals(encoded, 0, prefix.length, prefix, 0, prefix.length)) {
            throw new IllegalArgumentException(
                    "a key of " + key.getAlgorithm() + " is not one of " + algorithm);
        }
        return new NoteVerifier(
                name, algorithm, Arrays.copyOfRange(encoded, prefix.length, encoded.length));
    }

    /** Reads the text form. */
    public static NoteVerifier parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new MalformedNote("A key is written as name+id+Base64.");
        }
        byte[] key = NoteText.base64(parts[2]);
        NoteAlgorithm algorithm =
                NoteAlgorithm.of(key.length == 0 ? 0 : key[0])
                        .orElseThrow(() -> new MalformedNote("The key's kind is not known here."));
        NoteVerifier verifier =
                new NoteVerifier(parts[0], algorithm, Arrays.copyOfRange(key, 1, key.length));
        if (!verifier.toString().equals(text)) {
            throw new MalformedNote("The key's id is not that of its name and bytes.");
        }
        return verifier;
    }

    /** The first four bytes of the hash over name and key. */
    public int keyId() {
        MessageDigest digest = TreeHash.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(algorithm.code());
        digest.update(publicKey);
        return ByteBuffer.wrap(digest.digest()).getInt();
    }

    /** Whether a signature claims to be this key's. */
    public boolean isNamedBy(NoteSignature signature) {
        return signature.keyId() == keyId() && signature.name().equals(name);
    }

    /**
     * Whether the signature is this key's, of this text. False for anything malformed; cosignatures
     * are of checkpoints only.
     */
    public boolean verifies(String text, NoteSignature signature) {
        if (!isNamedBy(signature)) {
            return false;
        }
        try {
            if (algorithm == NoteAlgorithm.ED25519) {
                return verifies(message(text, Instant.EPOCH), signature.signature());
            }
            Cosignature cosignature = Cosignature.of(signature);
            return verifies(message(text, cosignature.time()), cosignature.signature());
        } catch (MalformedNote malformed) {
            return false;
        }
    }

    /** What a key of this kind signs. */
    byte[] message(String text, Instant time) {
        return switch (algorithm) {
            case ED25519 -> NoteText.checked(text).getBytes(StandardCharsets.UTF_8);
            case ED25519_COSIGNATURE -> Cosignature.ed25519Message(time, Checkpoint.parse(text));
            case ML_DSA_44_COSIGNATURE ->
                    Cosignature.mlDsaMessage(name, time, Checkpoint.parse(text));
        };
    }

    boolean verifies(byte[] message, byte[] signature) {
        if (signature.length != algorithm.signatureLength()) {
            return false;
        }
        try {
            Signature verification = Signature.getInstance(algorithm.jcaName());
            verification.initVerify(key());
            verification.update(message);
            return verification.verify(signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    private PublicKey key() throws GeneralSecurityException {
        byte[] prefix = algorithm.encodingPrefix();
        byte[] encoded =
                ByteBuffer.allocate(prefix.length + publicKey.length)
                        .put(prefix)
                        .put(publicKey)
                        .array();
        return KeyFactory.getInstance(algorithm.jcaName())
                .generatePublic(new X509EncodedKeySpec(encoded));
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The text form. */
    @Override
    public String toString() {
        byte[] key =
                ByteBuffer.allocate(1 + publicKey.length)
                        .put(algorithm.code())
                        .put(publicKey)
                        .array();
        return name + "+" + HexFormat.of().toHexDigits(keyId()) + "+" + NoteText.base64(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteVerifier that
                && name.equals(that.name)
                && algorithm == that.algorithm
                && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(publicKey);
    }
}
