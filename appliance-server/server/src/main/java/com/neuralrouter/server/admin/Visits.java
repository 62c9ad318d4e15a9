package com.neuralrouter.server.admin;

import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.AuditEvent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the trail who comes and what they look at: a device that comes after a quarter of an hour
 * without a request, and the first look of each such visit at something sensitive. Safe for all
 * threads.
 */
final class Visits {
    /** After this long without a request the next one begins a new visit. */
    private static final Duration IDLE = Duration.ofMinutes(15);

    /** What tells of people, keys or what was done. */
    private static final Set<Permission> SENSITIVE =
            EnumSet.of(
                    Permission.API_KEYS_READ,
                    Permission.CREDENTIALS_READ,
                    Permission.REQUESTS_READ,
                    Permission.AUDIT_READ,
                    Permission.BACKUPS_READ,
                    Permission.DEVICES_READ,
                    Permission.KEYS_READ,
                    Permission.SITE_EXPORT);

    private final AdminTransactions transactions;
    private final Clock clock;
    private final Map<DeviceId, Visit> visits = new ConcurrentHashMap<>();

    /** One device's visit; used under its own lock. */
    private static final class Visit {
        private Instant last = Instant.MIN;
        private final Set<Permission> seen = EnumSet.noneOf(Permission.class);
    }

    Visits(AdminTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Throws {@link com.neuralrouter.server.store.StoreFailure}: nobody looks unseen. */
    void request(AdminCaller caller, Permission permission, RequestId requestId) {
        Visit visit = visits.computeIfAbsent(caller.device(), _ -> new Visit());
        Instant now = clock.instant();
        boolean comes;
        boolean looks;
        synchronized (visit) {
            comes = visit.last.isBefore(now.minus(IDLE));
            if (comes) {
                visit.seen.clear();
            }
            visit.last = now;
            looks = SENSITIVE.contains(permission) && visit.seen.add(permission);
        }
        if (comes) {
            record(caller, "device.signed_in", requestId, Map.of("role", caller.role().name()));
        }
        if (looks) {
            record(caller, "data.read", requestId, Map.of("permission", permission.name()));
        }
    }

    private void record(
            AdminCaller caller, String action, RequestId requestId, Map<String, String> details) {
        try {
            transactions.record(
                    caller.actor(),
                    requestId,
                    AuditEvent.done(action, "device/" + caller.device(), details));
        } catch (RuntimeException unrecorded) {
            visits.remove(caller.device());
            throw unrecorded;
        }
    }
}
