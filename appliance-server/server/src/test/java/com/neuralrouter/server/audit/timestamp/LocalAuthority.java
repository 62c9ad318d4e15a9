package com.neuralrouter.server.audit.timestamp;

import com.neuralrouter.certs.trust.Pem;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** A timestamp authority on this machine (RFC 3161), with a root of its own. */
final class LocalAuthority implements AutoCloseable {
    private final KeyPair rootKey = keyPair();
    private final KeyPair key = keyPair();
    private final X509Certificate root;
    private final X509Certificate signer;
    private final HttpServer server;
    private volatile Mood mood = Mood.WELL;

    /** What it answers with. */
    enum Mood {
        WELL,
        ANOTHER_TEXT,
        ANOTHER_NONCE,
        NONSENSE,
        AWAY
    }

    LocalAuthority() throws Exception {
        this(KeyPurposeId.id_kp_timeStamping);
    }

    /** With a certificate for another purpose than timestamps, say. */
    LocalAuthority(KeyPurposeId purpose) throws Exception {
        root = certificate("CN=Root", rootKey, "CN=Root", null);
        signer = certificate("CN=Clock", key, "CN=Root", purpose);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tsr", this::answer);
        server.start();
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private X509Certificate certificate(
            String name, KeyPair of, String issuer, KeyPurposeId purpose) throws Exception {
        Instant now = Instant.now(java.time.Clock.systemUTC());
        var builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name(issuer),
                        BigInteger.valueOf(purpose == null ? 1 : 2),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(365))),
                        new X500Name(name),
                        of.getPublic());
        builder.addExtension(
                Extension.basicConstraints, true, new BasicConstraints(purpose == null));
        if (purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(rootKey.getPrivate())));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsr");
    }

    TimestampTrust trust() {
        return new TimestampTrust(List.of(root));
    }

    String pem() {
        return Pem.write(List.of(root));
    }

    void is(Mood now) {
        mood = now;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            if (mood == Mood.AWAY) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] answer = mood == Mood.NONSENSE ? new byte[] {1, 2, 3} : stamped(heard(asked));
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (Exception failure) {
            throw new IOException(failure);
        }
    }

    /** The request as it came, or what the mood makes of it. */
    private TimeStampRequest heard(byte[] asked) throws Exception {
        var request = new TimeStampRequest(asked);
        var generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        return switch (mood) {
            case ANOTHER_TEXT ->
                    generator.generate(TSPAlgorithms.SHA256, new byte[32], request.getNonce());
            case ANOTHER_NONCE ->
                    generator.generate(
                            TSPAlgorithms.SHA256,
                            request.getMessageImprintDigest(),
                            BigInteger.ONE);
            default -> request;
        };
    }

    private byte[] stamped(TimeStampRequest request) throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        var tokens =
                new TimeStampTokenGenerator(
                        new JcaSimpleSignerInfoGeneratorBuilder()
                                .build("SHA256withECDSA", key.getPrivate(), signer),
                        digests.get(
                                new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                                        TSPAlgorithms.SHA256)),
                        new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1"));
        tokens.addCertificates(new JcaCertStore(List.of(signer)));
        return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
                .generate(
                        request,
                        BigInteger.valueOf(System.nanoTime()),
                        Date.from(Instant.now(java.time.Clock.systemUTC())))
                .getEncoded();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
