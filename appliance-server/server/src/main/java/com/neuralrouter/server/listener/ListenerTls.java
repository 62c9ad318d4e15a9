package com.neuralrouter.server.listener;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * A listener's TLS: certificates that can be exchanged while it runs. A reload replaces the whole
 * context, sessions and ticket keys included, so that nobody resumes a session that was granted
 * under the old trust. Safe for all threads.
 */
final class ListenerTls {
    /** How long a session can be resumed. Seconds. */
    private static final int SESSION_TIMEOUT = 3_600;

    private static final String HTTP = "http/1.1";

    private final Plane plane;
    private final AtomicReference<SSLContext> current;

    ListenerTls(Plane plane, TlsMaterial material) {
        this.plane = plane;
        this.current = new AtomicReference<>(context(material));
    }

    /** New connections are served with this from now on. */
    void reload(TlsMaterial material) {
        current.set(context(material));
    }

    /** The server's side of one new connection. */
    SSLEngine engine() {
        SSLEngine engine = current.get().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(plane.protocols().toArray(String[]::new));
        parameters.setCipherSuites(plane.cipherSuites().toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNeedClientAuth(plane.clientCertificateRequired());
        engine.setSSLParameters(parameters);
        engine.setHandshakeApplicationProtocolSelector(
                (of, offered) -> offered.contains(HTTP) ? HTTP : null);
        return engine;
    }

    private SSLContext context(TlsMaterial material) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    MemoryKeyStore.keyManagers(material.key(), material.chain()),
                    trustManagers(material),
                    null);
            context.getServerSessionContext().setSessionTimeout(SESSION_TIMEOUT);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "the certificate of the " + plane.label() + " listener cannot be used",
                    unusable);
        }
    }

    private TrustManager[] trustManagers(TlsMaterial material) throws GeneralSecurityException {
        return plane.clientCertificateRequired()
                ? new TrustManager[] {ClientCertificates.from(material.clientAnchors())}
                : new TrustManager[0];
    }
}
