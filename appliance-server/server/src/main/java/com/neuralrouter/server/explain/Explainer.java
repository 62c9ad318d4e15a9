package com.neuralrouter.server.explain;

import com.neuralrouter.contract.ExplainRoute;
import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.policy.CompiledPolicy;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyDecision.Refuse;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.route.Explanations;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.route.RouteFacts;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.route.RoutePlanner;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.WorkspaceView;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Explains plans: of requests that are still remembered, and of requests that nobody has made, by
 * the same snapshot, policies and planner that real ones are decided by. Names, numbers and times;
 * no content. Safe for all threads.
 */
public final class Explainer {
    private static final int BYTES_PER_TOKEN = 4;

    private final Supplier<GatewaySnapshot> snapshot;
    private final PolicyEngine policies;
    private final RoutePlanner planner;
    private final Explanations explanations;
    private final Clock clock;

    public Explainer(
            Supplier<GatewaySnapshot> snapshot,
            PolicyEngine policies,
            RoutePlanner planner,
            Explanations explanations,
            Clock clock) {
        this.clock = clock;
        this.snapshot = snapshot;
        this.policies = policies;
        this.planner = planner;
        this.explanations = explanations;
    }

    /** Throws {@link AdminRefused} when the request is not remembered, or not any more. */
    Explanation of(RequestId request) {
        Explanations.Decided decided = explanations.of(request);
        if (decided == null) {
            throw new AdminRefused(
                    ProblemCode.NOT_FOUND,
                    "How the request was decided is not remembered: the last "
                            + explanations.most()
                            + " since the start are. Its record says who served it.");
        }
        return PlanWords.explanation(request, decided.plan(), decided.tried());
    }

    /**
     * Throws {@link AdminRefused} when there is no such workspace or model, and when a policy
     * refuses the request.
     */
    Explanation of(ExplainRoute wanted) {
        GatewaySnapshot now = snapshot.get();
        WorkspaceView workspace =
                now.workspaces().values().stream()
                        .filter(one -> one.name().equals(wanted.workspace()))
                        .findFirst()
                        .orElseThrow(() ->
                                AdminRefused.field(
                                        "workspace",
                                        "there is no workspace '" + wanted.workspace() + "'"));
        Route route =
                workspace
                        .route(wanted.model())
                        .orElseThrow(() ->
                                AdminRefused.field(
                                        "model",
                                        "no route of the workspace has the model '"
                                                + wanted.model()
                                                + "'"));
        Permit permit = permit(policy(now, workspace, wanted), wanted);
        RoutePlan plan =
                planner.preview(
                        route, facts(wanted, now), permit, workspace.credentials()::containsKey);
        return PlanWords.explanation(null, plan, List.of());
    }

    /** The key's own rules, if the workspace has such a key. */
    private static CompiledPolicy policy(
            GatewaySnapshot now, WorkspaceView workspace, ExplainRoute wanted) {
        return now.keys().values().stream()
                .filter(key -> key.workspaceId().equals(workspace.id()))
                .filter(key -> key.name().equals(wanted.apiKey()) && !key.revoked())
                .findFirst()
                .map(key -> workspace.policies().of(key.id()))
                .orElse(workspace.policies().ofAll());
    }

    private Permit permit(CompiledPolicy policy, ExplainRoute wanted) {
        long bytes = Math.min(wanted.inputTokens(), Integer.MAX_VALUE / BYTES_PER_TOKEN);
        var facts =
                new PolicyFacts(
                        wanted.model(), (int) (bytes * BYTES_PER_TOKEN), PolicyFacts.NOT_REQUESTED);
        return switch (policies.decide(policy, facts)) {
            case Permit permit -> permit;
            case Refuse refuse -> throw AdminRefused.field("model", refuse.sentence());
        };
    }

    private RouteFacts facts(ExplainRoute wanted, GatewaySnapshot now) {
        return new RouteFacts(
                0,
                Objects.requireNonNullElse(wanted.operation(), Operation.CHAT_COMPLETIONS.wire()),
                new RouteFacts.Who(
                        "", Objects.requireNonNullElse(wanted.apiKey(), ""), wanted.workspace()),
                new RouteFacts.Traits(
                        wanted.stream(), wanted.tools(), wanted.images(), wanted.inputTokens(), 0),
                wanted.headers(),
                now.tariff(clock.millis()));
    }
}
