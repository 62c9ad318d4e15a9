package com.neuralrouter.server.listener;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A listener's TLS: certificates that can be exchanged while it runs. A reload replaces the whole
 * context, sessions and ticket keys included, so that nobody resumes a session that was granted
 * under the old trust. Safe for all threads.
 */
final class ListenerTls {
    /** How long a session can be resumed. Seconds. */
    private static final int SESSION_TIMEOUT = 3_600;

    private final Plane plane;
    private final Consumer<SSLEngine> accepted;
    private final AtomicReference<SSLContext> current;

    /**
     * @param accepted is told of the engine of each connection, on the connection's own thread
     */
    ListenerTls(Plane plane, TlsMaterial material, Consumer<SSLEngine> accepted) {
        this.plane = plane;
        this.accepted = accepted;
        this.current = new AtomicReference<>(context(material));
    }

    /** New connections are served with this from now on. */
    void reload(TlsMaterial material) {
        current.set(context(material));
    }

    /** What Helidon is given once and asks for an engine for each connection. */
    Tls forHelidon() {
        SSLContext first = current.get();
        var switching =
                new SSLContext(new Switching(), first.getProvider(), first.getProtocol()) {};
        return Tls.builder()
                .sslContext(switching)
                .enabledProtocols(plane.protocols())
                .enabledCipherSuites(plane.cipherSuites())
                .clientAuth(
                        plane.clientCertificateRequired()
                                ? TlsClientAuth.REQUIRED
                                : TlsClientAuth.NONE)
                .build();
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

    /** Passes everything on to the context of the moment. */
    private final class Switching extends SSLContextSpi {
        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return current.get().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            SSLEngine engine = current.get().createSSLEngine(host, port);
            accepted.accept(engine);
            return engine;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
            throw new UnsupportedOperationException("a listener's context comes initialised");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return current.get().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return current.get().getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return current.get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return current.get().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return current.get().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return current.get().getSupportedSSLParameters();
        }
    }
}
