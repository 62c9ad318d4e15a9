import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a receipt of a Neural Router Appliance with nothing but a JDK (17 or later):
 *
 * <pre>
 *   java ReceiptVerifier.java --keys jwks.json --receipt receipt.jws
 *        [--issuer nr.0198...] [--request body.json] [--answer answer.json] [--leaf entry.json]
 * </pre>
 *
 * A receipt is a JSON Web Signature (RFC 7515, compact) with EdDSA over Ed25519 (RFC 8037). The
 * keys are those that the appliance serves at /.well-known/jwks.json; get them by a way you trust.
 * --request and --answer are the bodies as they were sent and received, byte for byte; of a stream
 * all bytes before the line that begins with ": nr-receipt". --leaf is the request's entry in the
 * audit log, as 'neural-router audit proof --request ID' gives it: that it is in the log is for
 * AuditVerifier.java to check. Exit codes: 0 all that was asked for holds; 1 it does not; 2 called
 * in a wrong way.
 */
public final class ReceiptVerifier {
    private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private ReceiptVerifier() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    /** The same without ending the JVM. */
    public static int run(String[] arguments, PrintStream out) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            boolean known =
                    List.of("--keys", "--receipt", "--issuer", "--request", "--answer", "--leaf")
                            .contains(arguments[i]);
            if (!known || i + 1 == arguments.length) {
                out.println(
                        "usage: --keys FILE --receipt FILE [--issuer NAME] [--request FILE]"
                                + " [--answer FILE] [--leaf FILE]");
                return 2;
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        if (!options.containsKey("--keys") || !options.containsKey("--receipt")) {
            out.println("--keys and --receipt are needed");
            return 2;
        }
        try {
            verify(options, out);
            return 0;
        } catch (Wrong wrong) {
            out.println("NOT GENUINE: " + wrong.getMessage());
            return 1;
        } catch (IOException failure) {
            out.println("can't be read: " + failure.getMessage());
            return 2;
        }
    }

