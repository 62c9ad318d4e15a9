package com.neuralrouter.server.admin;

import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.ExplainRoute;
import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.IncidentId;
import com.neuralrouter.contract.IncidentNote;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.RouteId;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The messages about providers and routes, and of the receipts for what they answered, for {@link
 * WireMessages}.
 */
final class UpstreamMessages {
    private static final Instant AT = Instant.parse("2027-01-31T12:00:00.123456Z");
    private static final Instant LATER = Instant.parse("2027-04-30T12:00:00Z");
    private static final ProviderId PROVIDER = new ProviderId(WireMessages.id(2));

    private UpstreamMessages() {}

    static void addTo(Map<String, Object> all) {
        all.put("ReceiptKey", new ReceiptKey("k".repeat(43), "x".repeat(43), AT, true));
        ContentMessages.addTo(all);
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
        addHealth(all);
        addExplanations(all);
    }

    private static void addHealth(Map<String, Object> all) {
        all.put(
                "ProviderHealth",
                new ProviderHealth(
                        PROVIDER,
                        "vllm-a",
                        ProviderHealth.Standing.SUSPENDED,
                        AT,
                        true,
                        "7.5 % errors, 5.0 % promised at the most; 240 requests within 60 s",
                        ProviderHealth.Condition.DEGRADED,
                        LATER,
                        new ProviderHealth.Window(60, 240, 1_000, 75, 420, 38),
                        new ProviderHealth.Promise(995, 50, 800, 20),
                        List.of(new ProviderHealth.Breach(ProviderHealth.Measure.ERRORS, 50, 75)),
                        new ProviderHealth.Probe(LATER, true, 12, "it answered")));
        all.put(
                "ProviderHealth-undeclared",
                new ProviderHealth(
                        PROVIDER,
                        "vllm-b",
                        ProviderHealth.Standing.IN_SERVICE,
                        null,
                        false,
                        null,
                        ProviderHealth.Condition.UNKNOWN,
                        null,
                        new ProviderHealth.Window(60, 0, 1_000, 0, 0, 0),
                        null,
                        List.of(),
                        null));
        all.put("ChangeStanding", new ChangeStanding("maintenance until noon"));
        all.put(
                "Incident",
                new Incident(
                        new IncidentId(WireMessages.id(31)),
                        "provider_sla",
                        "vllm-a",
                        Incident.State.ACKNOWLEDGED,
                        AT,
                        null,
                        List.of(
                                new Incident.Event(
                                        AT,
                                        Incident.Kind.OPENED,
                                        "provider watch",
                                        "7.5 % errors, 5.0 % promised at the most"),
                                new Incident.Event(
                                        LATER, Incident.Kind.ACKNOWLEDGED, "anna", ""))));
        all.put("IncidentNote", new IncidentNote("the vendor is informed"));
    }

    private static void addExplanations(Map<String, Object> all) {
        all.put(
                "ExplainRoute",
                new ExplainRoute(
                        "research",
                        "llama-3",
                        "chat app",
                        "chat",
                        true,
                        false,
                        false,
                        1_200,
                        Map.of("x-tier", "gold")));
        all.put(
                "Explanation",
                new Explanation(
                        new RequestId(WireMessages.id(8)),
                        "chat",
                        "llama-3",
                        Route.Strategy.PEAK_EWMA,
                        "5eed",
                        List.of(
                                new Explanation.Candidate(
                                        "vllm-a",
                                        "meta-llama/3",
                                        1,
                                        "READY",
                                        12.5,
                                        "tokens < 8000"),
                                new Explanation.Candidate(
                                        "vllm-b", "llama-3", 0, "SUSPENDED", 0, "")),
                        List.of(
                                new Explanation.Attempted(
                                        "vllm-a",
                                        "meta-llama/3",
                                        "ANSWERED",
                                        40,
                                        218_000,
                                        "it answered",
                                        new Explanation.Connection(false, 300, 850, 12_400)),
                                new Explanation.Attempted(
                                        "vllm-b", "llama-3", "BUSY", 10, 0, "it has 8 already")),
                        "ANSWERED"));
    }
}
