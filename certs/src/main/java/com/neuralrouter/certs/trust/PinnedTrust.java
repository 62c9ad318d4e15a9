package com.neuralrouter.certs.trust;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which server a client of the appliance trusts: one site's, and nothing that the machine trusts
 * otherwise. {@link #ofPin} is for enrolment, when only the code's pin is known, and looks for the
 * root in the chain that the server sends; {@link #ofRoot} is for ever after. Both demand the name
 * check (RFC 9110, section 4.3.4): a connection that is made without it is refused, so that nobody
 * can forget it. Safe for all threads.
 */
public final class PinnedTrust extends X509ExtendedTrustManager {
    private static final String NAME_CHECK = "HTTPS";

    /** Finds the root that the chain must end in, or fails. */
    private interface Anchor {
        X509Certificate in(X509Certificate[] chain) throws CertificateException;
    }

    private final Anchor anchor;

    private PinnedTrust(Anchor anchor) {
        this.anchor = anchor;
    }

    /**
     * Trusts chains that carry a root with this pin and end in it.
     *
     * @param pin the first bytes of the root's fingerprint, as in {@link Fingerprints#pin}
     */
    public static PinnedTrust ofPin(byte[] pin) {
        byte[] wanted = pin.clone();
        if (wanted.length != Fingerprints.PIN_BYTES) {
            throw new IllegalArgumentException("a pin has 16 bytes");
        }
        return new PinnedTrust(chain -> pinned(chain, wanted));
    }

    /** Trusts chains that end in this root. */
    public static PinnedTrust ofRoot(X509Certificate root) {
        return new PinnedTrust(chain -> root);
    }

    /** What a server uses to trust the client certificates of one site only. */
    public static X509ExtendedTrustManager ofClients(X509Certificate root) {
        return pkix(root);
    }

    /** For a client that shows no certificate; TLS 1.3 only. */
    public SSLContext context() {
        return context(new KeyManager[0]);
    }

    /** For a client that shows one; TLS 1.3 only. */
    public SSLContext context(TlsIdentity identity) {
        return context(identity.keyManagers());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        demandNameCheck(engine.getSSLParameters());
        pkix(anchor.in(chain)).checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket tls)) {
            throw new CertificateException("only TLS sockets are trusted");
        }
        demandNameCheck(tls.getSSLParameters());
        pkix(anchor.in(chain)).checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("the server's name cannot be checked without a connection");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw notForServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notForServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notForServers();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private SSLContext context(KeyManager[] keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 11 has TLS 1.3", e);
        }
    }

    private static X509Certificate pinned(X509Certificate[] chain, byte[] pin)
            throws CertificateException {
        List<X509Certificate> matching =
                Arrays.stream(chain)
                        .filter(sent -> MessageDigest.isEqual(pin, Fingerprints.pin(sent)))
                        .toList();
        if (matching.isEmpty()) {
            throw new CertificateException(
                    "this is not the appliance that the enrolment code was made by");
        }
        return matching.getFirst();
    }

    private static void demandNameCheck(SSLParameters parameters) throws CertificateException {
        if (!NAME_CHECK.equals(parameters.getEndpointIdentificationAlgorithm())) {
            throw new CertificateException("the connection was made without the name check");
        }
    }

    private static CertificateException notForServers() {
        return new CertificateException("this trust is for clients");
    }

    /** The JDK's own path validation with one anchor: dates, constraints, key usage, names. */
    private static X509ExtendedTrustManager pkix(X509Certificate root) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("root", root);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager trust) {
                    return trust;
                }
            }
            throw new IllegalStateException("the JDK's PKIX trust manager is missing");
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateProblem("The root certificate cannot be trusted.", e);
        }
    }
}
