package com.neuralrouter.server.listener;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who a listener is, and whom it trusts.
 *
 * @param chain the listener's certificate first, then those between it and the root
 * @param clientAnchors the CAs of which client certificates must come, and no others; empty for a
 *     listener that asks for none
 */
public record TlsMaterial(
        PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAnchors) {

    public TlsMaterial {
        chain = List.copyOf(chain);
        clientAnchors = List.copyOf(clientAnchors);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a listener needs a certificate");
        }
    }

    @Override
    public String toString() {
        return "TlsMaterial[key=redacted, subject="
                + chain.getFirst().getSubjectX500Principal()
                + "]";
    }
}
