package com.neuralrouter.server.certificate;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.TlsIdentity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;

/**
 * Who each listener is, and whom the admin listener lets in.
 *
 * @param inference leaf and issuing certificate
 * @param admin leaf and issuing certificate
 * @param enrolment leaf, issuing and root certificate: a device that only has a pin finds the root
 *     in the chain
 * @param clientRoot the only anchor for client certificates on the admin listener
 */
public record ListenerIdentities(
        TlsIdentity inference,
        TlsIdentity admin,
        TlsIdentity enrolment,
        X509Certificate clientRoot) {

    /** The name by which apps reach this box: the first that its certificate states. */
    public String hostName() {
        try {
            // Each entry is a type and the name itself.
            return inference
                    .leaf()
                    .getSubjectAlternativeNames()
                    .iterator()
                    .next()
                    .get(1)
                    .toString();
        } catch (CertificateParsingException e) {
            throw new CertificateProblem("The certificate's names cannot be read.", e);
        }
    }
}
