package com.neuralrouter.server.listener;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts client certificates that come from the given CAs, are valid today and were made for
 * clients. The runtime's own check (PKIX, RFC 5280) does the first two, and lets a certificate
 * through that says nothing about its purpose; this one asks for {@code clientAuth} by name, so
 * that a server's certificate from the same CA does not open the admin listener.
 */
final class ClientCertificates extends X509ExtendedTrustManager {
    /** {@code id-kp-clientAuth}, RFC 5280, section 4.2.1.12. */
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final X509ExtendedTrustManager pkix;

    private ClientCertificates(X509ExtendedTrustManager pkix) {
        this.pkix = pkix;
    }

    static ClientCertificates from(List<X509Certificate> anchors) throws GeneralSecurityException {
        KeyStore trusted = MemoryKeyStore.empty();
        for (int i = 0; i < anchors.size(); i++) {
            trusted.setCertificateEntry("anchor-" + i, anchors.get(i));
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        return new ClientCertificates((X509ExtendedTrustManager) factory.getTrustManagers()[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        pkix.checkClientTrusted(chain, authType, engine);
        requireClientPurpose(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        pkix.checkClientTrusted(chain, authType, socket);
        requireClientPurpose(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        pkix.checkClientTrusted(chain, authType);
        requireClientPurpose(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a listener trusts no servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("a listener trusts no servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("a listener trusts no servers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return pkix.getAcceptedIssuers();
    }

    private static void requireClientPurpose(X509Certificate leaf) throws CertificateException {
        List<String> purposes = leaf.getExtendedKeyUsage();
        if (purposes == null || !purposes.contains(CLIENT_AUTH)) {
            throw new CertificateException("the certificate was not made for a client");
        }
    }
}
