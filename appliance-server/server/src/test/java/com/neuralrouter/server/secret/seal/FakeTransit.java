package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.provider.TestAuthority;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import org.bouncycastle.asn1.x509.GeneralName;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A transit engine over TLS that takes exactly what its API publishes (openbao/openbao,
 * website/content/api-docs/secret/transit.mdx) and answers 400 to everything else, noting why. It
 * really encrypts: AES-256-GCM, a random nonce before the ciphertext, versions of each key.
 */
final class FakeTransit implements AutoCloseable {
    static final String TOKEN = "hvs.4nEverSeenElsewhere";
    static final String MOUNT = "transit/site";
    static final String NAMESPACE = "bank/edge";

    private static final Pattern PATH =
            Pattern.compile("/v1/" + MOUNT + "/(encrypt|decrypt|keys)/([A-Za-z0-9._-]+)");
    private static final Pattern CIPHERTEXT = Pattern.compile("vault:v([0-9]+):(.+)");

    /** The answer instead of the real one. */
    record Scripted(int status, Map<String, String> headers, byte[] body) {
        static Scripted of(int status, String body) {
            return new Scripted(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Scripted[" + status + "]";
        }
    }

    private static final class Key {
        private final String type;
        private final List<byte[]> versions = new CopyOnWriteArrayList<>();
        private volatile int minDecryption = 1;
        private volatile boolean exportable;
        private volatile boolean authenticates = true;

        Key(String type) {
            this.type = type;
        }
    }

    private final HttpServer server;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final Map<String, Scripted> scripted = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private FakeTransit(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(Runnable::run);
        server.start();
    }

    static FakeTransit overTls(TestAuthority authority) throws Exception {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(
                        authority.server(new GeneralName(GeneralName.dNSName, "localhost"))));
        return new FakeTransit(server);
    }

    static FakeTransit inTheClear() throws Exception {
        return new FakeTransit(HttpServer.create(anyPort(), 0));
    }

    URI address() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
    }

    void addKey(String name, String type) {
        keys.put(name, new Key(type));
        rotate(name);
    }

    void rotate(String name) {
        byte[] version = new byte[32];
        random.nextBytes(version);
        key(name).versions.add(version);
    }

    void retireBefore(String name, int version) {
        key(name).minDecryption = version;
    }

    void makeExportable(String name) {
        key(name).exportable = true;
    }

    void ignoreAssociated(String name) {
        key(name).authenticates = false;
    }

    void script(String operation, Scripted answer) {
        scripted.put(operation, answer);
    }

    void unscript() {
        scripted.clear();
    }

    /** What was wrong with requests; empty for a client that keeps to the API. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Operation and key of each request. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Scripted answer = answer(exchange, body);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(
                    answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Scripted answer(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
        Matcher path = PATH.matcher(exchange.getRequestURI().toString());
        if (!path.matches()) {
            return Scripted.of(404, "{\"errors\":[]}");
        }
        String operation = path.group(1);
        requests.add(operation + " " + path.group(2));
        if (scripted.containsKey(operation)) {
            return scripted.get(operation);
        }
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            return Scripted.of(403, "{\"errors\":[\"permission denied\"]}");
        }
        expect(
                NAMESPACE.equals(exchange.getRequestHeaders().getFirst("X-Vault-Namespace")),
                "namespace");
        expect(
                exchange.getRequestMethod().equals(operation.equals("keys") ? "GET" : "POST"),
                "method " + exchange.getRequestMethod());
        Key key = keys.get(path.group(2));
        return switch (operation) {
            case "keys" -> key == null ? Scripted.of(404, "{\"errors\":[]}") : about(key);
            case "encrypt" -> encrypt(key, json(exchange, body, Set.of("plaintext")));
            default -> decrypt(key, json(exchange, body, Set.of("ciphertext")));
        };
    }

    private JsonNode json(HttpExchange exchange, byte[] body, Set<String> names) {
        expect(
                "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type")),
                "content type");
        JsonNode json = JsonMapper.builder().build().readTree(body);
        List<String> expected = new ArrayList<>(names);
        expected.add("associated_data");
        expect(Set.copyOf(json.propertyNames()).equals(Set.copyOf(expected)), "fields " + names);
        return json;
    }

    private static Scripted about(Key key) {
        StringBuilder versions = new StringBuilder();
        for (int i = 1; i <= key.versions.size(); i++) {
            versions.append(i == 1 ? "" : ",").append("\"%d\":1442851412".formatted(i));
        }
        return Scripted.of(
                200,
                """
                {"data":{"type":"%s","deletion_allowed":false,"derived":false,"exportable":%b,
                "allow_plaintext_backup":false,"keys":{%s},"min_decryption_version":%d,
                "min_encryption_version":0,"name":"foo","supports_encryption":true,
                "supports_decryption":true,"supports_derivation":true,"supports_signing":false,
                "imported":false}}
                """
                        .formatted(key.type, key.exportable, versions, key.minDecryption));
    }

    private Scripted encrypt(Key key, JsonNode json) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        int version = key.versions.size();
        byte[] sealed =
                cipher(Cipher.ENCRYPT_MODE, key, version, nonce, json)
                        .doFinal(base64(json, "plaintext"));
        byte[] all = ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
        return Scripted.of(
                200,
                "{\"request_id\":\"1\",\"data\":{\"ciphertext\":\"vault:v%d:%s\",\"key_version\":%d}}"
                        .formatted(version, Base64.getEncoder().encodeToString(all), version));
    }

    /** Takes base 64 as Go's standard decoder does: whatever is in the last, unused bits. */
    private Scripted decrypt(Key key, JsonNode json) throws GeneralSecurityException {
        Matcher text = CIPHERTEXT.matcher(json.get("ciphertext").asString());
        if (!text.matches()) {
            return rejected();
        }
        int version = Integer.parseInt(text.group(1));
        if (version < key.minDecryption || version > key.versions.size()) {
            return rejected();
        }
        try {
            byte[] all = Base64.getDecoder().decode(text.group(2));
            if (all.length < 28) {
                return rejected();
            }
            byte[] nonce = Arrays.copyOf(all, 12);
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE, key, version, nonce, json)
                            .doFinal(all, 12, all.length - 12);
            return Scripted.of(
                    200,
                    "{\"data\":{\"plaintext\":\"%s\"}}"
                            .formatted(Base64.getEncoder().encodeToString(plain)));
        } catch (AEADBadTagException | IllegalArgumentException _) {
            return rejected();
        }
    }

    private static Scripted rejected() {
        return Scripted.of(400, "{\"errors\":[\"cipher: message authentication failed\"]}");
    }

    private Cipher cipher(int mode, Key key, int version, byte[] nonce, JsonNode json)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key.versions.get(version - 1), "AES"),
                new GCMParameterSpec(128, nonce));
        if (key.authenticates) {
            cipher.updateAAD(base64(json, "associated_data"));
        }
        return cipher;
    }

    /** Canonical base 64 only. */
    private byte[] base64(JsonNode json, String name) {
        String text = json.get(name).asString();
        byte[] bytes = Base64.getDecoder().decode(text);
        expect(Base64.getEncoder().encodeToString(bytes).equals(text), name + " in base 64");
        return bytes;
    }

    private Key key(String name) {
        Key key = keys.get(name);
        if (key == null) {
            throw new IllegalStateException("no key " + name);
        }
        return key;
    }

    private void expect(boolean kept, String what) {
        if (!kept) {
            complaints.add(what);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
