package com.neuralrouter.server.listener;

import io.helidon.common.socket.PeerInfo;

import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Who is at the other end of a connection, as the socket and its TLS know. */
record SecurePeer(PeerInfo socket, SSLSession session) implements PeerInfo {
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
        try {
            return Optional.of(session.getPeerPrincipal());
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
        try {
            return Optional.of(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }
}
