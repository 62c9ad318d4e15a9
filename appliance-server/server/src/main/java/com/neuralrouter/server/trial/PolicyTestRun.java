package com.neuralrouter.server.trial;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.PolicyTrial.Decision;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;
import com.neuralrouter.contract.TestRequestDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.policy.Classification;
import com.neuralrouter.server.policy.CompiledPolicy;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.PolicyDecision.Permit;
import com.neuralrouter.server.policy.PolicyDecision.Refuse;
import com.neuralrouter.server.policy.PolicyEngine;
import com.neuralrouter.server.policy.PolicyFacts;
import com.neuralrouter.server.policy.PolicyFacts.Origin;
import com.neuralrouter.server.policy.PolicyFacts.Size;
import com.neuralrouter.server.policy.RuleKind;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs the tests that policies carry: the site's against the site's policy, a workspace's against
 * both, an API key's against all three. So a change of the site's policy, or of what is declared of
 * a provider, runs them all. Pure.
 */
final class PolicyTestRun {
    private final PolicyEngine engine = new PolicyEngine();
    private final Map<String, Destination> providers;
    private final Instant now;

    /**
     * @param providers by name
     * @param now the time of requests that say none
     */
    PolicyTestRun(Map<String, Destination> providers, Instant now) {
        this.providers = Map.copyOf(providers);
        this.now = now;
    }

    /** An API key with rules of its own. */
    record Key(ApiKeyId id, WorkspaceId workspace, String name) {}

    List<TestResult> run(PoliciesInForce policies, List<Workspace> workspaces, List<Key> keys) {
        var results = new ArrayList<TestResult>();
        run("site", policies.compiledSite(), policies.site(), results);
        for (Workspace workspace : workspaces) {
            PolicyDocument own = policies.of(workspace.id());
            if (own.tests() != null) {
                run(workspace.name(), policies.compiled(workspace.id()), own, results);
            }
        }
        for (Key key : keys) {
            PolicyDocument own = policies.of(key.id());
            if (own.tests() != null) {
                run(key.name(), policies.compiled(key.workspace(), key.id()), own, results);
            }
        }
        return results;
    }

    private void run(
            String name, CompiledPolicy policy, PolicyDocument document, List<TestResult> results) {
        List<PolicyTestDocument> tests = document.tests();
        if (tests != null) {
            tests.forEach(test -> results.add(run(name, policy, test)));
        }
    }

    private TestResult run(String name, CompiledPolicy policy, PolicyTestDocument test) {
        String refusedBy = null;
        String verdict = "permitted";
        Decision decision = Decision.PERMITTED;
        switch (engine.decide(policy, facts(test.request()))) {
            case Refuse refuse -> {
                refusedBy = refuse.ruleId();
                verdict = refuse.sentence();
                decision = Decision.REFUSED;
            }
            case Permit permit -> {
                RuleKind against = against(permit, test.request().provider());
                if (against != null) {
                    refusedBy = against.id();
                    verdict = "The rule " + against.id() + " does not let it go to the provider.";
                    decision = Decision.NOT_THERE;
                }
            }
        }
        boolean passed =
                test.expect().equals("permit")
                        ? refusedBy == null
                        : refusedBy != null
                                && (test.rule() == null || test.rule().equals(refusedBy));
        return new TestResult(name, test.name(), passed, verdict, decision, refusedBy);
    }

    /** A provider that is not there is one of which nothing is declared. */
    private @Nullable RuleKind against(Permit permit, @Nullable String provider) {
        return provider == null
                ? null
                : permit.against(
                        providers.getOrDefault(provider, Destination.undeclared(provider)));
    }

    private PolicyFacts facts(TestRequestDocument request) {
        Instant at = Objects.requireNonNullElse(request.at(), now);
        String address = request.address();
        return new PolicyFacts(
                request.operation() == null
                        ? Operation.CHAT_COMPLETIONS
                        : Operation.of(request.operation()),
                request.model(),
                new Size(
                        Objects.requireNonNullElse(request.requestBytes(), 0),
                        Objects.requireNonNullElse(request.inputTokens(), PolicyFacts.NOT_COUNTED),
                        Objects.requireNonNullElse(
                                request.outputTokens(), PolicyFacts.NOT_REQUESTED)),
                Objects.requireNonNullElse(request.tools(), List.of()),
                Boolean.TRUE.equals(request.images()),
                request.classification() == null
                        ? Classification.UNLABELLED
                        : Classification.of(request.classification()),
                new Origin(
                        address == null ? null : InetAddress.ofLiteral(address),
                        at.toEpochMilli()));
    }
}
