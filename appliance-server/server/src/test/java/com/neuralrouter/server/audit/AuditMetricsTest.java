package com.neuralrouter.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApplianceStatus.Alert;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.metric.PrometheusText;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What the audit log tells of itself. */
@Tag("store")
class AuditMetricsTest {
    @TempDir private Path folder;
    private final Set<Alert> alerts = EnumSet.noneOf(Alert.class);
    private TestSite site;

    @BeforeEach
    void open() {
        site = new TestSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void tellsHowLongTheLogIsAndHowFarItIsSigned() {
        PrometheusText before = told();
        var owner = site.as(Permission.STATUS_READ);
        site.transactions.record(
                owner.actor(), owner.requestId(), AuditEvent.done("test.done", "test", Map.of()));
        site.log.checkpointNow();

        PrometheusText after = told();

        assertThat(after.value("neural_router_audit_log_entries"))
                .isGreaterThan(before.value("neural_router_audit_log_entries"))
                .isEqualTo(site.log.size());
        assertThat(after.value("neural_router_audit_log_unsigned_entries")).isZero();
        assertThat(after.value("neural_router_audit_checkpoint_timestamp_seconds"))
                .isGreaterThanOrEqualTo(
                        before.value("neural_router_audit_checkpoint_timestamp_seconds"))
                .isLessThanOrEqualTo(System.currentTimeMillis() / 1e3);
    }

    @Test
    void tellsEachAlertAsOneOrZero() {
        alerts.add(Alert.AUDIT_LOG_UNWRITABLE);

        PrometheusText told = told();

        assertThat(told.value("neural_router_alert", "alert", "audit_log_unwritable")).isEqualTo(1);
        assertThat(told.value("neural_router_alert", "alert", "witnessed_log_contradicts"))
                .isZero();
        assertThat(told.family("neural_router_alert").samples()).hasSize(Alert.values().length);
    }

    private PrometheusText told() {
        return PrometheusText.of(new AuditMetrics(site.log, () -> alerts));
    }
}
