package com.neuralrouter.server.secret.seal;

import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * Speaks to a transit engine: TLS 1.2 or 1.3, no proxy, no redirect, ten seconds for everything and
 * an answer of at most 64 KiB. What the server says of an error stays unread. Holds a copy of the
 * token until it is closed.
 */
final class TransitClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final long MAX_ANSWER_BYTES = 64 * 1024;
    private static final int MAX_TOKEN_BYTES = 2048;

    private final TransitKey key;
    private final Duration deadline;
    private final SecretBytes token;
    private final HttpClient http;

    /**
     * @param site from where a relative path to the authorities is taken
     */
    TransitClient(TransitKey key, SecretBytes token, Path site) {
        this(key, token, site, ANSWER);
    }

    TransitClient(TransitKey key, SecretBytes token, Path site, Duration deadline) {
        this.key = key;
        this.deadline = deadline;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(CONNECT)
                        .sslContext(context(key.authorities(), site))
                        .sslParameters(new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"}))
                        .build();
        this.token = checked(token);
    }

    /** The body of an answer 200, which the caller wipes; the request's body stays the caller's. */
    byte[] post(String operation, byte[] json) {
        return send(
                operation,
                request(operation)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    byte[] get(String operation) {
        return send(operation, request(operation).GET());
    }

    @Override
    public String toString() {
        return "TransitClient[" + key.server() + "]";
    }

    @Override
    public void close() {
        token.close();
        http.shutdownNow();
    }

    /** {@code X-Vault-Request} tells the server that no browser was tricked into this. */
    private HttpRequest.Builder request(String operation) {
        byte[] bytes = token.copy();
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(key.at(operation))
                            .timeout(deadline)
                            .header("Accept", "application/json")
                            .header("X-Vault-Request", "true")
                            .header("X-Vault-Token", new String(bytes, StandardCharsets.US_ASCII));
            return key.namespace().isEmpty()
                    ? request
                    : request.header("X-Vault-Namespace", key.namespace());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] send(String operation, HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request.build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw refused(operation, response.statusCode());
            }
            return response.body();
        } catch (ExecutionException failure) {
            throw unreachable(failure.getCause());
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw unreachable(null);
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new SealRefused("Asking the transit server was interrupted.", interrupted);
        }
    }

    private SealRefused refused(String operation, int status) {
        String what = "%s of the key '%s'".formatted(operation, key.name());
        return switch (status) {
            case 400 ->
                    new TransitRejected(
                            "The transit server rejects the %s: does the key exist, is it one for aes256-gcm96 and not derived?"
                                    .formatted(what));
            case 403 ->
                    new SealRefused(
                            "The transit server refuses the token for the %s: it has expired, or its policy does not allow it."
                                    .formatted(what));
            case 404 ->
                    new SealRefused(
                            "The transit server has nothing for the %s at the mount '%s'."
                                    .formatted(what, key.mount()));
            case 429, 472, 473 ->
                    new SealRefused(
                            "The transit server at %s is a standby or overloaded (%d); name the active one."
                                    .formatted(key.server(), status));
            case 503 ->
                    new SealRefused(
                            "The transit server at %s is sealed or in maintenance; unseal it first."
                                    .formatted(key.server()));
            default ->
                    new SealRefused(
                            "The transit server at %s answers with the status %d, and only 200 is expected."
                                    .formatted(key.server(), status));
        };
    }

    private SealRefused unreachable(@Nullable Throwable cause) {
        String why =
                cause instanceof SSLException
                        ? "has no certificate that is believed, or speaks no TLS 1.2 or 1.3"
                        : "does not answer as it should within "
                                + deadline.toSeconds()
                                + " s and "
                                + MAX_ANSWER_BYTES
                                + " bytes";
        return new SealRefused("The transit server at %s %s.".formatted(key.server(), why), cause);
    }

    /** Checked before it is a header: the client's own complaint would print it. */
    private static SecretBytes checked(SecretBytes token) {
        byte[] bytes = token.copy();
        boolean printable = bytes.length > 0 && bytes.length <= MAX_TOKEN_BYTES;
        for (byte value : bytes) {
            printable &= value > 0x20 && value < 0x7f;
        }
        if (!printable) {
            Arrays.fill(bytes, (byte) 0);
            throw new SealRefused(
                    "The transit server's token has a blank, a newline or another character that no"
                            + " token has.");
        }
        return SecretBytes.owning(bytes);
    }

    private static SSLContext context(String authorities, Path site) {
        try {
            if (authorities.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore believed = KeyStore.getInstance("PKCS12");
            believed.load(null, null);
            int count = 0;
            try (InputStream in = Files.newInputStream(site.resolve(authorities))) {
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    believed.setCertificateEntry("authority-" + ++count, certificate);
                }
            }
            if (count == 0) {
                throw new SealRefused("There is no certificate in %s.".formatted(authorities));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(believed);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new SealRefused(
                    "The transit server's authorities can't be read from '%s'."
                            .formatted(authorities),
                    failure);
        }
    }
}
