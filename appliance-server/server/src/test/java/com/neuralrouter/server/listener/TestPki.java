package com.neuralrouter.server.listener;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates that the certs library refuses to make: expired ones, ones for the wrong purpose,
 * ones from a stranger's CA. Its serverAuth and clientAuth leaves come straight from one CA.
 */
public final class TestPki {
    private static final char[] NO_PASSWORD = new char[0];

    private final Identity ca;

    /** A key and its certificate. */
    public record Identity(PrivateKey key, X509Certificate certificate) {}

    public TestPki(String name) {
        this.ca = issue(null, "CN=" + name, null, Duration.ofDays(1));
    }

    public X509Certificate anchor() {
        return ca.certificate();
    }

    public Identity server() {
        return issue(ca, "CN=localhost", KeyPurposeId.id_kp_serverAuth, Duration.ofDays(1));
    }

    public Identity client() {
        return issue(ca, "CN=client", KeyPurposeId.id_kp_clientAuth, Duration.ofDays(1));
    }

    public Identity expiredClient() {
        return issue(ca, "CN=late", KeyPurposeId.id_kp_clientAuth, Duration.ofMinutes(-1));
    }

    public TlsMaterial material() {
        Identity server = server();
        return new TlsMaterial(server.key(), List.of(server.certificate()), List.of());
    }

    public TlsMaterial materialFor(TestPki clients) {
        Identity server = server();
        return new TlsMaterial(
                server.key(), List.of(server.certificate()), List.of(clients.anchor()));
    }

    /** A client's context that trusts this CA and shows nothing. */
    public SSLContext context() {
        return context(null);
    }

    /** A client's context that trusts this CA and shows that identity. */
    public SSLContext contextWith(Identity identity) {
        return context(identity);
    }

    private SSLContext context(Identity identity) {
        try {
            KeyStore trust = emptyStore();
            trust.setCertificateEntry("ca", ca.certificate());
            var trusting = TrustManagerFactory.getInstance("PKIX");
            trusting.init(trust);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers(identity), trusting.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keyManagers(Identity identity)
            throws GeneralSecurityException, IOException {
        if (identity == null) {
            return new KeyManager[0];
        }
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "me", identity.key(), NO_PASSWORD, new Certificate[] {identity.certificate()});
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Identity issue(
            Identity issuer, String name, KeyPurposeId purpose, Duration valid) {
        try {
            KeyPair pair = keyPair();
            Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
            X500Name subject = new X500Name(name);
            X500Name issuerName =
                    issuer == null
                            ? subject
                            : new X500Name(
                                    issuer.certificate().getSubjectX500Principal().getName());
            var builder =
                    new JcaX509v3CertificateBuilder(
                            issuerName,
                            new BigInteger(120, new SecureRandom()),
                            Date.from(now.minus(Duration.ofDays(2))),
                            Date.from(now.plus(valid)),
                            subject,
                            pair.getPublic());
            addExtensions(builder, purpose);
            PrivateKey signing = issuer == null ? pair.getPrivate() : issuer.key();
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(signing);
            var certificate =
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new Identity(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addExtensions(JcaX509v3CertificateBuilder builder, KeyPurposeId purpose)
            throws CertIOException {
        builder.addExtension(
                Extension.basicConstraints, true, new BasicConstraints(purpose == null));
        if (purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            new GeneralName[] {
                                new GeneralName(GeneralName.dNSName, "localhost"),
                                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                            }));
        }
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
