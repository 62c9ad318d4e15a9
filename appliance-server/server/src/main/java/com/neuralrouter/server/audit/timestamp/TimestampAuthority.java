package com.neuralrouter.server.audit.timestamp;

import com.neuralrouter.server.audit.timestamp.TimestampTrust.Unproven;

import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** Asks an authority for timestamps over HTTP (RFC 3161, section 3.4). For one thread. */
final class TimestampAuthority implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 256 << 10;

    private final URI url;
    private final TimestampTrust trust;
    private final SecureRandom random = new SecureRandom();
    private final HttpClient http;

    /**
     * A timestamp that was proven.
     *
     * @param response the whole TimeStampResp, DER
     */
    record Stamp(Instant at, byte[] response) {}

    TimestampAuthority(URI url, TimestampTrust trust) {
        this.url = url;
        this.trust = trust;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(PATIENCE)
                        .sslContext(trust.tls())
                        .build();
    }

    /** Throws {@link IOException} when there is none, {@link Unproven} for one that is no proof. */
    Stamp stamp(byte[] data) throws IOException, Unproven {
        var generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        TimeStampRequest request =
                generator.generate(
                        TSPAlgorithms.SHA256,
                        TimestampTrust.sha256(data),
                        new BigInteger(64, random));
        byte[] answer = send(request.getEncoded());
        try {
            new TimeStampResponse(answer).validate(request);
        } catch (TSPException refused) {
            throw new Unproven("The authority's answer is no answer: " + refused.getMessage());
        }
        return new Stamp(trust.prove(answer, data), answer);
    }

    private byte[] send(byte[] request) throws IOException {
        try {
            HttpResponse<byte[]> answer =
                    http.send(
                            HttpRequest.newBuilder(url)
                                    .timeout(PATIENCE)
                                    .header("Content-Type", "application/timestamp-query")
                                    .header("Accept", "application/timestamp-reply")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                                    .build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
            if (answer.statusCode() != 200) {
                throw new IOException("the authority answers with status " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("not waited for: the appliance stops", interrupted);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
