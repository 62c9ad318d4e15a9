package com.neuralrouter.server.device;

import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.contract.Device;
import com.neuralrouter.server.admin.AdminCaller;
import com.neuralrouter.server.admin.AdminPeers;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Recognises devices by the fingerprint of their certificate's key. It asks for every request, so
 * that a connection that is open does not outlive a revocation, nor its certificate. Safe for all
 * threads.
 */
public final class EnrolledPeers implements AdminPeers {
    private final EnrolledDevices devices;
    private final Clock clock;

    /** Knows the devices that are enrolled and not revoked; the snapshot does. */
    public interface EnrolledDevices {
        Optional<Device> byFingerprint(String fingerprint);
    }

    public EnrolledPeers(EnrolledDevices devices, Clock clock) {
        this.devices = devices;
        this.clock = clock;
    }

    @Override
    public Optional<AdminCaller> of(List<X509Certificate> certificates, String address) {
        X509Certificate leaf = certificates.getFirst();
        if (!clock.instant().isBefore(leaf.getNotAfter().toInstant())) {
            return Optional.empty();
        }
        return devices.byFingerprint(Fingerprints.of(leaf))
                .map(found ->
                        new AdminCaller(
                                found.id(), found.name(), found.role(), address, found.heldBy()));
    }
}
