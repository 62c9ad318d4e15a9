package com.neuralrouter.server.provider.bedrock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Signs requests to Bedrock with a workspace's access key, which is kept as one credential: the
 * key's id, a colon, the secret. Safe for all threads.
 */
final class AmazonSigner {
    private static final String SERVICE = "bedrock";

    private final Clock clock;

    AmazonSigner(Clock clock) {
        this.clock = clock;
    }

    /** What a signed request carries besides. */
    record Headers(String time, String authorization) {

        /** Shows no signature. */
        @Override
        public String toString() {
            return "Headers[time=" + time + ", authorization=redacted]";
        }
    }

    /**
     * Null if the credential is no access key.
     *
     * @param region where the address is, as in {@code eu-central-1}
     * @param path below the address
     */
    @Nullable Headers sign(
            URI address, String region, String path, byte[] body, SecretBytes credential) {
        byte[] key = credential.copy();
        byte[] secret = new byte[0];
        try {
            int colon = 0;
            while (colon < key.length && key[colon] != ':') {
                colon++;
            }
            if (colon == 0 || colon >= key.length - 1) {
                return null;
            }
            secret = Arrays.copyOfRange(key, colon + 1, key.length);
            String time = AmazonSignature.time(clock.instant());
            var headers = new TreeMap<String, String>();
            headers.put("content-type", "application/json");
            headers.put("host", host(address));
            headers.put("x-amz-date", time);
            var signed = new AmazonSignature.Signed("POST", prefix(address) + path, headers, body);
            return new Headers(
                    time,
                    AmazonSignature.of(
                            signed,
                            new AmazonSignature.Scope(region, SERVICE),
                            new String(key, 0, colon, US_ASCII),
                            secret));
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static String prefix(URI address) {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** As the request's own {@code host} header says it. */
    private static String host(URI address) {
        int usual = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        int port = address.getPort();
        return port < 0 || port == usual ? address.getHost() : address.getHost() + ":" + port;
    }
}
