package com.neuralrouter.server.device;

import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.contract.Device;
import com.neuralrouter.server.admin.AdminCaller;
import com.neuralrouter.server.admin.AdminPeers;
import com.neuralrouter.server.admin.SiteReads;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Recognises devices by the fingerprint of their certificate's key. It asks the store for every
 * request, so that a connection that is open does not outlive a revocation, nor its certificate.
 * Safe for all threads.
 */
public final class EnrolledPeers implements AdminPeers {
    private final SiteReads reads;
    private final DeviceStore devices;
    private final Clock clock;

    public EnrolledPeers(SiteReads reads, DeviceStore devices, Clock clock) {
        this.reads = reads;
        this.devices = devices;
        this.clock = clock;
    }

    @Override
    public Optional<AdminCaller> of(List<X509Certificate> certificates, String address) {
        X509Certificate leaf = certificates.getFirst();
        if (!clock.instant().isBefore(leaf.getNotAfter().toInstant())) {
            return Optional.empty();
        }
        Optional<Device> device = reads.read(tx -> devices.find(tx, Fingerprints.of(leaf)));
        return device.filter(found -> found.revokedAt() == null)
                .map(found -> new AdminCaller(found.id(), found.name(), found.role(), address));
    }
}
