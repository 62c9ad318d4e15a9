package com.neuralrouter.server.audit;

import com.neuralrouter.contract.ApplianceStatus.Alert;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;
import com.neuralrouter.tlog.Checkpoint;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** How long the audit log is, how far it is signed, and what somebody has to look at. */
public final class AuditMetrics implements Metrics {
    private static final MetricFamily ENTRIES =
            MetricFamily.gauge(
                    "audit_log_entries", "Entries of the audit log, all there ever were.");
    private static final MetricFamily UNSIGNED =
            MetricFamily.gauge(
                    "audit_log_unsigned_entries", "Entries behind the newest signed checkpoint.");
    private static final MetricFamily SIGNED_AT =
            MetricFamily.gauge(
                    "audit_checkpoint_timestamp_seconds",
                    "When the newest checkpoint was signed, in Unix time; the start of the"
                            + " appliance if none was since.");
    private static final MetricFamily ALERT =
            MetricFamily.gauge(
                    "alert", "Whether somebody has to look at that now: 1 or 0.", "alert");

    public static final List<MetricFamily> FAMILIES = List.of(ENTRIES, UNSIGNED, SIGNED_AT, ALERT);

    private static final double MILLIS = 1e3;

    private final EntryLog log;
    private final Supplier<Set<Alert>> alerts;

    public AuditMetrics(EntryLog log, Supplier<Set<Alert>> alerts) {
        this.log = log;
        this.alerts = alerts;
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        long signed = Checkpoint.parse(log.checkpoint().text()).size();
        long size = log.size();
        to.add(ENTRIES, size);
        to.add(UNSIGNED, Math.max(0, size - signed));
        to.add(SIGNED_AT, log.checkpointSignedAt().toEpochMilli() / MILLIS);
        Set<Alert> now = alerts.get();
        for (Alert alert : Alert.values()) {
            to.add(ALERT, now.contains(alert) ? 1 : 0, alert.name().toLowerCase(Locale.ROOT));
        }
    }
}
