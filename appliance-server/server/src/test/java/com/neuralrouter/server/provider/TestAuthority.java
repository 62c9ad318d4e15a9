package com.neuralrouter.server.provider;

import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A CA for tests of TLS to providers: the smallest that issues server certificates. */
public final class TestAuthority {
    private final KeyPair keys;
    private final X500Name name;
    private final X509Certificate certificate;

    public TestAuthority(String commonName) throws Exception {
        keys = newKeys();
        name = new X500Name("CN=" + commonName);
        certificate = issue(name, keys, null, Duration.ofDays(1));
    }

    /** PEM of the CA's certificate. */
    public String pem() throws Exception {
        String body =
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** A server's context with a fresh certificate. */
    public SSLContext server(GeneralName host) throws Exception {
        return server(host, Duration.ofHours(1));
    }

    /** A server's context with a certificate that is valid for that long from now, or was. */
    public SSLContext server(GeneralName host, Duration validFor) throws Exception {
        KeyPair serverKeys = newKeys();
        X509Certificate leaf = issue(new X500Name("CN=server"), serverKeys, host, validFor);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", serverKeys.getPrivate(), new char[0], new Certificate[] {leaf});
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** A fresh key with a certificate, for a client that is asked who it is. */
    public TlsIdentity identity() throws Exception {
        KeyPair clientKeys = newKeys();
        return new TlsIdentity(
                clientKeys.getPrivate(),
                List.of(
                        issue(
                                new X500Name("CN=client"),
                                clientKeys,
                                new GeneralName(GeneralName.dNSName, "client"),
                                Duration.ofHours(1))));
    }

    /** A server's context that lets in whom this CA has issued a certificate, if it asks. */
    public SSLContext serverForClients(GeneralName host) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyPair serverKeys = newKeys();
        X509Certificate leaf =
                issue(new X500Name("CN=server"), serverKeys, host, Duration.ofHours(1));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new TlsIdentity(serverKeys.getPrivate(), List.of(leaf)).keyManagers(),
                trust.getTrustManagers(),
                null);
        return context;
    }

    /**
     * A fresh server certificate and its key, one after the other in PEM, for other programs. RSA:
     * GnuTLS reads no elliptic key without its public half, which the JDK leaves out.
     */
    public String serverPem(GeneralName host) throws Exception {
        KeyPair serverKeys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        X509Certificate leaf =
                issue(new X500Name("CN=server"), serverKeys, host, Duration.ofHours(1));
        return Pem.write(leaf) + Pem.write("PRIVATE KEY", serverKeys.getPrivate().getEncoded());
    }

    private X509Certificate issue(
            X500Name subject, KeyPair subjectKeys, GeneralName host, Duration validFor)
            throws Exception {
        Instant now = Instant.now(Clock.systemUTC());
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.valueOf(now.toEpochMilli()),
                        Date.from(now.minus(Duration.ofDays(2))),
                        Date.from(now.plus(validFor)),
                        subject,
                        subjectKeys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
        if (host != null) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(host));
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
