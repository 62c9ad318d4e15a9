package com.neuralrouter.server.receipt;

import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.server.secret.ReceiptSigningKey;
import com.neuralrouter.tlog.CanonicalJson;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The key that signs receipts now, and the public halves of all that ever did. Immutable: a
 * rotation makes another one.
 */
public final class ReceiptKeys {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ReceiptSigningKey signing;
    private final String head;
    private final List<ReceiptKey> published;

    /** The caller goes on owning the key. */
    ReceiptKeys(ReceiptSigningKey signing, List<ReceiptKey> published) {
        this.signing = signing;
        this.published = List.copyOf(published);
        this.head =
                BASE64.encodeToString(
                                CanonicalJson.write(
                                        Map.of(
                                                "alg", "EdDSA",
                                                "kid", kid(signing),
                                                "typ", "nr-receipt+jwt")))
                        + ".";
    }

    /** A key that nothing was signed before; when it was made is not known here. */
    static ReceiptKeys only(ReceiptSigningKey signing) {
        return new ReceiptKeys(
                signing, List.of(new ReceiptKey(kid(signing), x(signing), Instant.EPOCH, true)));
    }

    /** The public half as a JWK's {@code x} (RFC 8037 §2). */
    static String x(ReceiptSigningKey key) {
        return BASE64.encodeToString(key.publicKey());
    }

    /** The key's thumbprint (RFC 7638; RFC 8037, appendix A.3): no two keys have the same. */
    static String kid(ReceiptSigningKey key) {
        byte[] members = CanonicalJson.write(Map.of("crv", "Ed25519", "kty", "OKP", "x", x(key)));
        return BASE64.encodeToString(sha256(members));
    }

    /** Signs a payload: RFC 7515, compact, with {@code EdDSA} of RFC 8037. */
    SignedReceipt sign(byte[] payload) {
        String signed = head + BASE64.encodeToString(payload);
        byte[] signature = signing.sign(signed.getBytes(StandardCharsets.US_ASCII));
        String jws = signed + "." + BASE64.encodeToString(signature);
        return new SignedReceipt(jws, hash(jws));
    }

    /** What stands for a receipt in the audit log. */
    static String hash(String jws) {
        return BASE64.encodeToString(sha256(jws.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The newest first. */
    public List<ReceiptKey> published() {
        return published;
    }

    /** The same as a JWK Set (RFC 7517 §5). */
    public byte[] jwks() {
        return CanonicalJson.write(
                Map.of(
                        "keys",
                        published.stream()
                                .map(key ->
                                        Map.of(
                                                "alg", "EdDSA",
                                                "crv", "Ed25519",
                                                "kid", key.kid(),
                                                "kty", "OKP",
                                                "use", "sig",
                                                "x", key.x()))
                                .toList()));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 can't be used", missing);
        }
    }
}
