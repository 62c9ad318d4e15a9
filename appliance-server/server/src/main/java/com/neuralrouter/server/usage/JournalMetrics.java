package com.neuralrouter.server.usage;

import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;

import java.util.List;

/** How full the journal is, and with what. */
public final class JournalMetrics implements Metrics {
    private static final MetricFamily UNDER_WAY =
            MetricFamily.gauge(
                    "requests_in_progress", "Requests that are recorded and have not ended.");
    private static final MetricFamily WAITING =
            MetricFamily.gauge(
                    "journal_waiting_records",
                    "Requests that have ended and are not in the audit log and the store yet.");
    private static final MetricFamily CAPACITY =
            MetricFamily.gauge(
                    "journal_capacity_records",
                    "How many of both together there may be; then requests are refused.");

    public static final List<MetricFamily> FAMILIES = List.of(UNDER_WAY, WAITING, CAPACITY);

    private final MappedRequestJournal journal;

    public JournalMetrics(MappedRequestJournal journal) {
        this.journal = journal;
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        MappedRequestJournal.Fill fill = journal.fill();
        to.add(UNDER_WAY, fill.underWay());
        to.add(WAITING, fill.waiting());
        to.add(CAPACITY, fill.capacity());
    }
}
