package com.neuralrouter.server.listener;

import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;

import java.util.List;
import java.util.function.IntSupplier;

/** How many connections there are, and how much of both apps may have at once. */
public final class ListenerMetrics implements Metrics {
    private static final MetricFamily CONNECTIONS =
            MetricFamily.gauge(
                    "connections", "Connections that the listeners hold, to within a second.");
    private static final MetricFamily MOST_CONNECTIONS =
            MetricFamily.gauge(
                    "inference_connections_max",
                    "How many the inference listener holds at the most; further ones wait.");
    private static final MetricFamily MOST_REQUESTS =
            MetricFamily.gauge(
                    "inference_requests_max",
                    "How many requests of apps run at once; further ones are refused with 429.");

    public static final List<MetricFamily> FAMILIES =
            List.of(CONNECTIONS, MOST_CONNECTIONS, MOST_REQUESTS);

    private final IntSupplier connections;
    private final int mostConnections;
    private final int mostRequests;

    public ListenerMetrics(IntSupplier connections, int mostConnections, int mostRequests) {
        this.connections = connections;
        this.mostConnections = mostConnections;
        this.mostRequests = mostRequests;
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        to.add(CONNECTIONS, connections.getAsInt());
        to.add(MOST_CONNECTIONS, mostConnections);
        to.add(MOST_REQUESTS, mostRequests);
    }
}
