package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DecidedApproval;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.TryPolicy;

import tools.jackson.core.type.TypeReference;

/** Speaks through the exchange of an {@link HttpAdminClient}, and lives as long as that. */
record HttpPolicyClient(JsonExchange exchange) implements PolicyClient {

    @Override
    public Answer<Page<PolicyVersion>> policyVersions(PolicyTarget target, String cursor) {
        return exchange.get(
                HttpAdminClient.page(AdminApi.POLICY_VERSIONS + of(target), cursor),
                new TypeReference<>() {});
    }

    @Override
    public Answer<PolicyDiff> policyDiff(PolicyTarget target, long from, long to) {
        var path = AdminApi.POLICY_DIFF + of(target);
        return exchange.get(
                path + (path.contains("?") ? "&" : "?") + "from=" + from + "&to=" + to,
                new TypeReference<>() {});
    }

    @Override
    public Answer<PolicyTrial> tryPolicy(TryPolicy trial) {
        return exchange.ask(AdminApi.POLICIES_TRY, trial, new TypeReference<>() {});
    }

    @Override
    public Answer<PolicyVersion> setPolicy(SetPolicy policy) {
        return exchange.post(AdminApi.POLICIES, policy, new TypeReference<>() {});
    }

    @Override
    public Answer<PolicyVersion> activatePolicy(ActivatePolicy activation) {
        return exchange.post(AdminApi.POLICY_ACTIVATE, activation, new TypeReference<>() {});
    }

    @Override
    public Answer<ApprovalRules> approvalRules() {
        return exchange.get(AdminApi.APPROVAL_RULES, new TypeReference<>() {});
    }

    @Override
    public Answer<ApprovalRules> setApprovalRules(ApprovalRules rules) {
        return exchange.post(AdminApi.APPROVAL_RULES, rules, new TypeReference<>() {});
    }

    @Override
    public Answer<Page<Approval>> approvals(String cursor) {
        return exchange.get(
                HttpAdminClient.page(AdminApi.APPROVALS, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<Approval> propose(ProposeChange proposal) {
        return exchange.post(AdminApi.APPROVALS, proposal, new TypeReference<>() {});
    }

    @Override
    public Answer<DecidedApproval> approve(ApprovalId approval, DecideApproval decision) {
        return exchange.post(of(approval, AdminApi.APPROVE), decision, new TypeReference<>() {});
    }

    @Override
    public Answer<Approval> reject(ApprovalId approval, DecideApproval decision) {
        return exchange.post(of(approval, AdminApi.REJECT), decision, new TypeReference<>() {});
    }

    @Override
    public Answer<Approval> withdraw(ApprovalId approval, DecideApproval decision) {
        return exchange.post(of(approval, AdminApi.WITHDRAW), decision, new TypeReference<>() {});
    }

    private static String of(ApprovalId approval, String below) {
        return AdminApi.APPROVALS + "/" + approval + below;
    }

    private static String of(PolicyTarget target) {
        if (target.apiKey() != null) {
            return "?apiKey=" + target.apiKey();
        }
        return target.workspace() == null ? "" : "?workspace=" + target.workspace();
    }
}
