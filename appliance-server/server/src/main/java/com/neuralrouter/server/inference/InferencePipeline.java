package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.identity.ApiKeyAuthenticator;
import com.neuralrouter.server.identity.Caller;
import com.neuralrouter.server.identity.CredentialRefused;
import com.neuralrouter.server.identity.PresentedCredentials;
import com.neuralrouter.server.policy.CompiledPolicy;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyDecision.Refuse;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.policy.PolicyFacts.Origin;
import com.neuralrouter.server.policy.PolicyFacts.Size;
import com.neuralrouter.server.policy.RequestDeclaration;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RouteFacts;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.route.RoutePlanner;
import com.neuralrouter.server.route.Tariff;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.Snapshots;
import com.neuralrouter.server.snapshot.WorkspaceView;

import io.helidon.webserver.http.ServerResponse;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The way of one inference request. Everything that decides about it stands in one snapshot, taken
 * once; each room ends the request by throwing {@link InferenceRefused}. Safe for all threads.
 */
public final class InferencePipeline {
    private final Snapshots snapshots;
    private final ApiKeyAuthenticator authenticator;
    private final PolicyEngine policies;
    private final Guarding guarding;
    private final RoutePlanner planner;
    private final Admissions admissions;
    private final Upstreams upstreams;
    private final Relay relay;
    private final RoutingFacts routing = new RoutingFacts();
    private final AnswerNames names = new AnswerNames();

    public InferencePipeline(
            Snapshots snapshots,
            ApiKeyAuthenticator authenticator,
            PolicyEngine policies,
            Guarding guarding,
            RoutePlanner planner,
            Admissions admissions,
            Upstreams upstreams,
            Relay relay) {
        this.snapshots = snapshots;
        this.authenticator = authenticator;
        this.policies = policies;
        this.guarding = guarding;
        this.planner = planner;
        this.admissions = admissions;
        this.upstreams = upstreams;
        this.relay = relay;
    }

    /**
     * Serves one request: the straight line from the app to an upstream and back.
     *
     * @param body is read when the caller is known, not before
     */
    void handle(
            Dialect dialect,
            Arrival arrival,
            Supplier<InferenceRequest> body,
            ServerResponse response,
            Exchange exchange) {
        GatewaySnapshot snapshot = snapshot();
        Caller caller = caller(snapshot, arrival.presented());
        exchange.isOf(caller, snapshot);
        WorkspaceView workspace = workspace(snapshot, caller);
        InferenceRequest asked = body.get();
        Route route = route(workspace, asked.model());
        exchange.asksFor(route.model(), asked.stream());
        RequestDeclaration declared = arrival.declaration();
        CompiledPolicy policy =
                workspace.policies().of(caller.keyId()).narrowedBy(declared.rules());
        exchange.decidedBy(policy.hash());
        Permit permit = permit(policy, facts(dialect, asked, declared, arrival));
        InferenceRequest request = guarding.looksAt(dialect, asked, permit, exchange);
        Tariff tariff = snapshot.tariff(exchange.startedAtMillis());
        RouteFacts facts =
                routing.of(
                        exchange.id(),
                        caller,
                        workspace,
                        dialect.operation(),
                        request,
                        route,
                        arrival,
                        tariff);
        RoutePlan plan = plan(route, facts, workspace, permit);
        var wish = wish(dialect, request, permit, plan, snapshot, exchange.startedAtMillis());
        Admission admission =
                admissions.admit(
                        snapshot.allowances().to(workspace.id(), caller.keyName(), route.name()),
                        wish,
                        dialect.rates(),
                        (name, value) -> response.header(names.of(name), value));
        exchange.admitted(admission);
        exchange.keeps(permit.keeps(), request);
        exchange.begin();
        guarding.judges(
                permit,
                workspace,
                (id, operation, question, its) ->
                        routing.of(
                                id, caller, workspace, operation, question, its, arrival, tariff),
                exchange);
        Served served =
                upstreams.ask(
                        plan,
                        dialect.operation(),
                        request,
                        admission.outputCap(),
                        workspace,
                        exchange);
        relay.relay(served, request, dialect.errors(), response, exchange);
    }

