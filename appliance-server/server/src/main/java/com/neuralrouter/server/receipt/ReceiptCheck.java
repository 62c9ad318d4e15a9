package com.neuralrouter.server.receipt;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Checks receipts, by the JDK's Ed25519 and not by what signs them. What {@code
 * ReceiptVerifier.java} does for who has nothing of ours, for the command. Immutable.
 */
public final class ReceiptCheck {
    /** What stands before an Ed25519 public key in X.509's form (RFC 8410 §4). */
    private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final String jws;
    private final JsonNode claims;

    private ReceiptCheck(String jws, JsonNode claims) {
        this.jws = jws;
        this.claims = claims;
    }

    /** A receipt is not what it should be; the message says in which way. */
    public static final class NotGenuine extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotGenuine(String what) {
            super(what, null, false, false);
        }
    }

    /**
     * A receipt whose signature holds. Throws {@link NotGenuine}.
     *
     * @param jwks the site's keys, a JWK Set
     */
    public static ReceiptCheck of(String jws, String jwks) {
        String[] parts = jws.split("\\.", -1);
        demand(parts.length == 3, "it is no compact JWS");
        JsonNode head = json(base64(parts[0]));
        demand(text(head, "alg").equals("EdDSA"), "it is not signed with EdDSA");
        demand(text(head, "typ").equals("nr-receipt+jwt"), "it is no receipt");
        demand(!head.has("crit"), "it demands what this version does not know");
        byte[] key = key(json(jwks.getBytes(StandardCharsets.UTF_8)), text(head, "kid"));
        demand(
                holds(key, parts[0] + "." + parts[1], base64(parts[2])),
                "its signature does not hold");
        JsonNode claims = json(base64(parts[1]));
        demand(claims.path("v").asInt(0) == 1, "its form is newer than this version");
        return new ReceiptCheck(jws, claims);
    }

    /** What it says. */
    public JsonNode claims() {
        return claims;
    }

    /** Throws {@link NotGenuine} unless it is about that body. */
    public void demandRequest(byte[] body) {
        demandContent("request", body);
    }

    /** Throws {@link NotGenuine} unless it is about that body. */
    public void demandAnswer(byte[] body) {
        demandContent("answer", body);
    }

    private void demandContent(String what, byte[] body) {
        JsonNode content = claims.path("content");
        byte[] salt = base64(text(content, "salt"));
        demand(salt.length == Receipts.SALT_BYTES, "its salt has not 32 bytes");
        var hashes = new ContentHashes(salt, body);
        demand(
                String.valueOf(hashes.claim().get("request")).equals(text(content, what)),
                "it is about another " + what);
    }

    /** Throws {@link NotGenuine} unless that entry of the audit log is about it. */
    public void demandLeaf(byte[] leaf) {
        JsonNode entry = json(leaf);
        demand(
                text(entry, "receipt").equals(ReceiptKeys.hash(jws)),
                "the entry is about another receipt");
        demand(
                text(entry, "request").equals(text(claims, "jti")),
                "the entry is another request's");
        demand(
                entry.path("sequence").asLong(-1) >= claims.at("/log/size").asLong(0),
                "the entry is older than the receipt");
    }

    private static byte[] key(JsonNode jwks, String kid) {
        for (JsonNode key : jwks.path("keys")) {
            if (text(key, "kid").equals(kid)
                    && text(key, "kty").equals("OKP")
                    && text(key, "crv").equals("Ed25519")) {
                byte[] x = base64(text(key, "x"));
                demand(x.length == 32, "a key has not 32 bytes");
                byte[] encoded = ED25519_HEAD.clone();
                byte[] whole = new byte[encoded.length + x.length];
                System.arraycopy(encoded, 0, whole, 0, encoded.length);
                System.arraycopy(x, 0, whole, encoded.length, x.length);
                return whole;
            }
        }
        throw new NotGenuine("it is signed by a key that is not among these");
    }

    private static boolean holds(byte[] key, String signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return STRICT.readTree(bytes);
        } catch (JacksonException malformed) {
            throw new NotGenuine("it is not JSON");
        }
    }

    /** Only the one way of writing the bytes, so that no other text passes for the same. */
    private static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            byte[] again = Base64.getUrlEncoder().withoutPadding().encode(bytes);
            demand(
                    MessageDigest.isEqual(again, text.getBytes(StandardCharsets.UTF_8)),
                    "it is not base64url");
            return bytes;
        } catch (IllegalArgumentException malformed) {
            throw new NotGenuine("it is not base64url");
        }
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new NotGenuine(otherwise);
        }
    }
}
