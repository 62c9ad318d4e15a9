package com.neuralrouter.certs.csr;

import com.neuralrouter.certs.trust.TlsIdentity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

/**
 * A device's own key pair on P-256, made on the device: the private key never travels. The desktop
 * and {@code neural-router enroll} make one, send a {@link CertificateRequest} over it, and join it
 * with the chain that they get.
 */
public record DeviceKey(KeyPair pair) {

    /** Draws a fresh key. */
    public static DeviceKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new DeviceKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** The identity with the chain that the site issued for this key, leaf first. */
    public TlsIdentity with(List<X509Certificate> chain) {
        return new TlsIdentity(pair.getPrivate(), chain);
    }

    @Override
    public String toString() {
        return "DeviceKey[redacted]";
    }
}
