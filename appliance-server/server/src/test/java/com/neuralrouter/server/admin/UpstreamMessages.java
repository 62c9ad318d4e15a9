package com.neuralrouter.server.admin;

import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.RouteId;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The messages about providers and routes, for {@link WireMessages}. */
final class UpstreamMessages {
    private static final Instant AT = Instant.parse("2027-01-31T12:00:00.123456Z");
    private static final Instant LATER = Instant.parse("2027-04-30T12:00:00Z");
    private static final ProviderId PROVIDER = new ProviderId(WireMessages.id(2));

    private UpstreamMessages() {}

    static void addTo(Map<String, Object> all) {
        all.put(
                "Provider",
                new Provider(
                        PROVIDER,
                        "vllm-a",
                        ProviderKind.OPENAI,
                        "https://10.0.0.5:8000/v1",
                        Provider.Authentication.BEARER,
                        "DE",
                        "eu-central-1",
                        false,
                        "30d",
                        2,
                        AT));
        all.put(
                "Provider-loopback",
                new Provider(
                        PROVIDER,
                        "loopback",
                        ProviderKind.LOOPBACK,
                        null,
                        Provider.Authentication.NONE,
                        null,
                        null,
                        true,
                        null,
                        0,
                        AT));
        addRoutes(all);
    }

    private static void addRoutes(Map<String, Object> all) {
        var failing =
                new Route.Health(Route.HealthState.FAILING, 12, 3, AT, LATER, "connection refused");
        var unknown = new Route.Health(Route.HealthState.UNKNOWN, 0, 0, null, null, null);
        all.put(
                "Route",
                new Route(
                        new RouteId(WireMessages.id(7)),
                        "chat",
                        "llama-3",
                        Route.Strategy.PEAK_EWMA,
                        List.of("research", "ward"),
                        List.of(
                                new Route.Upstream(
                                        PROVIDER,
                                        "vllm-a",
                                        "meta-llama/3",
                                        Route.Use.ALWAYS,
                                        2,
                                        0,
                                        "tokens < 8000",
                                        failing),
                                new Route.Upstream(
                                        PROVIDER,
                                        "vllm-b",
                                        "llama-3",
                                        Route.Use.CANARY,
                                        1,
                                        5,
                                        null,
                                        unknown)),
                        AT));
    }
}
