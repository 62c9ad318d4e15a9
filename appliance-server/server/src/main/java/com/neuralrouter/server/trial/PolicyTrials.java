package com.neuralrouter.server.trial;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyTrial.Simulation;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.apikey.ApiKeyStore;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.Policy;
import com.neuralrouter.server.policy.Policy.Level;
import com.neuralrouter.server.policy.PolicyChecks;
import com.neuralrouter.server.policy.PolicyDifferences;
import com.neuralrouter.server.policy.PolicyRule;
import com.neuralrouter.server.policy.PolicyStore;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.trial.PolicyTestRun.Key;
import com.neuralrouter.server.usage.UsageStore;
import com.neuralrouter.server.workspace.WorkspaceStore;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Tries policies: their own tests, and what they would have decided. Nothing is changed by it; what
 * changes a policy demands that the tests pass. Safe for all threads.
 */
public final class PolicyTrials {
    private static final int MOST_DAYS = 366;
    private static final int PAGE = 1_000;
    private static final int MOST_REQUESTS = 200_000;

    private final PolicyStore policies;
    private final WorkspaceStore workspaces;
    private final ApiKeyStore apiKeys;
    private final ProviderStore providers;
    private final Clock clock;

    public PolicyTrials(
            PolicyStore policies,
            WorkspaceStore workspaces,
            ApiKeyStore apiKeys,
            ProviderStore providers,
            Clock clock) {
        this.policies = policies;
        this.workspaces = workspaces;
        this.apiKeys = apiKeys;
        this.providers = providers;
        this.clock = clock;
    }

    private record Site(
            PoliciesInForce policies,
            List<Workspace> workspaces,
            List<Key> keys,
            Map<String, Destination> providers) {}

    /**
     * Throws {@link AdminRefused} when a test of a policy that is in force in this transaction does
     * not pass: then the transaction changes nothing.
     */
    public void demandPassed(Tx tx) {
        Site site = read(tx);
        demandPassed(site, site.policies);
    }

    /** The same, if that policy were in force instead of what is. */
    void demandPassed(Tx tx, PolicyTarget target, PolicyDocument policy) {
        Site site = read(tx, target.apiKey());
        demandPassed(site, with(site.policies, target.workspace(), target.apiKey(), policy));
    }

    private void demandPassed(Site site, PoliciesInForce policies) {
        List<FieldError> failed =
                tests(policies, site).stream()
                        .filter(test -> !test.passed())
                        .map(test ->
                                new FieldError(
                                        test.policy() + " policy, test '" + test.name() + "'",
                                        "expected otherwise: " + test.verdict()))
                        .toList();
        if (!failed.isEmpty()) {
            throw new AdminRefused(
                    ProblemCode.INVALID_FIELD,
                    "A test of a policy does not pass, so nothing was changed: "
                            + failed.getFirst().field()
                            + " "
                            + failed.getFirst().message(),
                    failed);
        }
    }

    /** Throws {@link AdminRefused} for a policy that can't be one. */
    PolicyTrial run(Authorised by, SiteReads reads, UsageStore usage, TryPolicy wanted) {
        by.demand(Permission.SITE_APPLY);
        if (wanted.days() < 0 || wanted.days() > MOST_DAYS) {
            throw AdminRefused.field("days", "must be 0 to " + MOST_DAYS);
        }
        PolicyDocument policy = checked(wanted);
        Site site = reads.read(this::read);
        WorkspaceId workspace = workspace(site, wanted.workspace());
        ApiKeyId key = wanted.apiKey();
        if (key != null) {
            site = reads.read(tx -> withKey(tx, key));
        }
        PoliciesInForce now = site.policies;
        PoliciesInForce then = with(now, workspace, key, policy);
        return PolicyTrial.of(
                PolicyDifferences.of(inForce(now, workspace, key), policy),
                tests(then, site),
                simulation(
                        new Replay(now, then, site.providers),
                        wanted.days(),
                        before -> usage.before(before, PAGE),
                        policy));
    }

    private static PolicyDocument checked(TryPolicy wanted) {
        PolicyDocument policy = wanted.policy() == null ? PolicyDocument.NONE : wanted.policy();
        demandUsable(policy);
        return policy;
    }

