package com.neuralrouter.contract;

import java.time.Instant;
import java.util.Set;

/**
 * What the desktop's status bar shows.
 *
 * @param name the site's name for this appliance
 * @param version the appliance's version
 * @param installation a UUID made once, at {@code init}
 * @param snapshot the number of the published site state that the inference plane works by
 * @param auditEntries how many entries the audit trail has; entry numbers are gap-free and begin
 *     with 1
 * @param now the appliance's clock
 * @param startedAt when it was started
 * @param inferenceUrl the base URL that an OpenAI client is given, {@code /v1} included
 * @param alerts what somebody has to look at now
 * @param approvalsWaiting how many changes wait for who is asking to decide about them
 * @param you who is asking
 */
public record ApplianceStatus(
        String name,
        String version,
        String installation,
        long snapshot,
        long auditEntries,
        Instant now,
        Instant startedAt,
        String inferenceUrl,
        Set<Alert> alerts,
        int approvalsWaiting,
        You you) {

    public ApplianceStatus {
        alerts = Set.copyOf(alerts);
    }

    /** What somebody has to look at now. */
    public enum Alert {
        /** The audit log can't be written: nothing is changed, and by default nothing served. */
        AUDIT_LOG_UNWRITABLE,
        /** The log of another site, which this one witnesses, contradicts what was seen of it. */
        WITNESSED_LOG_CONTRADICTS
    }

    /**
     * The administrator behind the client certificate.
     *
     * @param name the device's
     * @param person who it is; several devices may be one person's
     */
    public record You(
            DeviceId device, String name, String person, Role role, Set<Permission> permissions) {
        public You {
            permissions = Set.copyOf(permissions);
        }
    }
}
