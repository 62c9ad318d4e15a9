package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.tlog.CanonicalJson;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A key that signs receipts as the appliance does. */
public final class TestReceipts {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String kid;
    private final KeyPair pair;

    public TestReceipts(String kid) {
        this.kid = kid;
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its public half, as the appliance publishes it. */
    public ReceiptKey key() {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new ReceiptKey(kid, BASE64.encodeToString(raw), Samples.NOW, true);
    }

    /** The receipt of a request that was served on premises. */
    public String sign(RequestSummary request) {
        Map<String, Object> place =
                Map.of(
                        "provider", "gpu-hall-a",
                        "model", "llama-3.3-70b",
                        "jurisdiction", "DE",
                        "region", "undeclared",
                        "retention", "undeclared");
        var claims = new TreeMap<String, Object>();
        claims.put("v", 1L);
        claims.put("iss", "nr.0199c5a2");
        claims.put("jti", request.id().toString());
        claims.put("iat", Samples.NOW.getEpochSecond());
        claims.put("asked", request.model());
        claims.put("outcome", "completed");
        claims.put("status", (long) request.status());
        claims.put("sent", List.of(place));
        claims.put("served", place);
        claims.put("retention", "zero");
        claims.put("policy", "5f0c".repeat(16));
        claims.put(
                "tokens",
                Map.of(
                        "input", request.inputTokens(),
                        "output", request.outputTokens(),
                        "estimated", false));
        return sign(Map.of("alg", "EdDSA", "typ", "nr-receipt+jwt", "kid", kid), claims);
    }

    private String sign(Map<String, Object> head, Map<String, Object> claims) {
        var signed =
                BASE64.encodeToString(CanonicalJson.write(head))
                        + "."
                        + BASE64.encodeToString(CanonicalJson.write(claims));
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands for a receipt in the log. */
    public static String hash(String receipt) {
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256")
                            .digest(receipt.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
