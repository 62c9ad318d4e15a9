package com.neuralrouter.desktop.witness;

import com.neuralrouter.contract.ReceiptKey;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A receipt that the site has signed, as an app keeps it: see {@code docs/reference/receipts.md}
 * for every claim.
 *
 * @param hash of its whole text, as the log has it
 * @param sent whom the request was sent to, in that order
 * @param copies whom a copy was on its way to
 * @param retention how long the appliance keeps the content, as in {@code zero}
 */
public record Receipt(
        String hash,
        String issuer,
        String request,
        Instant signedAt,
        String asked,
        String outcome,
        int status,
        List<Place> sent,
        List<Place> copies,
        Optional<Place> served,
        String retention,
        String policy,
        Tokens tokens) {
    /** What stands before an Ed25519 public key in X.509's form (RFC 8410 §4). */
    private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;
    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    public Receipt {
        sent = List.copyOf(sent);
        copies = List.copyOf(copies);
    }

    /** A provider as the site declared it then. */
    public record Place(
            String provider, String model, String jurisdiction, String region, String retention) {}

    /** What was used. */
    public record Tokens(long input, long output, boolean estimated) {}

    /** Reads one whose signature is by one of those keys; empty for everything else. */
    static Optional<Receipt> read(String text, List<ReceiptKey> keys) {
        var jws = text.strip();
        var parts = jws.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode head = STRICT.readTree(base64(parts[0]));
            if (!isOurForm(head) || !isSigned(parts, head.path("kid").asString(""), keys)) {
                return Optional.empty();
            }
            JsonNode claims = STRICT.readTree(base64(parts[1]));
            return claims.path("v").asInt(0) == 1
                    ? Optional.of(of(claims, hash(jws)))
                    : Optional.empty();
        } catch (JacksonException | IllegalArgumentException | GeneralSecurityException e) {
            // Whatever is wrong with it: it is none.
            return Optional.empty();
        }
    }

    private static boolean isOurForm(JsonNode head) {
        return head.path("alg").asString("").equals("EdDSA")
                && head.path("typ").asString("").equals("nr-receipt+jwt")
                && !head.has("crit");
    }

    private static boolean isSigned(String[] parts, String kid, List<ReceiptKey> keys)
            throws GeneralSecurityException {
        for (ReceiptKey key : keys) {
            byte[] raw = base64(key.x());
            if (key.kid().equals(kid) && raw.length == KEY_BYTES) {
                byte[] encoded = new byte[ED25519_HEAD.length + KEY_BYTES];
                System.arraycopy(ED25519_HEAD, 0, encoded, 0, ED25519_HEAD.length);
                System.arraycopy(raw, 0, encoded, ED25519_HEAD.length, KEY_BYTES);
                Signature verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(
                        KeyFactory.getInstance("Ed25519")
                                .generatePublic(new X509EncodedKeySpec(encoded)));
                verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
                return verifier.verify(base64(parts[2]));
            }
        }
        return false;
    }

    private static Receipt of(JsonNode claims, String hash) {
        return new Receipt(
                hash,
                text(claims, "iss"),
                text(claims, "jti"),
                Instant.ofEpochSecond(claims.path("iat").asLong(0)),
                text(claims, "asked"),
                text(claims, "outcome"),
                claims.path("status").asInt(0),
                places(claims.path("sent")),
                places(claims.path("copies")),
                claims.has("served") ? Optional.of(place(claims.path("served"))) : Optional.empty(),
                text(claims, "retention"),
                text(claims, "policy"),
                new Tokens(
                        claims.at("/tokens/input").asLong(0),
                        claims.at("/tokens/output").asLong(0),
                        claims.at("/tokens/estimated").asBoolean(false)));
    }

    private static List<Place> places(JsonNode all) {
        var places = new ArrayList<Place>();
        all.forEach(each -> places.add(place(each)));
        return places;
    }

    private static Place place(JsonNode claim) {
        return new Place(
                text(claim, "provider"),
                text(claim, "model"),
                text(claim, "jurisdiction"),
                text(claim, "region"),
                text(claim, "retention"));
    }

    private static String text(JsonNode claims, String name) {
        return claims.path(name).asString("");
    }

    /** Only the one way of writing the bytes, so that no other text passes for the same. */
    private static byte[] base64(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("not base64url as it is written");
        }
        return bytes;
    }

    private static String hash(String jws) throws GeneralSecurityException {
        byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(jws.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
