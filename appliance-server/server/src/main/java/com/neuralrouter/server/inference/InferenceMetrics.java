package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;

import java.util.List;
import java.util.Map;

/** Whether requests are taken, and how many came without a good key, of which nothing is stored. */
public final class InferenceMetrics implements Metrics {
    private static final MetricFamily READY =
            MetricFamily.gauge(
                    "ready", "Whether requests are taken, as GET /healthz tells it: 1 or 0.");
    private static final MetricFamily STRANGERS =
            MetricFamily.counter(
                    "unidentified_requests_total",
                    "Requests that came without a good key, by the problem's code.",
                    "problem");

    public static final List<MetricFamily> FAMILIES = List.of(READY, STRANGERS);

    private final Readiness readiness;
    private final Strangers strangers;

    public InferenceMetrics(Readiness readiness, Strangers strangers) {
        this.readiness = readiness;
        this.strangers = strangers;
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        to.add(READY, readiness.hindrance().isEmpty() ? 1 : 0);
        Map<ProblemCode, Long> counted = strangers.counted();
        for (ProblemCode code : ProblemCode.values()) {
            if (Strangers.isOne(code)) {
                to.add(STRANGERS, counted.getOrDefault(code, 0L), code.wire());
            }
        }
    }
}
