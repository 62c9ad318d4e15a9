package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.IncidentId;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderHealth.Condition;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.RouteId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** The routes of {@link Samples}. */
public final class RouteSamples {
    private static final ProviderId GPU_A = Samples.id(ProviderId::of, 21);
    private static final ProviderId GPU_B = Samples.id(ProviderId::of, 22);
    private static final ProviderId HOSTED = Samples.id(ProviderId::of, 23);

    private RouteSamples() {}

    static List<Route> routes() {
        var good = health(Route.HealthState.HEALTHY, 18_204, 3);
        var failing =
                new Route.Health(
                        Route.HealthState.FAILING,
                        912,
                        41,
                        Samples.NOW.minus(Duration.ofMinutes(7)),
                        Samples.NOW.minus(Duration.ofSeconds(20)),
                        "connection refused");
        var unknown = new Route.Health(Route.HealthState.UNKNOWN, 0, 0, null, null, null);
        return List.of(
                route(
                        51,
                        "general",
                        "bank-general",
                        List.of("*"),
                        List.of(
                                upstream(GPU_A, "gpu-hall-a", "llama-3.3-70b", good),
                                upstream(GPU_B, "gpu-hall-b", "llama-3.3-70b", failing))),
                route(
                        52,
                        "code",
                        "bank-code",
                        List.of("code-review"),
                        List.of(upstream(GPU_B, "gpu-hall-b", "qwen2.5-coder", failing))),
                route(
                        53,
                        "long-documents",
                        "bank-long",
                        List.of("claims-assistant", "research"),
                        List.of(upstream(HOSTED, "eu-hosted", "large-128k", unknown))));
    }

    private static Route.Health health(Route.HealthState state, long attempts, long failures) {
        return new Route.Health(
                state,
                attempts,
                failures,
                Samples.NOW.minus(Duration.ofSeconds(4)),
                Samples.NOW.minus(Duration.ofHours(9)),
                "timed out");
    }

    static List<ProviderHealth> health() {
        var promise = new ProviderHealth.Promise(995, 20, 1_500, 25);
        return List.of(
                new ProviderHealth(
                        GPU_A,
                        "gpu-hall-a",
                        ProviderHealth.Standing.IN_SERVICE,
                        null,
                        false,
                        null,
                        Condition.WELL,
                        Samples.NOW.minus(Duration.ofSeconds(1)),
                        new ProviderHealth.Window(60, 1_204, 1_000, 2, 380, 61),
                        promise,
                        List.of(),
                        new ProviderHealth.Probe(
                                Samples.NOW.minus(Duration.ofSeconds(9)), true, 14, "it answered")),
                new ProviderHealth(
                        GPU_B,
                        "gpu-hall-b",
                        ProviderHealth.Standing.SUSPENDED,
                        Samples.NOW.minus(Duration.ofMinutes(7)),
                        true,
                        "83.4 % answered, 99.5 % promised; 240 requests within 60 s",
                        Condition.DOWN,
                        Samples.NOW.minus(Duration.ofMinutes(8)),
                        new ProviderHealth.Window(60, 4, 0, 0, 0, 0),
                        promise,
                        List.of(),
                        new ProviderHealth.Probe(
                                Samples.NOW.minus(Duration.ofSeconds(4)),
                                false,
                                2_003,
                                "connection refused")),
                new ProviderHealth(
                        HOSTED,
                        "eu-hosted",
                        ProviderHealth.Standing.IN_SERVICE,
                        null,
                        false,
                        null,
                        Condition.WELL,
                        Samples.NOW.minus(Duration.ofSeconds(3)),
                        new ProviderHealth.Window(60, 212, 1_000, 0, 2_100, 44),
                        new ProviderHealth.Promise(990, 0, 1_500, 0),
                        List.of(
                                new ProviderHealth.Breach(
                                        ProviderHealth.Measure.FIRST_TOKEN_MILLIS, 1_500, 2_100)),
                        null));
    }

