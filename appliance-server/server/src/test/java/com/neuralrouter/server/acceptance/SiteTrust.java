package com.neuralrouter.server.acceptance;

import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.server.bootstrap.SiteFolder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust in a site's root certificate, set up with nothing but the runtime, as any app would. */
record SiteTrust(X509TrustManager manager, SSLContext context) {

    static SiteTrust of(SiteFolder site) throws IOException {
        try (InputStream pem = Files.newInputStream(site.rootCertificate())) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "site", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trusted);
            var manager = (X509TrustManager) factory.getTrustManagers()[0];
            return new SiteTrust(manager, context(new KeyManager[0], manager));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the site's root.pem can't be trusted", e);
        }
    }

    /** For a client that also shows a certificate. */
    SSLContext contextShowing(TlsIdentity identity) {
        try {
            return context(identity.keyManagers(), manager);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the identity can't be shown", e);
        }
    }

    private static SSLContext context(KeyManager[] keys, X509TrustManager manager)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {manager}, null);
        return context;
    }
}
