package com.neuralrouter.server.usage;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.Histogram;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Counts requests when their records come into the store, on the journal's thread: no request waits
 * for it. What an earlier run left in the journal is counted too, by the run that stores it. Safe
 * for all threads.
 */
public final class RequestMetrics implements Metrics, StoredRecords {
    private static final List<Double> OVERHEAD =
            List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0);
    private static final List<Double> BEGINNING =
            List.of(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0);
    private static final List<Double> WHOLE =
            List.of(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0);

    private static final MetricFamily ENDED =
            MetricFamily.counter(
                    "requests_total",
                    "Requests that ended and are stored, copies for shadows among them.",
                    "outcome",
                    "status",
                    "stream");
    private static final MetricFamily PROBLEMS =
            MetricFamily.counter(
                    "request_problems_total",
                    "Those of them that were refused or failed, by the problem's code.",
                    "problem");
    private static final MetricFamily TOKENS =
            MetricFamily.counter("tokens_total", "Tokens of requests and of answers.", "direction");
    private static final MetricFamily OF_WORKSPACE =
            MetricFamily.counter(
                    "workspace_requests_total", "Requests of a workspace.", "workspace");
    private static final MetricFamily TOKENS_OF_WORKSPACE =
            MetricFamily.counter(
                    "workspace_tokens_total", "Tokens of a workspace.", "workspace", "direction");
    private static final MetricFamily SENT =
            MetricFamily.histogram(
                    "request_sent_seconds",
                    "From a request's arrival until the upstream that served it was asked: what the"
                            + " appliance took, waits and failed attempts included.",
                    OVERHEAD,
                    "stream");
    private static final MetricFamily FIRST_BYTE =
            MetricFamily.histogram(
                    "request_first_byte_seconds",
                    "From a request's arrival to the first byte of a provider's answer.",
                    BEGINNING,
                    "stream");
    private static final MetricFamily DURATION =
            MetricFamily.histogram(
                    "request_duration_seconds",
                    "From a request's arrival to the last byte of a provider's answer.",
                    WHOLE,
                    "stream");

    public static final List<MetricFamily> FAMILIES =
            List.of(
                    ENDED,
                    PROBLEMS,
                    TOKENS,
                    OF_WORKSPACE,
                    TOKENS_OF_WORKSPACE,
                    SENT,
                    FIRST_BYTE,
                    DURATION);

    private final Function<WorkspaceId, Optional<String>> names;

    // Guarded by this.
    private final Map<End, Long> ended = new HashMap<>();
    private final Map<ProblemCode, Long> problems = new EnumMap<>(ProblemCode.class);
    private final Map<WorkspaceId, Sum> workspaces = new HashMap<>();
    private Sum all = Sum.NONE;

    private final Times whole = new Times();
    private final Times streamed = new Times();

    private record End(Outcome outcome, int statusClass, boolean stream) {}

    private record Sum(long requests, long input, long output) {
        static final Sum NONE = new Sum(0, 0, 0);

        Sum plus(TokenCounts tokens) {
            return new Sum(requests + 1, input + tokens.input(), output + tokens.output());
        }
    }

    /** Of answers of one kind. */
    private record Times(Histogram sent, Histogram firstByte, Histogram duration) {
        Times() {
            this(new Histogram(SENT), new Histogram(FIRST_BYTE), new Histogram(DURATION));
        }
    }

    /**
     * @param names the workspaces that there are, by their names; of others nothing is told
     */
    public RequestMetrics(Function<WorkspaceId, Optional<String>> names) {
        this.names = names;
    }

    @Override
    public void stored(List<RequestRecord> records) {
        synchronized (this) {
            records.forEach(this::count);
        }
        records.forEach(this::time);
    }

    private void count(RequestRecord record) {
        RequestEnded end = record.ended();
        boolean stream = record.started().stream();
        ended.merge(new End(end.outcome(), end.status() / 100, stream), 1L, Long::sum);
        if (end.problem() != null) {
            problems.merge(end.problem(), 1L, Long::sum);
        }
        WorkspaceId workspace = record.started().workspaceId();
        Sum before = workspaces.getOrDefault(workspace, Sum.NONE);
        workspaces.put(workspace, before.plus(end.tokens()));
        all = all.plus(end.tokens());
    }

    /** Only what a provider answered to an app: a refusal is quick, and would hide the slow. */
    private void time(RequestRecord record) {
        RequestEnded end = record.ended();
        if (end.provider() == null || end.firstByteMicros() <= 0) {
            return;
        }
        switch (end.outcome()) {
            case COMPLETED, PROVIDER_BROKE, CLIENT_GONE -> {
                Times times = record.started().stream() ? streamed : whole;
                times.sent().add(end.waits().sentMicros());
                times.firstByte().add(end.firstByteMicros());
                times.duration().add(end.durationMicros());
            }
            case FAILED, INTERRUPTED, SHADOWED -> {}
        }
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        synchronized (this) {
            ended.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                    .forEach(entry -> write(entry.getKey(), entry.getValue(), to));
            problems.forEach((code, count) -> to.add(PROBLEMS, count, code.wire()));
            to.add(TOKENS, all.input(), "input");
            to.add(TOKENS, all.output(), "output");
            named().forEach((workspace, sum) -> {
                to.add(OF_WORKSPACE, sum.requests(), workspace);
                to.add(TOKENS_OF_WORKSPACE, sum.input(), workspace, "input");
                to.add(TOKENS_OF_WORKSPACE, sum.output(), workspace, "output");
            });
        }
        write(whole, "false", to);
        write(streamed, "true", to);
    }

    private Map<String, Sum> named() {
        var named = new TreeMap<String, Sum>();
        workspaces.forEach((id, sum) -> names.apply(id).ifPresent(name -> named.put(name, sum)));
        return named;
    }

    private static void write(End end, long count, Exposition to) {
        to.add(
                ENDED,
                count,
                end.outcome().name().toLowerCase(Locale.ROOT),
                end.statusClass() == 0 ? "none" : end.statusClass() + "xx",
                Boolean.toString(end.stream()));
    }

    private static void write(Times times, String stream, Exposition to) {
        to.add(SENT, times.sent(), stream);
        to.add(FIRST_BYTE, times.firstByte(), stream);
        to.add(DURATION, times.duration(), stream);
    }
}
