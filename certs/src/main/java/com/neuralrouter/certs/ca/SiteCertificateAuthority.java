package com.neuralrouter.certs.ca;

import com.neuralrouter.certs.ca.CertificateTemplate.Authority;
import com.neuralrouter.certs.ca.CertificateTemplate.Leaf;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.TlsIdentity;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The certificate authority of one site: a root on P-384 (10 years), under it an issuing authority
 * on P-384 (5 years), under that the certificates of servers and devices. Day to day only the
 * issuing key is needed; the root's key may be kept elsewhere. Immutable and safe for all threads.
 */
public final class SiteCertificateAuthority {

    /** How long a server's certificate is good: what browsers accept at the most, 398 days. */
    public static final Duration SERVER_VALIDITY = Duration.ofDays(397);

    /** How long a device's certificate is good unless said otherwise. */
    public static final Duration CLIENT_VALIDITY = Duration.ofDays(90);

    private static final Period ROOT_VALIDITY = Period.ofYears(10);
    private static final Period ISSUING_VALIDITY = Period.ofYears(5);

    /** A common name has 64 characters (RFC 5280, appendix A.1); we add up to 16. */
    private static final int MAX_SITE_NAME = 48;

    private final String siteName;
    private final X509Certificate root;
    private final TlsIdentity issuing;
    private final Clock clock;

    /**
     * Takes up an authority that was made before.
     *
     * @param issuing the issuing authority's key with its certificate
     */
    public SiteCertificateAuthority(X509Certificate root, TlsIdentity issuing, Clock clock) {
        try {
            issuing.leaf().verify(root.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateProblem(
                    "The issuing certificate was not signed by this root certificate.", e);
        }
        this.siteName = organisation(root);
        this.root = root;
        this.issuing = issuing;
        this.clock = clock;
    }

    /** A new authority together with the key of its root, which is needed once in five years. */
    public record Created(SiteCertificateAuthority authority, TlsIdentity root) {}

    /** Makes a site's authority: two fresh keys and their certificates. */
    public static Created create(String siteName, Clock clock) {
        String site = siteName.strip();
        if (site.isEmpty()
                || site.length() > MAX_SITE_NAME
                || site.chars().anyMatch(Character::isISOControl)) {
            throw new CertificateProblem(
                    "A site's name has 1 to 48 characters, none of them a control character.");
        }
        Instant now = clock.instant();
        KeyPair rootKey = p384();
        X509Certificate rootCertificate =
                new CertificateTemplate(
                                name(site, site + " Root CA"),
                                info(rootKey.getPublic()),
                                now,
                                after(now, ROOT_VALIDITY),
                                new Authority(1))
                        .selfSigned(rootKey.getPrivate());
        TlsIdentity root = new TlsIdentity(rootKey.getPrivate(), List.of(rootCertificate));
        KeyPair issuingKey = p384();
        X509Certificate issuingCertificate =
                new CertificateTemplate(
                                name(site, site + " Issuing CA"),
                                info(issuingKey.getPublic()),
                                now,
                                after(now, ISSUING_VALIDITY),
                                new Authority(0))
                        .signedBy(root);
        TlsIdentity issuing = new TlsIdentity(issuingKey.getPrivate(), List.of(issuingCertificate));
        return new Created(new SiteCertificateAuthority(rootCertificate, issuing, clock), root);
    }

    /** What clients and servers of the site trust. */
    public X509Certificate root() {
        return root;
    }

    /** The certificate that signs; it goes into every chain. */
    public X509Certificate issuing() {
        return issuing.leaf();
    }

    /** The key that signs, for saving it. */
    public TlsIdentity issuingIdentity() {
        return issuing;
    }

    /**
     * Makes a key and a certificate for a server.
     *
     * @param names every name and address by which clients reach it, the best known first
     */
    public TlsIdentity issueServer(List<ServerName> names) {
        if (names.isEmpty()) {
            throw new CertificateProblem("A server's certificate needs a host name or address.");
        }
        DeviceKey key = DeviceKey.generate();
        String first = names.getFirst().text();
        X500Name subject = first.length() <= 64 ? name(siteName, first) : name(siteName, siteName);
        Leaf kind =
                new Leaf(
                        KeyPurposeId.id_kp_serverAuth,
                        names.stream().distinct().map(ServerName::generalName).toList());
        return key.with(chain(subject, info(key.pair().getPublic()), SERVER_VALIDITY, kind));
    }

    /**
     * Certifies a device's key. What the request says of its subject is not taken over.
     *
     * @return the device's certificate and the issuing one
     */
    public List<X509Certificate> issueClient(
            CertificateRequest request, ClientName client, Duration validity) {
        if (validity.isNegative() || validity.isZero()) {
            throw new CertificateProblem("A certificate must be valid for some time.");
        }
        KeyPolicy.check(request.publicKey());
        Leaf kind =
                new Leaf(
                        KeyPurposeId.id_kp_clientAuth,
                        List.of(
                                new GeneralName(
                                        GeneralName.uniformResourceIdentifier, client.uri())));
        return chain(name(siteName, client.name()), request.publicKey(), validity, kind);
    }

    private List<X509Certificate> chain(
            X500Name subject, SubjectPublicKeyInfo key, Duration validity, Leaf kind) {
        Instant now = clock.instant();
        if (!now.isBefore(issuing.leaf().getNotAfter().toInstant())) {
            throw new CertificateProblem(
                    "The issuing certificate has expired; the site needs a new one from its root.");
        }
        X509Certificate leaf =
                new CertificateTemplate(subject, key, now, now.plus(validity), kind)
                        .signedBy(issuing);
        return List.of(leaf, issuing.leaf());
    }

    private static String organisation(X509Certificate certificate) {
        X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        var organisations = subject.getRDNs(BCStyle.O);
        if (organisations.length == 0) {
            throw new CertificateProblem("The root certificate does not name its site.");
        }
        return organisations[0].getFirst().getValue().toString();
    }

    private static X500Name name(String organisation, String commonName) {
        return new X500NameBuilder()
                .addRDN(BCStyle.O, organisation)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static SubjectPublicKeyInfo info(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded());
    }

    private static Instant after(Instant start, Period period) {
        return start.atZone(ZoneOffset.UTC).plus(period).toInstant();
    }

    private static KeyPair p384() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-384", e);
        }
    }
}
