package com.neuralrouter.server.trial;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Pages;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.policy.PolicyDifferences;
import com.neuralrouter.server.policy.PolicyVersionStore;
import com.neuralrouter.server.store.Tx;

import java.util.UUID;
import java.util.function.Function;

/** {@code /admin/v1/policies}: the versions of policies, and putting one in force. */
public final class PolicyEndpoints implements AdminEndpoints {
    private final SiteReads reads;
    private final PolicyVersionStore versions;
    private final PolicySubjects subjects;
    private final PolicyAdministration policies;

    public PolicyEndpoints(
            SiteReads reads,
            PolicyVersionStore versions,
            PolicySubjects subjects,
            PolicyAdministration policies) {
        this.reads = reads;
        this.versions = versions;
        this.subjects = subjects;
        this.policies = policies;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.POLICY_VERSIONS, this::list);
        routes.get(AdminApi.POLICY_VERSIONS + "/{number}", this::show);
        routes.get(AdminApi.POLICY_DIFF, this::diff);
        routes.post(AdminApi.POLICIES, this::set);
        routes.post(AdminApi.POLICY_ACTIVATE, this::activate);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.POLICIES_READ);
        PolicyTarget target = target(request);
        int limit = request.limit();
        long before = request.number("cursor").orElse(Long.MAX_VALUE);
        return AdminAnswer.ok(
                reads.read(tx -> {
                    subjects.of(tx, target);
                    return Pages.of(
                            versions.before(tx, target, before, limit + 1),
                            limit,
                            version -> version,
                            version -> String.valueOf(version.number()));
                }));
    }

    private AdminAnswer show(AdminHttpRequest request) {
        request.authorise(Permission.POLICIES_READ);
        PolicyTarget target = target(request);
        long number = number("number", request.path("number"));
        return AdminAnswer.ok(reads.read(tx -> version(tx, target, number)));
    }

    private AdminAnswer diff(AdminHttpRequest request) {
        request.authorise(Permission.POLICIES_READ);
        PolicyTarget target = target(request);
        long from = required(request, "from");
        long to = required(request, "to");
        return AdminAnswer.ok(
                reads.read(tx ->
                        PolicyDiff.of(
                                target,
                                from,
                                to,
                                PolicyDifferences.of(
                                        rules(tx, target, from), rules(tx, target, to)))));
    }

    private AdminAnswer set(AdminHttpRequest request) {
        return AdminAnswer.created(
                policies.set(
                        request.authorise(Permission.SITE_APPLY), request.body(SetPolicy.class)));
    }

    private AdminAnswer activate(AdminHttpRequest request) {
        return AdminAnswer.created(
                policies.activate(
                        request.authorise(Permission.SITE_APPLY),
                        request.body(ActivatePolicy.class)));
    }

    /** Before the first version there were no rules. */
    private PolicyDocument rules(Tx tx, PolicyTarget target, long number) {
        return number == 0 ? PolicyDocument.NONE : version(tx, target, number).policy();
    }

    private PolicyVersion version(Tx tx, PolicyTarget target, long number) {
        subjects.of(tx, target);
        return versions.find(tx, target, number)
                .orElseThrow(() -> AdminRefused.notFound("version", number));
    }

    private static PolicyTarget target(AdminHttpRequest request) {
        return new PolicyTarget(
                request.query("workspace")
                        .map(text -> id("workspace", text, WorkspaceId::new))
                        .orElse(null),
                request.query("apiKey")
                        .map(text -> id("apiKey", text, ApiKeyId::new))
                        .orElse(null));
    }

    private static <T> T id(String name, String text, Function<UUID, T> type) {
        try {
            return type.apply(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            throw AdminRefused.field(name, "must be an id (a UUID)");
        }
    }

    private static long required(AdminHttpRequest request, String name) {
        return request.number(name)
                .orElseThrow(() -> AdminRefused.field(name, "must be a version's number"));
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw AdminRefused.field(name, "must be a version's number");
        }
    }
}
