package com.neuralrouter.server.incident;

import com.neuralrouter.contract.Incident.State;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How many incidents there are that nobody has closed. */
public final class IncidentMetrics implements Metrics {
    private static final MetricFamily INCIDENTS =
            MetricFamily.gauge(
                    "incidents",
                    "Incidents that are not closed, by the rule that opened them.",
                    "rule",
                    "state");

    public static final List<MetricFamily> FAMILIES = List.of(INCIDENTS);

    private final SiteReads reads;
    private final IncidentStore incidents;
    private final Set<String> rules;

    /**
     * @param rules those that open incidents
     */
    public IncidentMetrics(SiteReads reads, IncidentStore incidents, Set<String> rules) {
        this.reads = reads;
        this.incidents = incidents;
        this.rules = Set.copyOf(rules);
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        Map<IncidentStore.RuleState, Long> counts = reads.read(incidents::counts);
        rules.stream()
                .sorted()
                .forEach(rule -> {
                    for (State state : List.of(State.OPEN, State.ACKNOWLEDGED, State.RESOLVED)) {
                        long count =
                                counts.getOrDefault(new IncidentStore.RuleState(rule, state), 0L);
                        to.add(INCIDENTS, count, rule, state.name().toLowerCase(Locale.ROOT));
                    }
                });
    }
}
