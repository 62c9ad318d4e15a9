package com.neuralrouter.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.metric.PrometheusText;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What stored records come to. */
class RequestMetricsTest {
    private static final WorkspaceId GONE = new WorkspaceId(new UUID(1, 9));

    private final RequestMetrics metrics =
            new RequestMetrics(id ->
                    id.equals(Requests.WORKSPACE) ? Optional.of("research") : Optional.empty());

    @Test
    void beginsWithoutRequestsAndWithAllFamilies() {
        PrometheusText told = PrometheusText.of(metrics);

        assertThat(told.names()).hasSameSizeAs(RequestMetrics.FAMILIES);
        assertThat(told.value("neural_router_tokens_total", "direction", "input")).isZero();
        assertThat(told.value("neural_router_request_duration_seconds_count", "stream", "true"))
                .isZero();
    }

    @Test
    void countsRequestsByHowTheyEnded() {
        metrics.stored(
                List.of(
                        record(1, Requests.started(1), Requests.completed()),
                        record(2, Requests.started(2), Requests.completed())));
        metrics.stored(
                List.of(
                        record(3, Requests.started(3), refused(ProblemCode.POLICY_REFUSED)),
                        record(4, whole(4, Requests.WORKSPACE), interrupted())));

        PrometheusText told = PrometheusText.of(metrics);

        assertThat(told.requests("completed", "2xx", "true")).isEqualTo(2);
        assertThat(told.requests("failed", "4xx", "true")).isEqualTo(1);
        assertThat(told.requests("interrupted", "none", "false")).isEqualTo(1);
        assertThat(told.value("neural_router_request_problems_total", "problem", "policy_refused"))
                .isEqualTo(1);
    }

    @Test
    void addsTokensUpInAllAndByWorkspace() {
        metrics.stored(
                List.of(
                        record(1, Requests.started(1), Requests.completed()),
                        record(2, whole(2, GONE), Requests.completed())));

        PrometheusText told = PrometheusText.of(metrics);

        assertThat(told.value("neural_router_tokens_total", "direction", "input")).isEqualTo(240);
        assertThat(told.value("neural_router_tokens_total", "direction", "output")).isEqualTo(96);
        assertThat(told.value("neural_router_workspace_requests_total", "workspace", "research"))
                .isEqualTo(1);
        assertThat(
                        told.value(
                                "neural_router_workspace_tokens_total",
                                "workspace",
                                "research",
                                "direction",
                                "input"))
                .isEqualTo(120);
        assertThat(told.family("neural_router_workspace_requests_total").samples())
                .as("a workspace that is gone has no name")
                .hasSize(1);
    }

    @Test
    void measuresWhatProvidersAnsweredAndNoRefusals() {
        metrics.stored(
                List.of(
                        record(1, Requests.started(1), Requests.completed()),
                        record(2, Requests.started(2), refused(ProblemCode.RATE_LIMITED)),
                        record(3, Requests.started(3), interrupted())));

        PrometheusText told = PrometheusText.of(metrics);

        String sent = "neural_router_request_sent_seconds";
        assertThat(told.value(sent + "_count", "stream", "true")).isEqualTo(1);
        assertThat(told.value(sent + "_sum", "stream", "true")).isEqualTo(0.0009);
        assertThat(told.value(sent + "_bucket", "stream", "true", "le", "0.001")).isEqualTo(1);
        assertThat(told.value("neural_router_request_first_byte_seconds_sum", "stream", "true"))
                .isEqualTo(0.0015);
        assertThat(told.value("neural_router_request_duration_seconds_sum", "stream", "true"))
                .isEqualTo(0.009);
        assertThat(told.value("neural_router_request_duration_seconds_count", "stream", "false"))
                .isZero();
    }

    private static RequestRecord record(long position, RequestStarted started, RequestEnded ended) {
        return new RequestRecord(position, started, ended);
    }

    private static RequestStarted whole(long number, WorkspaceId workspace) {
        return new RequestStarted(
                Requests.id(number), number, workspace, Requests.KEY, "chat-large", false, 42);
    }

    private static RequestEnded refused(ProblemCode code) {
        return new RequestEnded(
                Outcome.FAILED, code.status(), code, null, null, 0, 0, 900, TokenCounts.NONE);
    }

    private static RequestEnded interrupted() {
        return new RequestEnded(
                Outcome.INTERRUPTED, 0, null, null, null, 0, 0, 0, TokenCounts.NONE);
    }
}
