package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.metric.MetricFamily;

import java.util.List;

/** What the metrics' reference names, for tests elsewhere. */
public final class MetricNames {
    private MetricNames() {}

    /** In the order in which they are shown. */
    public static List<String> all() {
        return MetricsRoom.FAMILIES.stream().map(MetricFamily::name).toList();
    }
}
