package com.neuralrouter.server.listener;

import io.helidon.webserver.http.HttpRouting;

/**
 * One listener, before it is started.
 *
 * @param host the address to bind to
 * @param port 0 lets the system choose
 * @param routing what it serves; the listener adds its own filter in front
 */
public record ListenerSpec(
        Plane plane,
        String host,
        int port,
        TlsMaterial tls,
        ListenerLimits limits,
        ErrorFormats errors,
        HttpRouting.Builder routing) {

    public ListenerSpec {
        if (plane.clientCertificateRequired() == tls.clientAnchors().isEmpty()) {
            throw new IllegalArgumentException(
                    "the "
                            + plane.label()
                            + " listener "
                            + (plane.clientCertificateRequired()
                                    ? "needs the CA of its clients"
                                    : "asks for no client certificates"));
        }
    }
}