    /** What it asks limits and budgets for. */
    private static Admissions.Asked wish(
            Dialect dialect,
            InferenceRequest request,
            Permit permit,
            RoutePlan plan,
            GatewaySnapshot snapshot,
            long beganMillis) {
        return new Admissions.Asked(
                dialect.operation(),
                request,
                permit.outputCap(),
                plan,
                Prices.of(snapshot, beganMillis),
                beganMillis);
    }

    /** The models that the caller may use, by name. */
    OfferedModels models(Arrival arrival) {
        GatewaySnapshot snapshot = snapshot();
        Caller caller = caller(snapshot, arrival.presented());
        WorkspaceView workspace = workspace(snapshot, caller);
        CompiledPolicy policy =
                workspace.policies().of(caller.keyId()).narrowedBy(arrival.declaration().rules());
        List<Route> usable =
                workspace.routes().values().stream()
                        .filter(route -> usable(policy, route, arrival.origin()))
                        .sorted((one, other) -> one.model().compareTo(other.model()))
                        .toList();
        return new OfferedModels(usable, snapshot.catalogue());
    }

    private GatewaySnapshot snapshot() {
        if (!snapshots.valid()) {
            throw InferenceRefused.because(ProblemCode.STORE_LOST);
        }
        return snapshots.current();
    }

    private Caller caller(GatewaySnapshot snapshot, PresentedCredentials presented) {
        return switch (authenticator.authenticate(snapshot, presented)) {
            case Caller caller -> caller;
            case CredentialRefused refused -> throw InferenceRefused.because(refused.problem());
        };
    }

    private static WorkspaceView workspace(GatewaySnapshot snapshot, Caller caller) {
        WorkspaceView workspace =
                snapshot.workspace(caller.workspaceId())
                        .orElseThrow(
                                () -> InferenceRefused.because(ProblemCode.CREDENTIAL_REFUSED));
        if (workspace.suspended()) {
            throw InferenceRefused.because(ProblemCode.WORKSPACE_SUSPENDED);
        }
        return workspace;
    }

    private static Route route(WorkspaceView workspace, String model) {
        return workspace
                .route(model)
                .orElseThrow(() ->
                        InferenceRefused.field(
                                ProblemCode.MODEL_NOT_FOUND,
                                "model",
                                ProblemCode.MODEL_NOT_FOUND.title()));
    }

    private static PolicyFacts facts(
            Dialect dialect,
            InferenceRequest request,
            RequestDeclaration declared,
            Arrival arrival) {
        return new PolicyFacts(
                dialect.operation(),
                request.model(),
                new Size(request.bytes(), request.inputTokens(), request.outputTokens()),
                request.tools(),
                request.images(),
                declared.label(),
                arrival.origin());
    }

    private Permit permit(CompiledPolicy policy, PolicyFacts facts) {
        return switch (policies.decide(policy, facts)) {
            case Permit permit -> permit;
            case Refuse refuse ->
                    throw InferenceRefused.because(ProblemCode.POLICY_REFUSED, refuse.sentence());
        };
    }

    private RoutePlan plan(Route route, RouteFacts facts, WorkspaceView workspace, Permit permit) {
        return planner.plan(route, facts, permit, workspace.credentials()::containsKey);
    }

    /** Whether there is something that could be asked of the model, and somebody to ask. */
    private boolean usable(CompiledPolicy policy, Route route, Origin origin) {
        return Arrays.stream(Operation.values())
                .map(operation -> PolicyFacts.leastOf(operation, route.model(), origin))
                .anyMatch(facts ->
                        policies.decide(policy, facts) instanceof Permit permit
                                && route.upstreams().stream()
                                        .anyMatch(to ->
                                                permit.against(to.endpoint().destination())
                                                        == null));
    }
}
