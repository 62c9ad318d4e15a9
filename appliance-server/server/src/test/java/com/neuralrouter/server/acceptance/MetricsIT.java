package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.server.bootstrap.ApplianceConfig;
import com.neuralrouter.server.bootstrap.MetricNames;
import com.neuralrouter.server.metric.PrometheusText;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a whole appliance tells a program that watches it, over the admin listener, with the
 * certificate of a device that may only look.
 */
@Timeout(180)
class MetricsIT {
    private static final String MODEL = "m";
    private static final String DENIED = "denied";
    private static final String CANARY = "canary-7f3a-of-the-prompt";
    private static final String STRANGER = "nr_canary-key-that-nobody-has";

    @TempDir private Path folder;
    private FakeUpstream upstream;
    private RunningSite site;
    private String key;

    @BeforeEach
    void start() throws IOException {
        upstream = FakeUpstream.start();
        upstream.always(Completions.asAsked(MODEL, CANARY));
        site = RunningSite.start(folder);
        try (Administrator operator = site.operator()) {
            key = RunningSite.onlyKey(operator.apply(document()));
        }
    }

    @AfterEach
    void stop() throws IOException {
        site.close();
        upstream.close();
    }

    @Test
    void tellsWhatRequestsCameToAndNothingOfWhatTheySaid() throws Exception {
        ask();

        try (Administrator watcher = watcher()) {
            String text = awaitStored(watcher, 4);
            PrometheusText told = PrometheusText.parse(text);

            assertThat(told.names()).isEqualTo(MetricNames.all());
            assertThat(told.requests("completed", "2xx", "false")).isEqualTo(2);
            assertThat(told.requests("completed", "2xx", "true")).isEqualTo(1);
            assertThat(told.requests("failed", "4xx", "false")).isEqualTo(1);
            assertThat(
                            told.value(
                                    "neural_router_request_problems_total",
                                    "problem",
                                    "policy_refused"))
                    .isEqualTo(1);
            assertThat(
                            told.value(
                                    "neural_router_unidentified_requests_total",
                                    "problem",
                                    "credential_refused"))
                    .isEqualTo(1);
            assertThat(
                            told.value(
                                    "neural_router_workspace_requests_total",
                                    "workspace",
                                    RunningSite.WORKSPACE))
                    .isEqualTo(4);
            assertThat(told.value("neural_router_tokens_total", "direction", "output"))
                    .isGreaterThanOrEqualTo(6);
            assertThat(
                            told.value(
                                    "neural_router_request_duration_seconds_count",
                                    "stream",
                                    "false"))
                    .isEqualTo(2);
            assertThat(
                            told.value(
                                    "neural_router_request_first_byte_seconds_count",
                                    "stream",
                                    "true"))
                    .isEqualTo(1);
            assertThat(text).doesNotContain(CANARY, STRANGER, key, key.substring(3, 20));
        }
    }

    @Test
    void tellsHowTheApplianceItselfIs() throws Exception {
        try (Administrator watcher = watcher()) {
            PrometheusText told = PrometheusText.parse(watcher.text(AdminApi.METRICS));

            double now = System.currentTimeMillis() / 1e3;
            assertThat(told.value("neural_router_ready")).isEqualTo(1);
            assertThat(told.value("neural_router_metrics_missing")).isZero();
            assertThat(told.value("neural_router_requests_in_progress")).isZero();
            assertThat(told.value("neural_router_connections")).isPositive();
            assertThat(told.value("neural_router_inference_requests_max"))
                    .isEqualTo(ApplianceConfig.DEFAULT_LIMITS.concurrentRequests());
            assertThat(told.value("neural_router_journal_capacity_records")).isEqualTo(65_536);
            assertThat(told.value("neural_router_audit_log_entries")).isGreaterThan(3);
            assertThat(told.value("neural_router_audit_checkpoint_timestamp_seconds"))
                    .isBetween(now - 120, now + 1);
            assertThat(told.value("neural_router_alert", "alert", "audit_log_unwritable")).isZero();
            assertThat(
                            told.value(
                                    "neural_router_certificate_expiry_timestamp_seconds",
                                    "certificate",
                                    "inference"))
                    .isGreaterThan(now);
            assertThat(
                            told.value(
                                    "neural_router_incidents",
                                    "rule",
                                    "provider_sla",
                                    "state",
                                    "open"))
                    .isZero();
            assertThat(
                            told.value(
                                    "neural_router_provider_standing",
                                    "provider",
                                    "upstream",
                                    "standing",
                                    "in_service"))
                    .isEqualTo(1);
            assertThat(told.value("neural_router_process_open_fds")).isPositive();
        }
    }

    @Test
    void beginsAt0AfterARestart() throws Exception {
        ask();
        try (Administrator watcher = watcher()) {
            awaitStored(watcher, 4);
        }
        site.close();
        site = RunningSite.startAgain(site.folder());

        try (Administrator operator = site.operator()) {
            PrometheusText told = PrometheusText.parse(operator.text(AdminApi.METRICS));

            assertThat(stored(told)).isZero();
            assertThat(told.value("neural_router_tokens_total", "direction", "output")).isZero();
            assertThat(told.value("neural_router_journal_waiting_records")).isZero();
        }
    }

    /** Two whole answers, a stream, one that a policy refuses, and one without a good key. */
    private void ask() throws IOException {
        try (App app = site.app(key);
                App stranger = site.app(STRANGER)) {
            assertThat(app.ask(App.chat(MODEL, CANARY)).status()).isEqualTo(200);
            assertThat(app.ask(App.chat(MODEL, CANARY)).status()).isEqualTo(200);
            assertThat(app.ask(App.stream(MODEL, CANARY)).status()).isEqualTo(200);
            assertThat(app.ask(App.chat(DENIED, CANARY)).status()).isEqualTo(403);
            assertThat(stranger.ask(App.chat(MODEL, CANARY)).status()).isEqualTo(401);
        }
    }

    private Administrator watcher() throws IOException {
        try (Administrator operator = site.operator()) {
            Enrolled device =
                    Enrolled.in(
                            site.folder(),
                            site.enrolmentPort(),
                            operator,
                            new CreateInvitation("prometheus", Role.MEMBER));
            return new Administrator(
                    site.trust().contextShowing(device.identity()), site.adminPort());
        }
    }

    private static String awaitStored(Administrator watcher, int count) throws Exception {
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String text = watcher.text(AdminApi.METRICS);
        while (stored(PrometheusText.parse(text)) < count && System.nanoTime() < deadline) {
            assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
            text = watcher.text(AdminApi.METRICS);
        }
        return text;
    }

    private static double stored(PrometheusText told) {
        return told.family("neural_router_requests_total").samples().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private SiteDocument document() {
        return new SiteDocument(
                SiteDocument.API_VERSION,
                null,
                List.of(
                        new ProviderDocument(
                                "upstream",
                                ProviderKind.OPENAI,
                                upstream.baseUrl().toString(),
                                Authentication.NONE,
                                null)),
                List.of(
                        new WorkspaceDocument(
                                RunningSite.WORKSPACE,
                                null,
                                null,
                                new PolicyDocument(null, List.of(DENIED), null, null, null),
                                List.of(),
                                List.of(new ApiKeyDocument("app", null, null)))),
                List.of(route(MODEL), route(DENIED)));
    }

    private static RouteDocument route(String model) {
        return new RouteDocument(
                model,
                model,
                List.of(RunningSite.WORKSPACE),
                List.of(new UpstreamDocument("upstream", null)));
    }
}
