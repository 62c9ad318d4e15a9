package com.neuralrouter.server.metric;

import java.util.List;

/** What one room counts and measures. Safe for all threads. */
public interface Metrics {

    /** All that it ever tells, in the order in which it is shown; always the same. */
    List<MetricFamily> families();

    /** Tells the numbers as they are now. */
    void writeTo(Exposition to);
}
