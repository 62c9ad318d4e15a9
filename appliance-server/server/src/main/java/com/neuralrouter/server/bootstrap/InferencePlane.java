package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.dialect.OpenAiErrors;
import com.neuralrouter.server.identity.ApiKeyAuthenticator;
import com.neuralrouter.server.inference.Heartbeats;
import com.neuralrouter.server.inference.InferenceEndpoints;
import com.neuralrouter.server.inference.InferencePipeline;
import com.neuralrouter.server.inference.Relay;
import com.neuralrouter.server.inference.Strangers;
import com.neuralrouter.server.inference.Upstreams;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.route.RoutePlanner;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.usage.RequestJournal;

import io.helidon.webserver.http.HttpRouting;

import java.time.Clock;
import java.time.Duration;

/** The parts of the inference plane, put together. */
final class InferencePlane {
    /** Shorter than what model servers and proxies keep an unused connection for. */
    private static final Duration POOLED_IDLE = Duration.ofSeconds(30);

    private final UpstreamHealth health;
    private final OpenAiErrors errors = new OpenAiErrors();
    private final InferenceEndpoints endpoints;

    InferencePlane(
            ApplianceConfig config,
            Snapshots snapshots,
            RequestJournal journal,
            Clock clock,
            Parts parts) {
        this.health = new UpstreamHealth(clock);
        var timeouts = config.timeouts();
        Heartbeats heartbeats = parts.add(new Heartbeats(timeouts.heartbeat()));
        var pipeline =
                new InferencePipeline(
                        snapshots,
                        new ApiKeyAuthenticator(clock),
                        new PolicyEngine(),
                        new RoutePlanner(health),
                        new Upstreams(
                                ProviderAdapters.open(upstream(timeouts), clock, parts),
                                health,
                                timeouts.upstreamTotal()),
                        new Relay(heartbeats, health));
        this.endpoints = new InferenceEndpoints(pipeline, journal, Dialects.all(), clock);
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

    /** How this plane's listener says that it refuses. */
    OpenAiErrors errors() {
        return errors;
    }

    /** What requests met at the upstreams. */
    UpstreamHealth health() {
        return health;
    }
}
