package com.neuralrouter.certs.ca;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * What a certificate is to say; {@link #signedBy} and {@link #selfSigned} make it true. Profile:
 * RFC 5280; serial numbers of 159 random bits (at most 20 octets, section 4.1.2.2).
 */
record CertificateTemplate(
        X500Name subject, SubjectPublicKeyInfo key, Instant from, Instant until, Kind kind) {

    /** Clocks of clients may be a little behind ours. */
    private static final Duration BACKDATED = Duration.ofSeconds(60);

    private static final int SERIAL_BITS = 159;

    /** What it is for. */
    sealed interface Kind {}

    /** Signs other certificates; at most {@code below} further authorities may follow. */
    record Authority(int below) implements Kind {}

    /** Ends a chain. */
    record Leaf(KeyPurposeId purpose, List<GeneralName> names) implements Kind {}

    X509Certificate signedBy(TlsIdentity issuer) {
        X500Name name = X500Name.getInstance(issuer.leaf().getSubjectX500Principal().getEncoded());
        SubjectPublicKeyInfo issuerKey =
                SubjectPublicKeyInfo.getInstance(issuer.leaf().getPublicKey().getEncoded());
        Instant end = issuer.leaf().getNotAfter().toInstant();
        return sign(name, issuerKey, issuer.key(), until.isBefore(end) ? until : end);
    }

    X509Certificate selfSigned(PrivateKey own) {
        return sign(subject, key, own, until);
    }

    private X509Certificate sign(
            X500Name issuer, SubjectPublicKeyInfo issuerKey, PrivateKey signingKey, Instant end) {
        var builder =
                new X509v3CertificateBuilder(
                        issuer,
                        serial(),
                        Date.from(from.minus(BACKDATED)),
                        Date.from(end),
                        subject,
                        key);
        try {
            extend(builder, issuerKey);
            // Every signing key of a site is on P-384: see SiteCertificateAuthority.
            var signer =
                    new JcaContentSignerBuilder("SHA384withECDSA")
                            .setProvider(new BouncyCastleProvider())
                            .build(signingKey);
            return Pem.certificate(builder.build(signer).getEncoded());
        } catch (IOException | NoSuchAlgorithmException | OperatorCreationException e) {
            throw new CertificateProblem("The certificate cannot be signed.", e);
        }
    }

    private void extend(X509v3CertificateBuilder builder, SubjectPublicKeyInfo issuerKey)
            throws IOException, NoSuchAlgorithmException {
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                ids.createAuthorityKeyIdentifier(issuerKey));
        switch (kind) {
            case Authority(int below) -> {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(below));
                builder.addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            }
            case Leaf(KeyPurposeId purpose, List<GeneralName> names) -> {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
                builder.addExtension(
                        Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(names.toArray(GeneralName[]::new)));
            }
        }
    }

    private static BigInteger serial() {
        // Never zero: RFC 5280 wants positive serial numbers.
        return new BigInteger(SERIAL_BITS, new SecureRandom()).max(BigInteger.ONE);
    }
}
