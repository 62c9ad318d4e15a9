package com.neuralrouter.certs.csr;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;

import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

import java.io.IOException;

/**
 * A request for a certificate (PKCS#10, RFC 2986) whose signature holds: whoever made it has the
 * private key. Its subject is not to be believed; the authority names the device itself.
 */
public final class CertificateRequest {

    /** The longest text that is read at all; a request over RSA-8192 has 3 kB. */
    public static final int MAX_CHARACTERS = 16 * 1024;

    private final PKCS10CertificationRequest request;

    private CertificateRequest(PKCS10CertificationRequest request) {
        this.request = request;
    }

    /** Makes a request over the key. */
    public static CertificateRequest of(DeviceKey key) {
        X500NameBuilder subject = new X500NameBuilder().addRDN(BCStyle.CN, "Neural Router device");
        try {
            return new CertificateRequest(
                    new JcaPKCS10CertificationRequestBuilder(
                                    subject.build(), key.pair().getPublic())
                            .build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .setProvider(new BouncyCastleProvider())
                                            .build(key.pair().getPrivate())));
        } catch (OperatorCreationException e) {
            throw new CertificateProblem("The certificate request cannot be signed.", e);
        }
    }

    /** Reads a request and verifies its signature; throws {@link CertificateProblem}. */
    public static CertificateRequest read(String pem) {
        if (pem.length() > MAX_CHARACTERS) {
            throw new CertificateProblem("The certificate request is too long to be one.");
        }
        byte[] der = Pem.only(Pem.CERTIFICATE_REQUEST, pem);
        PKCS10CertificationRequest request;
        boolean genuine;
        try {
            request = new PKCS10CertificationRequest(der);
            genuine = signatureHolds(request);
        } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
            // Bouncy Castle's parsers answer some malformed input with unchecked exceptions.
            throw new CertificateProblem("The certificate request is damaged.", e);
        }
        if (!genuine) {
            throw new CertificateProblem(
                    "The certificate request's signature does not hold: it was changed, or made"
                            + " without the private key.");
        }
        return new CertificateRequest(request);
    }

    private static boolean signatureHolds(PKCS10CertificationRequest request)
            throws OperatorCreationException, PKCSException {
        return request.isSignatureValid(
                new JcaContentVerifierProviderBuilder()
                        .setProvider(new BouncyCastleProvider())
                        .build(request.getSubjectPublicKeyInfo()));
    }

    public String pem() {
        try {
            return Pem.write(Pem.CERTIFICATE_REQUEST, request.getEncoded());
        } catch (IOException e) {
            throw new CertificateProblem("The certificate request cannot be encoded.", e);
        }
    }

    /** The key that the certificate is wanted for. */
    public SubjectPublicKeyInfo publicKey() {
        return request.getSubjectPublicKeyInfo();
    }
}
