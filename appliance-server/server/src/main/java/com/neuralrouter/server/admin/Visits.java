package com.neuralrouter.server.admin;

import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.audit.AuditEvent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells the trail who comes and what they look at: a device that comes after a quarter of an hour
 * without a request, and each look at something sensitive. The first of a visit at a path is an
 * entry at once, before the answer; how often it was looked at again, as a screen does every few
 * seconds, is told each quarter of an hour. Safe for all threads.
 */
final class Visits {
    /** After this long without a request the next one begins a new visit. */
    private static final Duration IDLE = Duration.ofMinutes(15);

    private static final int MOST_PATHS = 500;

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

    /** Of visits that are over. */
    private final Queue<AuditEvent> left = new ConcurrentLinkedQueue<>();

    private final AtomicReference<Instant> told;

    /** One device's visit; used under its own lock. */
    private static final class Visit {
        private Instant last = Instant.MIN;

        /** How often each path was looked at since that was told; 0 for only once, and told. */
        private final Map<String, Integer> seen = new TreeMap<>();
    }

    Visits(AdminTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.told = new AtomicReference<>(clock.instant());
    }

    /** Throws {@link com.neuralrouter.server.store.StoreFailure}: nobody looks unseen. */
    void request(AdminCaller caller, Permission permission, String path, RequestId requestId) {
        Visit visit = visits.computeIfAbsent(caller.device(), _ -> new Visit());
        Instant now = clock.instant();
        boolean comes;
        boolean looks;
        synchronized (visit) {
            comes = visit.last.isBefore(now.minus(IDLE));
            if (comes) {
                left.addAll(again(caller.device(), visit));
                visit.seen.clear();
            }
            visit.last = now;
            looks = SENSITIVE.contains(permission) && looks(visit, permission + " " + path);
        }
        if (comes) {
            record(caller, "device.signed_in", requestId, Map.of("role", caller.role().name()));
        }
        if (looks) {
            record(
                    caller,
                    "data.read",
                    requestId,
                    Map.of("permission", permission.name(), "what", path));
        }
    }

    /** Whether it is the first look; a visit that looks at very much has entries of each. */
    private static boolean looks(Visit visit, String what) {
        Integer before = visit.seen.get(what);
        if (before == null && visit.seen.size() >= MOST_PATHS) {
            return true;
        }
        visit.seen.merge(what, 0, (times, _) -> times + 1);
        return before == null;
    }

    /** What was looked at again since this was last asked, at most once in a quarter of an hour. */
    List<AuditEvent> readAgain() {
        var events = new ArrayList<AuditEvent>();
        for (AuditEvent each = left.poll(); each != null; each = left.poll()) {
            events.add(each);
        }
        Instant now = clock.instant();
        if (!now.isBefore(told.get().plus(IDLE))) {
            told.set(now);
            visits.forEach((device, visit) -> {
                synchronized (visit) {
                    events.addAll(again(device, visit));
                }
            });
        }
        return events;
    }

    /** Under the visit's lock. */
    private static List<AuditEvent> again(DeviceId device, Visit visit) {
        var events = new ArrayList<AuditEvent>();
        visit.seen.replaceAll((what, times) -> {
            if (times > 0) {
                int blank = what.indexOf(' ');
                events.add(
                        AuditEvent.done(
                                "data.read_again",
                                "device/" + device,
                                Map.of(
                                        "permission", what.substring(0, blank),
                                        "what", what.substring(blank + 1),
                                        "count", String.valueOf(times))));
            }
            return 0;
        });
        return events;
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
