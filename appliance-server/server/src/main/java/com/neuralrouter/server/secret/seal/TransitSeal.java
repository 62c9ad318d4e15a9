package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The seal of a key that never leaves an OpenBao or HashiCorp Vault server: its transit engine
 * encrypts and decrypts. A wrapped key is the server's own text, {@code vault:v1:…} with the key's
 * version, so that it opens after the server has rotated the key.
 *
 * <p>API: openbao.org/api-docs/secret/transit, "Encrypt data", "Decrypt data" and "Read key"
 * (openbao/openbao at 05546b30, website/content/api-docs/secret/transit.mdx, read 2026-11-23).
 */
final class TransitSeal implements Seal {
    private static final byte[] CHECK_PLACE =
            "neural-router/seal-check/v1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_PLACE =
            "neural-router/seal-check/none".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHECK = new byte[16];
    private static final Pattern CIPHERTEXT =
            Pattern.compile("vault:v[1-9][0-9]{0,8}:([A-Za-z0-9+/]{40,4000}={0,2})");
    private static final JsonFactory JSON = new JsonFactory();

    private final SealRecord record;
    private final TransitClient client;

    private TransitSeal(SealRecord record, TransitClient client) {
        this.record = record;
        this.client = client;
    }

    /**
     * Refuses a key that is of another kind, that can leave its server, or that the server does not
     * have: encrypting with it would make it.
     */
    static Seal create(TransitKey key, SecretSource source, SecretBytes token, Path site) {
        TransitClient client = new TransitClient(key, token, site);
        boolean made = false;
        try {
            refuseUnfit(client.get("keys"));
            String check = encrypt(client, CHECK, CHECK_PLACE);
            refuseUnauthenticated(client, check);
            Map<String, String> parameters = key.parameters();
            parameters.put("source", source.text());
            parameters.put("check", check);
            SealRecord record = new SealRecord(SealKind.TRANSIT, parameters);
            made = true;
            return new TransitSeal(record, client);
        } finally {
            if (!made) {
                client.close();
            }
        }
    }

    static Seal open(SealRecord record, SecretBytes token, Path site) {
        TransitSeal seal =
                new TransitSeal(record, new TransitClient(TransitKey.of(record), token, site));
        boolean right = false;
        try {
            seal.refuseOtherKey();
            right = true;
            return seal;
        } finally {
            if (!right) {
                seal.close();
            }
        }
    }

    @Override
    public SealRecord record() {
        return record;
    }

    @Override
    public byte[] wrap(byte[] key, byte[] associated) {
        Wrapping.check(key, associated);
        return encrypt(client, key, associated).getBytes(StandardCharsets.US_ASCII);
    }

    /** The server rejects an altered text as it does one of another key: the check tells. */
    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associated) {
        Wrapping.check(associated);
        String ciphertext = new String(wrapped, StandardCharsets.ISO_8859_1);
        refuseOtherSpelling(ciphertext);
        try {
            return decrypt(client, ciphertext, associated);
        } catch (TransitRejected _) {
            refuseOtherKey();
            throw Wrapping.altered();
        }
    }

    @Override
    public String toString() {
        return "TransitSeal[" + record.text("key") + "]";
    }

    @Override
    public void close() {
        client.close();
    }

    private void refuseOtherKey() {
        byte[] opened = new byte[0];
        try {
            opened = decrypt(client, record.text("check"), CHECK_PLACE);
        } catch (TransitRejected _) {
            // Told below, as an answer that is another one than was encrypted.
        }
        if (!Arrays.equals(opened, CHECK)) {
            throw new SealRefused(
                    "The transit server's key '%s' is another one than this seal was made with, or the version was retired; nothing was opened."
                            .formatted(record.text("key")));
        }
    }

    private static void refuseUnfit(byte[] about) {
        if (!field(about, "/data/type", JsonParser::getString).equals("aes256-gcm96")
                || flag(about, "/data/derived")
                || flag(about, "/data/exportable")
                || flag(about, "/data/allow_plaintext_backup")) {
            throw new SealRefused(
                    "The transit server's key is not of type aes256-gcm96, or derived, exportable"
                            + " or allows a plaintext backup; make another one.");
        }
    }

    private static void refuseUnauthenticated(TransitClient client, String check) {
        try {
            decrypt(client, check, NO_PLACE);
        } catch (TransitRejected _) {
            return;
        }
        throw new SealRefused(
                "The transit server ignores associated data; it is too old, or no transit engine.");
    }

    /**
     * Base 64 has several spellings of the same bytes, and servers take them all. Only the one that
     * was written is taken here, so that every altered byte is noticed.
     */
    private static void refuseOtherSpelling(String ciphertext) {
        Matcher matcher = CIPHERTEXT.matcher(ciphertext);
        if (!matcher.matches()) {
            throw Wrapping.altered();
        }
        String text = matcher.group(1);
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
                throw Wrapping.altered();
            }
        } catch (IllegalArgumentException _) {
            throw Wrapping.altered();
        }
    }

    private static String encrypt(TransitClient client, byte[] plain, byte[] associated) {
        byte[] encoded = Base64.getEncoder().encode(plain);
        byte[] request = json("plaintext", encoded, associated);
        try {
            String ciphertext =
                    field(
                            client.post("encrypt", request),
                            "/data/ciphertext",
                            JsonParser::getString);
            if (!CIPHERTEXT.matcher(ciphertext).matches()) {
                throw unexpected();
            }
            return ciphertext;
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(request, (byte) 0);
        }
    }

    private static byte[] decrypt(TransitClient client, String ciphertext, byte[] associated) {
        byte[] request =
                json("ciphertext", ciphertext.getBytes(StandardCharsets.US_ASCII), associated);
        byte[] answer = client.post("decrypt", request);
        try {
            return field(answer, "/data/plaintext", JsonParser::getBinaryValue);
        } finally {
            Arrays.fill(answer, (byte) 0);
        }
    }

    /** As bytes, for a string can't be wiped. Neither value has a character to escape. */
    private static byte[] json(String name, byte[] value, byte[] associated) {
        byte[] before = ("{\"" + name + "\":\"").getBytes(StandardCharsets.US_ASCII);
        byte[] after =
                ("\",\"associated_data\":\""
                                + Base64.getEncoder().encodeToString(associated)
                                + "\"}")
                        .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(before.length + value.length + after.length)
                .put(before)
                .put(value)
                .put(after)
                .array();
    }

    private static boolean flag(byte[] answer, String pointer) {
        return field(answer, pointer, parser -> parser.currentToken() != JsonToken.VALUE_FALSE);
    }

    /** Read as a stream: a tree would keep the key's base 64 in a string. */
    private static <T> T field(byte[] answer, String pointer, Function<JsonParser, T> value) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), answer)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()
                        && parser.streamReadContext().pathAsPointer().toString().equals(pointer)) {
                    return value.apply(parser);
                }
            }
            throw unexpected();
        } catch (JacksonException _) {
            throw unexpected();
        }
    }

    private static SealRefused unexpected() {
        return new SealRefused(
                "The transit server's answer is not what its API promises; is it OpenBao or"
                        + " HashiCorp Vault?");
    }
}
