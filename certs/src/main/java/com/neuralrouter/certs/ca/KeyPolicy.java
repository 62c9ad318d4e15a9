package com.neuralrouter.certs.ca;

import com.neuralrouter.certs.trust.CertificateProblem;

import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

import java.io.IOException;

/**
 * Which public keys a site certifies: EC on P-256 or P-384, Ed25519, RSA of 2048 to 8192 bits. The
 * upper bound is there because verifying costs the listener time on every handshake.
 */
final class KeyPolicy {
    private static final int RSA_MIN_BITS = 2048;
    private static final int RSA_MAX_BITS = 8192;

    private KeyPolicy() {}

    static void check(SubjectPublicKeyInfo key) {
        var algorithm = key.getAlgorithm().getAlgorithm();
        var parameters = key.getAlgorithm().getParameters();
        boolean accepted =
                algorithm.equals(EdECObjectIdentifiers.id_Ed25519)
                        || algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
                                && (SECObjectIdentifiers.secp256r1.equals(parameters)
                                        || SECObjectIdentifiers.secp384r1.equals(parameters))
                        || algorithm.equals(PKCSObjectIdentifiers.rsaEncryption) && rsa(key);
        if (!accepted) {
            throw new CertificateProblem(
                    "The request's key is of a kind that this site does not certify: use EC on"
                            + " P-256 or P-384, Ed25519, or RSA with 2048 to 8192 bits.");
        }
    }

    private static boolean rsa(SubjectPublicKeyInfo key) {
        try {
            RSAPublicKey rsa = RSAPublicKey.getInstance(key.parsePublicKey());
            int bits = rsa.getModulus().bitLength();
            return bits >= RSA_MIN_BITS
                    && bits <= RSA_MAX_BITS
                    && rsa.getPublicExponent().bitLength() > 16
                    && rsa.getPublicExponent().testBit(0);
        } catch (IOException | IllegalArgumentException e) {
            throw new CertificateProblem("The request's RSA key is damaged.", e);
        }
    }
}
