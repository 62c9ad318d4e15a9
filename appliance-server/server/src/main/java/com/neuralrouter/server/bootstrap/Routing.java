package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.guardrail.GuardrailCounts;
import com.neuralrouter.server.route.Explanations;
import com.neuralrouter.server.route.Pause;
import com.neuralrouter.server.route.ProbeBook;
import com.neuralrouter.server.route.ProviderStandings;
import com.neuralrouter.server.route.Resilience;
import com.neuralrouter.server.route.RoutePlanner;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.snapshot.Metering;

import java.time.Clock;

/**
 * What both planes know of the ways that requests take: the inference plane works by it, the admin
 * plane shows and changes it.
 */
record Routing(
        UpstreamHealth health,
        ProviderStandings standings,
        ProbeBook probes,
        Explanations explanations,
        RoutePlanner planner,
        Resilience resilience,
        GuardrailCounts guardrails,
        Metering metering) {
    /** How many requests' decisions are remembered. */
    private static final int REMEMBERED = 10_000;

    static Routing start(Clock clock) {
        var health = new UpstreamHealth(clock);
        var standings = new ProviderStandings();
        var explanations = new Explanations(REMEMBERED);
        return new Routing(
                health,
                standings,
                new ProbeBook(),
                explanations,
                new RoutePlanner(health, standings),
                new Resilience(health, explanations, Pause::real),
                new GuardrailCounts(),
                Metering.start());
    }
}