    /** Throws {@link AdminRefused} for a policy that can't be one. */
    static void demandUsable(PolicyDocument policy) {
        List<FieldError> errors = PolicyChecks.errors("policy", policy);
        if (!errors.isEmpty()) {
            throw new AdminRefused(ProblemCode.INVALID_FIELD, "The policy can't be used.", errors);
        }
    }

    private static @Nullable WorkspaceId workspace(Site site, @Nullable String name) {
        if (name == null) {
            return null;
        }
        return site.workspaces.stream()
                .filter(workspace -> workspace.name().equals(name))
                .findFirst()
                .orElseThrow(() -> AdminRefused.notFound("workspace", name))
                .id();
    }

    private static PolicyDocument inForce(
            PoliciesInForce policies, @Nullable WorkspaceId workspace, @Nullable ApiKeyId key) {
        if (key != null) {
            return policies.of(key);
        }
        return workspace == null ? policies.site() : policies.of(workspace);
    }

    private static PoliciesInForce with(
            PoliciesInForce policies,
            @Nullable WorkspaceId workspace,
            @Nullable ApiKeyId key,
            PolicyDocument policy) {
        if (key != null) {
            return policies.with(key, policy);
        }
        return workspace == null ? policies.withSite(policy) : policies.with(workspace, policy);
    }

    private Site withKey(Tx tx, ApiKeyId key) {
        if (apiKeys.find(tx, key).isEmpty()) {
            throw AdminRefused.notFound("API key", key);
        }
        return read(tx, key);
    }

    private Site read(Tx tx) {
        return read(tx, null);
    }

    /**
     * @param and an API key that may have no rules yet; null for none
     */
    private Site read(Tx tx, @Nullable ApiKeyId and) {
        List<Workspace> all = workspaces.all(tx);
        Map<WorkspaceId, String> names =
                all.stream().collect(Collectors.toMap(Workspace::id, Workspace::name));
        var ofKeys = new HashMap<ApiKeyId, PolicyDocument>();
        policies.ofKeys(tx).values().forEach(ofKeys::putAll);
        if (and != null) {
            ofKeys.putIfAbsent(and, PolicyDocument.NONE);
        }
        List<Key> keys =
                ofKeys.keySet().stream()
                        .sorted()
                        .flatMap(key -> apiKeys.find(tx, key).stream())
                        .map(key ->
                                new Key(
                                        key.id(),
                                        key.workspaceId(),
                                        names.get(key.workspaceId()) + " / " + key.name()))
                        .toList();
        return new Site(
                new PoliciesInForce(
                        policies.site(tx).orElse(PolicyDocument.NONE), policies.all(tx), ofKeys),
                all,
                keys,
                providers.all(tx).stream()
                        .map(provider -> provider.endpoint().destination())
                        .collect(Collectors.toMap(Destination::provider, each -> each)));
    }

    private List<TestResult> tests(PoliciesInForce policies, Site site) {
        return new PolicyTestRun(site.providers, clock.instant())
                .run(policies, site.workspaces, site.keys);
    }

    private Simulation simulation(
            Replay replay,
            int days,
            LongFunction<List<RequestSummary>> requestsBefore,
            PolicyDocument policy) {
        Instant since = clock.instant().minus(Duration.ofDays(days));
        long before = Long.MAX_VALUE;
        boolean more = days > 0;
        int seen = 0;
        while (more && seen < MOST_REQUESTS) {
            List<RequestSummary> page = requestsBefore.apply(before);
            for (RequestSummary request : page) {
                if (!request.startedAt().isBefore(since)) {
                    replay.add(request);
                }
            }
            seen += page.size();
            // Records are stored as requests end, so one page may still hold some that began
            // after one that began too early.
            more =
                    page.size() == PAGE
                            && page.stream().anyMatch(each -> !each.startedAt().isBefore(since));
            before = page.isEmpty() ? 0 : page.getLast().position();
        }
        return new Simulation(since, replay.requests(), !more, replay.effects(), beyond(policy));
    }

    /** The policy's rules that a replay says nothing of. */
    private static List<String> beyond(PolicyDocument policy) {
        Set<RuleKind> simulated = Replay.SIMULATED;
        return Policy.of(Level.SITE, policy).rules().stream()
                .map(PolicyRule::kind)
                .filter(kind -> !simulated.contains(kind))
                .map(RuleKind::id)
                .toList();
    }
}
