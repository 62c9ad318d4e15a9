package com.neuralrouter.server.admin;

import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.Actor;
import com.neuralrouter.server.audit.AuditEvent;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Tells the audit trail of certificates that the site's CA has signed and that no enrolled device
 * has: of a device that was revoked, say. Each entry is a write to the disk, so only the first of a
 * key in an hour leaves one, with how many requests were refused since the entry before. Remembers
 * as many keys as {@link #KEYS}; when there are more, the one that began longest ago is forgotten.
 * Used by {@link AdminHttp}, safe for all threads.
 */
public final class RefusedCertificates {
    static final Duration WINDOW = Duration.ofHours(1);
    private static final int KEYS = 1_000;

    private final AdminTransactions transactions;
    private final Clock clock;

    /** By fingerprint, in the order in which they began. Guarded by this. */
    private final LinkedHashMap<String, Window> windows = new LinkedHashMap<>();

    /**
     * @param silent how many were refused in it without an entry
     */
    private record Window(Instant began, long silent) {
        boolean holds(Instant now) {
            // A clock that was set back must not keep the trail silent until it has caught up.
            return !now.isBefore(began) && now.isBefore(began.plus(WINDOW));
        }
    }

    public RefusedCertificates(AdminTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The refusal stands whether or not its entry can be written. */
    void refused(X509Certificate certificate, String address, RequestId requestId) {
        String fingerprint = Fingerprints.of(certificate);
        OptionalLong silent = begin(fingerprint);
        if (silent.isPresent()) {
            transactions.recordRefusal(
                    new Actor.Appliance("admin"),
                    requestId,
                    AuditEvent.refused(
                            "certificate.refused",
                            "certificate/" + fingerprint,
                            Map.of(
                                    "subject", certificate.getSubjectX500Principal().getName(),
                                    "address", address,
                                    "refusedSince", Long.toString(silent.getAsLong()))));
        }
    }

    /** How many were refused in silence before; empty when this one shall be too. */
    private synchronized OptionalLong begin(String fingerprint) {
        Instant now = clock.instant();
        Window window = windows.get(fingerprint);
        if (window != null && window.holds(now)) {
            windows.put(fingerprint, new Window(window.began(), window.silent() + 1));
            return OptionalLong.empty();
        }
        windows.remove(fingerprint);
        windows.put(fingerprint, new Window(now, 0));
        if (windows.size() > KEYS) {
            windows.pollFirstEntry();
        }
        return OptionalLong.of(window == null ? 0 : window.silent());
    }
}