    /** In service, and answered last so long ago, if ever. */
    public static ProviderHealth inService(
            int number, String name, Condition condition, @Nullable Duration answered) {
        return new ProviderHealth(
                Samples.id(ProviderId::of, number),
                name,
                ProviderHealth.Standing.IN_SERVICE,
                null,
                false,
                null,
                condition,
                answered == null ? null : Samples.NOW.minus(answered),
                new ProviderHealth.Window(60, 0, 1_000, 0, 0, 0),
                null,
                List.of(),
                null);
    }

    static List<Incident> incidents() {
        var opened = Samples.NOW.minus(Duration.ofMinutes(7));
        var older = Samples.NOW.minus(Duration.ofDays(9));
        return List.of(
                new Incident(
                        Samples.id(IncidentId::of, 81),
                        "provider_sla",
                        "gpu-hall-b",
                        Incident.State.OPEN,
                        opened,
                        null,
                        List.of(
                                new Incident.Event(
                                        opened,
                                        Incident.Kind.OPENED,
                                        "provider watch",
                                        "83.4 % answered, 99.5 % promised; 240 requests within"
                                                + " 60 s"))),
                new Incident(
                        Samples.id(IncidentId::of, 80),
                        "provider_sla",
                        "eu-hosted",
                        Incident.State.CLOSED,
                        older,
                        older.plus(Duration.ofHours(2)),
                        List.of(
                                new Incident.Event(
                                        older,
                                        Incident.Kind.OPENED,
                                        "provider watch",
                                        "6.1 % errors, 2.0 % promised at the most; 180 requests"
                                                + " within 60 s"),
                                new Incident.Event(
                                        older.plus(Duration.ofHours(2)),
                                        Incident.Kind.CLOSED,
                                        "Jonas Keller",
                                        "The vendor had a fault in one zone."))));
    }

    static Explanation explanation(RequestId request) {
        return new Explanation(
                request,
                "general",
                "bank-general",
                Route.Strategy.PRIORITY,
                "5eed0f1a",
                List.of(
                        new Explanation.Candidate(
                                "gpu-hall-a", "llama-3.3-70b", 1, "READY", 0, "tokens < 30000"),
                        new Explanation.Candidate(
                                "gpu-hall-c", "llama-3.3-70b", 2, "FAILING", 0, ""),
                        new Explanation.Candidate(
                                "gpu-hall-b", "llama-3.3-70b", 0, "SUSPENDED", 0, ""),
                        new Explanation.Candidate(
                                "eu-hosted",
                                "large-128k",
                                0,
                                "JURISDICTION_NOT_ALLOWED",
                                0,
                                "tokens >= 30000")),
                List.of(
                        new Explanation.Attempted(
                                "gpu-hall-a",
                                "llama-3.3-70b",
                                "FAILED",
                                41,
                                2_000_412,
                                "no answer began within 2 s",
                                new Explanation.Connection(false, 380, 1_240, 4_310)),
                        new Explanation.Attempted(
                                "gpu-hall-c",
                                "llama-3.3-70b",
                                "ANSWERED",
                                2_000_460,
                                412_000,
                                "it answered",
                                new Explanation.Connection(true, 0, 0, 0))),
                "ANSWERED");
    }

    private static Route route(
            int number,
            String name,
            String model,
            List<String> workspaces,
            List<Route.Upstream> upstreams) {
        return new Route(
                Samples.id(RouteId::of, number),
                name,
                model,
                Route.Strategy.PRIORITY,
                workspaces,
                upstreams,
                Samples.NOW.minus(Duration.ofDays(40)));
    }

    private static Route.Upstream upstream(
            ProviderId provider, String name, String model, Route.Health health) {
        return new Route.Upstream(provider, name, model, Route.Use.ALWAYS, 1, 0, null, health);
    }
}
