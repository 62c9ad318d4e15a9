package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.MetricsEndpoints;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.audit.AuditMetrics;
import com.neuralrouter.server.backup.BackupMetrics;
import com.neuralrouter.server.backup.Backups;
import com.neuralrouter.server.budget.BudgetCommands;
import com.neuralrouter.server.certificate.CertificateMetrics;
import com.neuralrouter.server.certificate.ListenerIdentities;
import com.neuralrouter.server.guardrail.GuardrailCounts;
import com.neuralrouter.server.incident.IncidentMetrics;
import com.neuralrouter.server.incident.IncidentStore;
import com.neuralrouter.server.inference.InferenceMetrics;
import com.neuralrouter.server.listener.ListenerMetrics;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;
import com.neuralrouter.server.metric.ProcessMetrics;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.route.ProviderMetrics;
import com.neuralrouter.server.route.SuspensionCommands;
import com.neuralrouter.server.usage.JournalMetrics;
import com.neuralrouter.server.usage.MappedRequestJournal;
import com.neuralrouter.server.usage.RequestMetrics;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a program that watches the appliance is told, put together. */
record MetricsRoom(
        SiteFolder site,
        AdminPlane.Ground ground,
        InferencePlane inference,
        AuditTrail trail,
        ListenerIdentities identities) {

    /** All that is ever told, in the order in which it is shown. */
    static final List<MetricFamily> FAMILIES =
            Stream.of(
                            ProcessMetrics.FAMILIES,
                            InferenceMetrics.FAMILIES,
                            ListenerMetrics.FAMILIES,
                            RequestMetrics.FAMILIES,
                            JournalMetrics.FAMILIES,
                            ProviderMetrics.FAMILIES,
                            GuardrailCounts.FAMILIES,
                            IncidentMetrics.FAMILIES,
                            AuditMetrics.FAMILIES,
                            CertificateMetrics.FAMILIES,
                            BackupMetrics.FAMILIES,
                            MetricsEndpoints.FAMILIES)
                    .flatMap(List::stream)
                    .toList();

    AdminEndpoints endpoints(
            RequestMetrics requests,
            MappedRequestJournal journal,
            Backups backups,
            BoundPorts bound) {
        return new MetricsEndpoints(
                List.of(
                        new ProcessMetrics(ApplianceVersion.text(), site.root()),
                        new InferenceMetrics(inference.readiness(), inference.strangers()),
                        listeners(bound),
                        requests,
                        new JournalMetrics(journal),
                        providers(),
                        inference.ways().guardrails(),
                        incidents(),
                        trail.metrics(),
                        new CertificateMetrics(identities),
                        SiteBackups.metrics(site, ground.config().backup(), backups)));
    }

    private Metrics listeners(BoundPorts bound) {
        ApplianceConfig.Limits limits = ground.config().limits();
        return new ListenerMetrics(
                bound::connections, limits.connections(), limits.concurrentRequests());
    }

    private Metrics providers() {
        var reads = new SiteReads(ground.database());
        var store = new ProviderStore();
        Routing ways = inference.ways();
        return new ProviderMetrics(
                () -> reads.read(store::all), ways.health(), ways.standings(), ways.probes());
    }

    private Metrics incidents() {
        return new IncidentMetrics(
                new SiteReads(ground.database()),
                new IncidentStore(),
                Set.of(BudgetCommands.RULE, SuspensionCommands.RULE));
    }
}
