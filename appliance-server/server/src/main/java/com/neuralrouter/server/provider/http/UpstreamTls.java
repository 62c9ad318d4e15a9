package com.neuralrouter.server.provider.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS to one provider: 1.2 or 1.3, its certificate checked against the endpoint's CAs and its host
 * name (RFC 9525). One for each endpoint, so that sessions are resumed. Safe for all threads.
 */
final class UpstreamTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};

    private final SSLContext context;
    private final String host;
    private final int port;
    private final Set<String> pins;

    /**
     * @param trusted PEM of the CAs, null for the runtime's
     * @param pins the keys one of which the certificate must have, as in {@link
     *     com.neuralrouter.server.provider.Endpoint}; empty means any
     */
    UpstreamTls(String host, int port, @Nullable String trusted, Set<String> pins)
            throws UpstreamException {
        this.host = host;
        this.port = port;
        this.pins = pins;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, trusted == null ? null : trustIn(trusted), null);
        } catch (GeneralSecurityException | IOException e) {
            throw UpstreamException.unreachable("the provider's trusted certificates are unusable");
        }
    }

    /** Does the handshake; the socket below is closed with the one that is returned. */
    Socket over(Socket socket) throws IOException {
        var secure = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (nameCanBeSent()) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        if (!pins.isEmpty()) {
            demandPinned(secure);
        }
        return secure;
    }

    /** Nothing of a request was sent yet. */
    private void demandPinned(SSLSocket secure) throws IOException {
        Certificate own = secure.getSession().getPeerCertificates()[0];
        if (!pins.contains(pin(own))) {
            secure.close();
            throw new OtherKey();
        }
    }

    private static String pin(Certificate certificate) {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }

    /** The certificate is good, but its key is none of those that were pinned. */
    private static final class OtherKey extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** What went wrong in a handshake, in words that help whoever set it up. */
    static String reason(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = reasonOf(cause);
            if (reason != null) {
                return reason;
            }
        }
        return "TLS: the handshake failed";
    }

    private static @Nullable String reasonOf(Throwable cause) {
        return switch (cause) {
            case OtherKey _ -> "TLS: the provider's certificate has a key that is not pinned";
            case CertificateExpiredException _ -> "TLS: the provider's certificate has expired";
            case CertificateNotYetValidException _ ->
                    "TLS: the provider's certificate is not valid yet";
            case CertPathValidatorException path when path.getReason() == BasicReason.EXPIRED ->
                    "TLS: the provider's certificate has expired";
            case CertPathValidatorException path when path.getReason() == BasicReason.REVOKED ->
                    "TLS: the provider's certificate was revoked";
            case CertPathBuilderException _, CertPathValidatorException _ ->
                    "TLS: the provider's certificate comes from a CA that is not trusted here";
            case CertificateException wrong when wrong.getCause() == null && aboutName(wrong) ->
                    "TLS: the provider's certificate is for another host";
            default -> null;
        };
    }

    /** The runtime has no type of its own for this; its message begins in one of these ways. */
    private static boolean aboutName(CertificateException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("No subject alternative") || message.startsWith("No name match");
    }

    /** Addresses are not sent as server names (RFC 6066, section 3). */
    private boolean nameCanBeSent() {
        return host.indexOf(':') < 0 && Character.digit(host.charAt(host.length() - 1), 10) < 0
                || Character.isLetter(host.charAt(0));
    }

    private static TrustManager[] trustIn(String pem) throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            trusted.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
