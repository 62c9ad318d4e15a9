package com.neuralrouter.server.audit.forward;

import com.neuralrouter.certs.trust.TlsIdentity;

import java.security.GeneralSecurityException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;

import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS to a receiver: 1.2 or 1.3, its certificate issued by one of the authorities that were named
 * for it, and for its host's name or address (RFC 9525). No other authority is trusted.
 */
final class ReceiverTls {
    private ReceiverTls() {}

    static SSLContext context(ReceiverSettings.Tls tls) {
        try {
            Set<TrustAnchor> anchors = new HashSet<>();
            for (X509Certificate authority : tls.authorities()) {
                anchors.add(new TrustAnchor(authority, null));
            }
            var parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
            // A SIEM's private authority publishes no list that this box could reach.
            parameters.setRevocationEnabled(false);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(new CertPathTrustManagerParameters(parameters));
            TlsIdentity identity = tls.identity();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identity == null ? null : identity.keyManagers(),
                    trust.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS can't be set up with these certificates", e);
        }
    }

    static SSLParameters parameters() {
        var parameters = new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }
}
