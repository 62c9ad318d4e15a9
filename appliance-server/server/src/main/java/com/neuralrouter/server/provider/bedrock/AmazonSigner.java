package com.neuralrouter.server.provider.bedrock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.neuralrouter.server.secret.SecretBytes;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs requests to Bedrock with a workspace's access key, which is kept as one credential: the
 * key's id, a colon, the secret. Safe for all threads.
 */
final class AmazonSigner {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");
    private static final String SERVICE = "bedrock";

    private final Clock clock;
    private final UnaryOperator<String> regions;

    AmazonSigner(Clock clock, UnaryOperator<String> regions) {
        this.clock = clock;
        this.regions = regions;
    }

    /** What a signed request carries besides. */
    record Headers(String time, String authorization) {}

    /**
     * The label of a host's name that is a region, as in {@code
     * bedrock-runtime.eu-central-1.amazonaws.com}; empty if none is.
     */
    static String region(String host) {
        for (String label : host.toLowerCase(Locale.ROOT).split("\\.", -1)) {
            Matcher matcher = REGION.matcher(label);
            if (matcher.matches()) {
                return label;
            }
        }
        return "";
    }

    /**
     * Null if the credential is no access key or the host names no region.
     *
     * @param path below the address
     */
    @Nullable Headers sign(URI address, String path, byte[] body, SecretBytes credential) {
        String region = regions.apply(address.getHost());
        byte[] key = credential.copy();
        byte[] secret = new byte[0];
        try {
            int colon = 0;
            while (colon < key.length && key[colon] != ':') {
                colon++;
            }
            if (region.isEmpty() || colon == 0 || colon >= key.length - 1) {
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
