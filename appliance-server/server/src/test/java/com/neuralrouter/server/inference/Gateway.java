package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.LimitsDocument;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.apikey.ApiKeyFormat;
import com.neuralrouter.server.apikey.ApiKeyFormat.GeneratedKey;
import com.neuralrouter.server.detect.ShippedDetectors;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.guardrail.GuardrailCounts;
import com.neuralrouter.server.guardrail.Guardrails;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.identity.ApiKeyAuthenticator;
import com.neuralrouter.server.limit.LimitBook;
import com.neuralrouter.server.limit.Limits;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.listener.ClientDeadlines;
import com.neuralrouter.server.listener.ListenerLimits;
import com.neuralrouter.server.listener.ListenerSpec;
import com.neuralrouter.server.listener.Listeners;
import com.neuralrouter.server.listener.Plane;
import com.neuralrouter.server.listener.RawClient;
import com.neuralrouter.server.listener.TestPki;
import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.Policy;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.provider.azure.AzureAdapter;
import com.neuralrouter.server.provider.http.UpstreamTimeouts;
import com.neuralrouter.server.provider.openai.OpenAiAdapter;
import com.neuralrouter.server.receipt.Receipts;
import com.neuralrouter.server.route.Explanations;
import com.neuralrouter.server.route.Pause;
import com.neuralrouter.server.route.ProviderStandings;
import com.neuralrouter.server.route.Resilience;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RoutePlanner;
import com.neuralrouter.server.route.UpstreamHealth;
import com.neuralrouter.server.secret.ReceiptSigningKey;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.snapshot.Allowances;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.KeyEntry;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.snapshot.WorkspacePolicies;
import com.neuralrouter.server.snapshot.WorkspaceView;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;

/**
 * The inference plane over real sockets: one workspace, one key, the model "m" at two upstreams.
 */
final class Gateway implements AutoCloseable {
    static final int LARGEST_BODY = 1 << 20;
    static final Duration HEARTBEAT = Duration.ofMillis(400);

    private static final UpstreamTimeouts IMPATIENT =
            new UpstreamTimeouts(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(30));

