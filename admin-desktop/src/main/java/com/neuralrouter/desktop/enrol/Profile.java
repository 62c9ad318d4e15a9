package com.neuralrouter.desktop.enrol;

import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.desktop.client.Address;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * One appliance that this device can connect to.
 *
 * @param name the appliance's name
 * @param admin where its admin listener is
 * @param identity this device's key and certificate
 * @param root the only root that is trusted for it
 * @param keyStore the PKCS#12 file that the identity came from
 */
public record Profile(
        String name, Address admin, TlsIdentity identity, X509Certificate root, Path keyStore) {

    /** Until when the certificate is good. */
    public Instant expiresAt() {
        return identity.leaf().getNotAfter().toInstant();
    }
}
