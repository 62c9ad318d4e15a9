package com.neuralrouter.server.acceptance;

import com.neuralrouter.server.bootstrap.SiteFolder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

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
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return new SiteTrust(manager, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the site's root.pem can't be trusted", e);
        }
    }
}
