package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.RouteId;

import java.time.Duration;
import java.util.List;

/** The routes of {@link Samples}. */
final class RouteSamples {
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
