package com.neuralrouter.server.listener;

import io.helidon.common.socket.PeerInfo;

import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who is at the other end of a connection, as the socket and its TLS know. The session is asked
 * once: it answers that there is no certificate with an exception, which costs too much for each
 * request. Does not change.
 */
final class SecurePeer implements PeerInfo {
    private final PeerInfo socket;
    private final Optional<Principal> principal;
    private final Optional<Certificate[]> certificates;

    SecurePeer(PeerInfo socket, SSLSession session) {
        this.socket = socket;
        Optional<Principal> named;
        Optional<Certificate[]> shown;
        try {
            shown = Optional.of(session.getPeerCertificates());
            named = Optional.of(session.getPeerPrincipal());
        } catch (SSLPeerUnverifiedException none) {
            shown = Optional.empty();
            named = Optional.empty();
        }
        this.certificates = shown;
        this.principal = named;
    }

    @Override
    public SocketAddress address() {
        return socket.address();
    }

    @Override
    public String host() {
        return socket.host();
    }

    @Override
    public int port() {
        return socket.port();
    }

    @Override
    public Optional<Principal> tlsPrincipal() {
        return principal;
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
        return certificates.map(Certificate[]::clone);
    }
}
