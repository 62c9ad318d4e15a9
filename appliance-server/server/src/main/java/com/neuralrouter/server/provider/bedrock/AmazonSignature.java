package com.neuralrouter.server.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.neuralrouter.server.provider.http.PercentEncoding;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Amazon's Signature Version 4 (IAM user guide, "Create a signed AWS API request", read 2026-11)
 * for requests without a query. Without state; safe for all threads.
 */
final class AmazonSignature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String MAC = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int DAY = 8;

    private AmazonSignature() {}

    /** Where a signature holds. */
    record Scope(String region, String service) {}

    /**
     * What is signed.
     *
     * @param path as it stands in the request line
     * @param headers by name in lower case, {@code host} and {@code x-amz-date} among them
     */
    record Signed(String method, String path, SortedMap<String, String> headers, byte[] body) {}

    /** The value of {@code x-amz-date}. */
    static String time(Instant now) {
        return TIME.format(now);
    }

    /**
     * The value of {@code authorization}: not secret, as it holds for this request only.
     *
     * @param secret the secret access key; not changed
     */
    static String of(Signed signed, Scope scope, String accessKey, byte[] secret) {
        String time = String.valueOf(signed.headers().get("x-amz-date"));
        String names = String.join(";", signed.headers().keySet());
        String canonical =
                String.join(
                        "\n",
                        signed.method(),
                        PercentEncoding.encoded(signed.path(), "/"),
                        "",
                        headers(signed.headers()),
                        names,
                        sha256(signed.body()));
        String day = time.substring(0, DAY);
        String place = day + "/" + scope.region() + "/" + scope.service() + "/aws4_request";
        String toSign =
                String.join("\n", ALGORITHM, time, place, sha256(canonical.getBytes(UTF_8)));
        byte[] key = key(secret, day, scope);
        try {
            return ALGORITHM
                    + " Credential="
                    + accessKey
                    + "/"
                    + place
                    + ", SignedHeaders="
                    + names
                    + ", Signature="
                    + HexFormat.of().formatHex(mac(key, toSign));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Each on a line of its own, with runs of blanks made one. */
    private static String headers(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header ->
                        header.getKey()
                                + ":"
                                + header.getValue().strip().replaceAll(" +", " ")
                                + "\n")
                .collect(Collectors.joining());
    }

    private static byte[] key(byte[] secret, String day, Scope scope) {
        byte[] first = new byte[4 + secret.length];
        System.arraycopy("AWS4".getBytes(UTF_8), 0, first, 0, 4);
        System.arraycopy(secret, 0, first, 4, secret.length);
        byte[] key = first;
        for (String step : new String[] {day, scope.region(), scope.service(), "aws4_request"}) {
            byte[] next = mac(key, step);
            Arrays.fill(key, (byte) 0);
            key = next;
        }
        return key;
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every runtime has " + MAC, e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every runtime has SHA-256", e);
        }
    }
}