    private static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(0, 1));
    private volatile List<Destination> destinations = List.of();

    private static final ApiKeyId KEY = new ApiKeyId(new UUID(0, 2));

    final FakeUpstream first = FakeUpstream.start();
    final FakeUpstream second = FakeUpstream.start();
    final RecordingJournal journal = new RecordingJournal();
    final RecordingContent content = new RecordingContent();
    final GeneratedKey key = ApiKeyFormat.generate(new SecureRandom());

    /** What signs receipts here; the log is 7 entries long. */
    final Receipts receipts =
            Receipts.issued(ReceiptSigningKey.owning(new byte[32]), "nr.gateway/audit", () -> 7);

    private final Clock clock = Clock.systemUTC();
    private final TestPki pki = new TestPki("gateway");
    private final AtomicBoolean storeHeld = new AtomicBoolean(true);
    private final Snapshots snapshots = new Snapshots(snapshot(), storeHeld::get);

    /** What its load balancers are told. */
    final Readiness readiness = new Readiness(snapshots, journal);

    private final Explanations explanations = new Explanations(10_000);
    private final GuardrailCounts guardrailCounts = new GuardrailCounts();
    private final Heartbeats heartbeats = new Heartbeats(HEARTBEAT);
    private final OpenAiAdapter openAi;
    private final AzureAdapter azure;
    private final Shadows shadows;
    private final Strangers strangers;
    private final Listeners listeners;

    Gateway() throws IOException {
        this(100, IMPATIENT, Duration.ofSeconds(20));
    }

    /**
     * @param requests how many it serves at once
     * @param total how long one may take
     */
    Gateway(int requests, UpstreamTimeouts timeouts, Duration total) throws IOException {
        this.openAi = new OpenAiAdapter(timeouts, clock);
        this.azure = new AzureAdapter(timeouts, clock);
        var health = new UpstreamHealth(clock);
        var calls =
                new Calls(Map.of(ProviderKind.OPENAI, openAi, ProviderKind.AZURE, azure), health);
        var resilience = new Resilience(health, explanations, Pause::real);
        this.shadows = new Shadows(calls, resilience, journal, clock);
        var pipeline =
                new InferencePipeline(
                        snapshots,
                        new ApiKeyAuthenticator(clock),
                        new PolicyEngine(),
                        new Guarding(
                                new Guardrails(ShippedDetectors.catalogue(), guardrailCounts),
                                new GuardModelCalls(
                                        new RoutePlanner(health, new ProviderStandings()),
                                        new Upstreams(
                                                calls, resilience, shadows, Duration.ofSeconds(1)),
                                        Dialects.all())),
                        new RoutePlanner(health, new ProviderStandings()),
                        new Admissions(),
                        new Upstreams(calls, resilience, shadows, total),
                        new Relay(heartbeats, health));
        var endpoints =
                new InferenceEndpoints(
                        pipeline,
                        new Traces(journal, receipts, content),
                        readiness,
                        Dialects.all(),
                        clock);
        this.strangers = endpoints.strangers();
        this.listeners =
                Listeners.start(
                        List.of(
                                new ListenerSpec(
                                        Plane.INFERENCE,
                                        "127.0.0.1",
                                        0,
                                        pki.material(),
                                        new ListenerLimits(
                                                LARGEST_BODY, 16 << 10, 2 * requests, requests),
                                        Dialects.all()::errors,
                                        endpoints.routing())),
                        new ClientDeadlines(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30)),
                        Duration.ofSeconds(1),
                        new Ids(clock));
    }

    RawClient connect() throws IOException {
        return RawClient.tls(pki.context(), listeners.port(Plane.INFERENCE));
    }

    /** How many connections of apps there are, to within a second. */
    int connections() {
        return listeners.connections();
    }

    /** Publishes the site again, with other policies. */
    void rules(List<PolicyRule> site, List<PolicyRule> workspace) {
        snapshots.publish(snapshot(site, workspace, false, false));
    }

    /** Where the upstreams are declared to be, from the next call of {@link #rules} on. */
    void declare(Destination... where) {
        destinations = List.of(where);
    }

    int port() {
        return listeners.port(Plane.INFERENCE);
    }

    SSLContext trust() {
        return pki.context();
    }

    /** Publishes the site again, with these routes and no others. */
    void routes(List<Route> routes) {
        var byModel = new HashMap<String, Route>();
        routes.forEach(route -> byModel.put(route.model(), route));
        GatewaySnapshot now = snapshots.current();
        WorkspaceView view = now.workspaces().get(WORKSPACE);
        snapshots.publish(
                new GatewaySnapshot(
                        now.version(),
                        now.keys(),
                        Map.of(
                                WORKSPACE,
                                new WorkspaceView(
                                        WORKSPACE,
                                        view.name(),
                                        false,
                                        view.policies(),
                                        byModel,
                                        view.credentials())),
                        now.devices()));
    }

    /** Publishes the site again, with these limits of its key and no others. */
    Limits limit(LimitBook book, LimitsDocument to) {
        Subject subject = Subject.key(WORKSPACE, "app");
        Limits limits = book.put(subject, to);
        GatewaySnapshot now = snapshots.current();
        snapshots.publish(
                new GatewaySnapshot(
                        now.version(),
                        now.keys(),
                        now.workspaces(),
                        now.devices(),
                        now.catalogue(),
                        new Allowances(Map.of(subject, limits), Map.of())));
        return limits;
    }

    /** How often guardrails acted. */
    String guardrailCounts() {
        var told = new Exposition(guardrailCounts.families());
        guardrailCounts.writeTo(told);
        return told.text();
    }

    /** How a request was decided. */
    Explanations.Decided decided(RequestId request) {
        return Objects.requireNonNull(explanations.of(request), "nothing is remembered");
    }

    /** Who came without a good key. */
    Strangers strangers() {
        return strangers;
    }

    /** Somebody else may hold the store now, or nobody does any more. */
    void holdsStore(boolean held) {
        storeHeld.set(held);
    }

    void suspendWorkspace() {
        snapshots.publish(snapshot(List.of(), List.of(), true, false));
    }

    void revokeKey() {
        snapshots.publish(snapshot(List.of(), List.of(), false, true));
    }

    private GatewaySnapshot snapshot() {
        return snapshot(List.of(), List.of(), false, false);
    }

    private GatewaySnapshot snapshot(
            List<PolicyRule> site, List<PolicyRule> workspace, boolean suspended, boolean revoked) {
        var view =
                new WorkspaceView(
                        WORKSPACE,
                        "team",
                        suspended,
                        new WorkspacePolicies(
                                PolicyEngine.compile(
                                        List.of(
                                                new Policy(Policy.Level.SITE, site),
                                                new Policy(Policy.Level.WORKSPACE, workspace))),
                                Map.of()),
                        Map.of(
                                "m", route("m", "first", "second"),
                                "org/only-second", route("org/only-second", "second"),
                                "no-credential", route("no-credential", "third")),
                        Map.of(
                                provider("first"),
                                SecretBytes.copyOf(
                                        "upstream-secret".getBytes(StandardCharsets.US_ASCII))));
        return new GatewaySnapshot(
                1,
                Map.of(
                        key.kid(),
                        new KeyEntry(
                                KEY, "app", WORKSPACE, key.reference(), Long.MAX_VALUE, revoked)),
                Map.of(WORKSPACE, view),
                Map.of());
    }

    private Route route(String model, String... providers) {
        return new Route(
                new RouteId(new UUID(1, model.hashCode())),
                model,
                model,
                1_700_000_000,
                List.of(providers).stream()
                        .map(name -> new Route.Upstream(endpoint(name), model + "@" + name))
                        .toList());
    }

    private Endpoint endpoint(String name) {
        URI url =
                switch (name) {
                    case "first" -> first.baseUrl();
                    default -> second.baseUrl();
                };
        return new Endpoint(
                provider(name),
                name,
                ProviderKind.OPENAI,
                url,
                name.equals("second") ? Authentication.NONE : Authentication.BEARER,
                null,
                destinations.stream()
                        .filter(it -> it.provider().equals(name))
                        .findFirst()
                        .orElseGet(() -> Destination.undeclared(name)),
                Set.of(),
                new Endpoint.Options(
                        Set.of(Operation.SPEECH, Operation.TRANSCRIPTIONS, Operation.COUNT_TOKENS),
                        ""));
    }

    static ProviderId provider(String name) {
        return new ProviderId(new UUID(3, name.hashCode()));
    }

    @Override
    public void close() throws IOException {
        listeners.close();
        shadows.close();
        heartbeats.close();
        openAi.close();
        azure.close();
        first.close();
        second.close();
    }
}
