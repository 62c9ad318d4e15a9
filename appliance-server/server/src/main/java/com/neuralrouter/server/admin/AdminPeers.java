package com.neuralrouter.server.admin;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Knows which client certificates belong to enrolled devices. {@link AdminHttp} asks for every
 * request, not once for a connection, so that a revocation is in force with the very next request.
 * Safe for all threads.
 */
public interface AdminPeers {

    /**
     * The device that the handshake has proven, or empty if it is not enrolled here or was revoked.
     *
     * @param certificates the peer's chain, its own certificate first; the handshake has verified
     *     it against the site's CA
     * @param address where the connection comes from, for the audit trail
     */
    Optional<AdminCaller> of(List<X509Certificate> certificates, String address);
}