    /** Something does not hold. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String what) {
            super(what, null, false, false);
        }
    }

    private static void verify(Map<String, String> options, PrintStream out) throws IOException {
        String jws = Files.readString(Path.of(options.get("--receipt"))).strip();
        Map<?, ?> keys = object(read(Files.readAllBytes(Path.of(options.get("--keys")))));
        Map<?, ?> claims = claims(jws, keys);
        out.println("The signature is good.");
        for (Map.Entry<?, ?> claim : claims.entrySet()) {
            out.println("  " + claim.getKey() + ": " + claim.getValue());
        }
        out.println("  (signed at " + Instant.ofEpochSecond((Long) claims.get("iat")) + ")");
        if (options.containsKey("--issuer")) {
            demand(options.get("--issuer").equals(claims.get("iss")), "it is another site's");
            out.println("It is this site's.");
        }
        content("request", options.get("--request"), claims, out);
        content("answer", options.get("--answer"), claims, out);
        if (options.containsKey("--leaf")) {
            leaf(Files.readAllBytes(Path.of(options.get("--leaf"))), jws, claims, out);
        }
    }

    /** The payload of a receipt whose signature holds. */
    private static Map<?, ?> claims(String jws, Map<?, ?> keys) {
        String[] parts = jws.split("\\.", -1);
        demand(parts.length == 3, "it is no compact JWS");
        Map<?, ?> head = object(read(base64(parts[0])));
        demand("EdDSA".equals(head.get("alg")), "it is not signed with EdDSA");
        demand("nr-receipt+jwt".equals(head.get("typ")), "it is no receipt");
        demand(!head.containsKey("crit"), "it demands what this verifier does not know");
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key(keys, head.get("kid")));
            signature.update(signed);
            demand(signature.verify(base64(parts[2])), "its signature does not hold");
        } catch (GeneralSecurityException malformed) {
            throw new Wrong("its signature does not hold");
        }
        Map<?, ?> claims = object(read(base64(parts[1])));
        demand(Long.valueOf(1).equals(claims.get("v")), "its form is newer than this verifier");
        return claims;
    }

    private static PublicKey key(Map<?, ?> keys, Object kid) throws GeneralSecurityException {
        demand(keys.get("keys") instanceof List, "the keys' file is no JWK Set");
        for (Object each : (List<?>) keys.get("keys")) {
            Map<?, ?> key = object(each);
            if (key.get("kid") instanceof String named
                    && named.equals(kid)
                    && "OKP".equals(key.get("kty"))
                    && "Ed25519".equals(key.get("crv"))) {
                byte[] x = base64((String) key.get("x"));
                demand(x.length == 32, "a key has not 32 bytes");
                byte[] encoded = new byte[ED25519_HEAD.length + x.length];
                System.arraycopy(ED25519_HEAD, 0, encoded, 0, ED25519_HEAD.length);
                System.arraycopy(x, 0, encoded, ED25519_HEAD.length, x.length);
                return KeyFactory.getInstance("Ed25519")
                        .generatePublic(new X509EncodedKeySpec(encoded));
            }
        }
        throw new Wrong("it is signed by a key that is not among these");
    }

    private static void content(String what, String file, Map<?, ?> claims, PrintStream out)
            throws IOException {
        if (file == null) {
            return;
        }
        Map<?, ?> content = object(claims.get("content"));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(base64((String) content.get("salt")), "HmacSHA256"));
            byte[] hash = mac.doFinal(Files.readAllBytes(Path.of(file)));
            demand(
                    MessageDigest.isEqual(hash, base64((String) content.get(what))),
                    "it is about another " + what);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
        out.println("It is about this " + what + ".");
    }

    private static void leaf(byte[] leaf, String jws, Map<?, ?> claims, PrintStream out) {
        Map<?, ?> entry = object(read(leaf));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(jws.getBytes(StandardCharsets.US_ASCII));
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            demand(text.equals(entry.get("receipt")), "the entry is about another receipt");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
        demand(claims.get("jti").equals(entry.get("request")), "the entry is another request's");
        long size = (Long) object(claims.get("log")).get("size");
        demand((Long) entry.get("sequence") >= size, "the entry is older than the receipt");
        out.println("The entry, number " + entry.get("sequence") + " in the log, is about it.");
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new Wrong(otherwise);
        }
    }

    /** Only the one way of writing the bytes, so that no other text passes for the same. */
    private static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            demand(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text),
                    "it is not base64url");
            return bytes;
        } catch (IllegalArgumentException | NullPointerException malformed) {
            throw new Wrong("it is not base64url");
        }
    }

    private static Map<?, ?> object(Object value) {
        demand(value instanceof Map, "a JSON object is missing");
        return (Map<?, ?>) value;
    }

    private static Object read(byte[] json) {
        Json reader = new Json(new String(json, StandardCharsets.UTF_8).strip());
        Object value = reader.value(0);
        demand(reader.at == reader.text.length(), "there is something after the JSON");
        return value;
    }

    /** JSON as these documents have it: objects, lists, texts, whole numbers, true and false. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value(int depth) {
            demand(depth < 20, "the JSON is too deep");
            switch (next()) {
                case '{':
                    return members(depth);
                case '[':
                    return items(depth);
                case '"':
                    return string();
                case 't':
                    return word("true", true);
                case 'f':
                    return word("false", false);
                default:
                    return number();
            }
        }

        private Map<String, Object> members(int depth) {
            Map<String, Object> members = new LinkedHashMap<>();
            at++;
            while (next() != '}') {
                if (!members.isEmpty()) {
                    skip(',');
                }
                demand(next() == '"', "a name is missing in the JSON");
                String name = string();
                skip(':');
                demand(!members.containsKey(name), "a name stands twice in the JSON");
                members.put(name, value(depth + 1));
            }
            at++;
            return members;
        }

        private List<Object> items(int depth) {
            List<Object> items = new ArrayList<>();
            at++;
            while (next() != ']') {
                if (!items.isEmpty()) {
                    skip(',');
                }
                items.add(value(depth + 1));
            }
            at++;
            return items;
        }

        private String string() {
            StringBuilder string = new StringBuilder();
            for (at++; peek() != '"'; at++) {
                char c = peek();
                demand(c >= ' ', "a control character stands in the JSON");
                string.append(c == '\\' ? escape() : c);
            }
            at++;
            return string.toString();
        }

        private char escape() {
            at++;
            char c = peek();
            int simple = "\"\\/bfnrt".indexOf(c);
            if (simple >= 0) {
                return "\"\\/\b\f\n\r\t".charAt(simple);
            }
            demand(c == 'u' && at + 4 < text.length(), "an escape in the JSON is unknown");
            String digits = text.substring(at + 1, at + 5);
            demand(digits.matches("[0-9a-fA-F]{4}"), "an escape in the JSON is unknown");
            at += 4;
            return (char) Integer.parseInt(digits, 16);
        }

        private Long number() {
            int from = at;
            while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            String digits = text.substring(from, at);
            demand(digits.matches("-?(0|[1-9][0-9]{0,17})"), "a value in the JSON is unknown");
            return Long.valueOf(digits);
        }

        private Boolean word(String word, boolean value) {
            demand(text.startsWith(word, at), "a value in the JSON is unknown");
            at += word.length();
            return value;
        }

        private void skip(char expected) {
            demand(next() == expected, "the JSON is malformed");
            at++;
            next();
        }

        /** The next character that is no blank. */
        private char next() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return peek();
        }

        private char peek() {
            demand(at < text.length(), "the JSON ends early");
            return text.charAt(at);
        }
    }
}
