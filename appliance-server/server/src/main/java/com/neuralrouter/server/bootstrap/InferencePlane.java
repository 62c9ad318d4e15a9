package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.detect.ShippedDetectors;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.guardrail.Guardrails;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.identity.ApiKeyAuthenticator;
import com.neuralrouter.server.inference.AdapterProber;
import com.neuralrouter.server.inference.Admissions;
import com.neuralrouter.server.inference.Calls;
import com.neuralrouter.server.inference.GuardModelCalls;
import com.neuralrouter.server.inference.Guarding;
import com.neuralrouter.server.inference.Heartbeats;
import com.neuralrouter.server.inference.InferenceEndpoints;
import com.neuralrouter.server.inference.InferencePipeline;
import com.neuralrouter.server.inference.Readiness;
import com.neuralrouter.server.inference.Relay;
import com.neuralrouter.server.inference.Shadows;
import com.neuralrouter.server.inference.Strangers;
import com.neuralrouter.server.inference.Traces;
import com.neuralrouter.server.inference.Upstreams;
import com.neuralrouter.server.listener.ErrorFormats;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.provider.ProviderAdapter;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.route.Prober;
import com.neuralrouter.server.snapshot.Snapshots;

import io.helidon.webserver.http.HttpRouting;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The parts of the inference plane, put together. */
final class InferencePlane {
    /** Shorter than what model servers and proxies keep an unused connection for. */
    private static final Duration POOLED_IDLE = Duration.ofSeconds(30);

    /** How long a guard model may take; then the request is refused. */
    private static final Duration GUARD_MODEL = Duration.ofSeconds(5);

    private final Routing routing;
    private final Map<ProviderKind, ProviderAdapter> adapters;
    private final Readiness readiness;
    private final InferenceEndpoints endpoints;

    InferencePlane(
            ApplianceConfig config, Snapshots snapshots, Traces traces, Clock clock, Parts parts) {
        this.routing = Routing.start(clock);
        var timeouts = config.timeouts();
        this.adapters = ProviderAdapters.open(upstream(timeouts), clock, parts);
        var calls = new Calls(adapters, routing.health());
        Shadows shadows =
                parts.add(new Shadows(calls, routing.resilience(), traces.journal(), clock));
        Heartbeats heartbeats = parts.add(new Heartbeats(timeouts.heartbeat()));
        var pipeline =
                new InferencePipeline(
                        snapshots,
                        new ApiKeyAuthenticator(clock),
                        new PolicyEngine(),
                        new Guarding(
                                new Guardrails(ShippedDetectors.catalogue(), routing.guardrails()),
                                new GuardModelCalls(
                                        routing.planner(),
                                        new Upstreams(
                                                calls, routing.resilience(), shadows, GUARD_MODEL),
                                        Dialects.all())),
                        routing.planner(),
                        new Admissions(),
                        new Upstreams(
                                calls, routing.resilience(), shadows, timeouts.upstreamTotal()),
                        new Relay(heartbeats, routing.health()));
        this.readiness = new Readiness(snapshots, traces.journal());
        this.endpoints = new InferenceEndpoints(pipeline, traces, readiness, Dialects.all(), clock);
    }

    private static UpstreamTimeouts upstream(ApplianceConfig.Timeouts timeouts) {
        return new UpstreamTimeouts(
                timeouts.upstreamConnect(),
                timeouts.upstreamFirstByte(),
                timeouts.upstreamBetweenBytes(),
                POOLED_IDLE);
    }

    HttpRouting.Builder routing() {
        return endpoints.routing();
    }

    /** Who was refused without a good key. */
    Strangers strangers() {
        return endpoints.strangers();
    }

    /** Whether requests are to be sent here. */
    Readiness readiness() {
        return readiness;
    }

    /** How this plane's listener says that it refuses. */
    ErrorFormats errors() {
        return Dialects.all()::errors;
    }

    /** What both planes know of the ways that requests take. */
    Routing ways() {
        return routing;
    }

    /** Asks providers whether they are there. */
    Prober prober(Snapshots snapshots, Ids ids) {
        return new AdapterProber(adapters, snapshots, ids);
    }
}
