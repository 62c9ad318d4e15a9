package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DecidedApproval;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.PolicyClient;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of a {@link FakeAdminClient} about policies, and changes that wait. */
public final class FakePolicies implements PolicyClient {
    /** Of all targets, the newest first. */
    public final List<PolicyVersion> versions = new CopyOnWriteArrayList<>();

    /** The newest first. */
    public final List<Approval> approvals = new CopyOnWriteArrayList<>();

    /** Which changes need a second person. */
    public volatile ApprovalRules rules = ApprovalRules.NONE;

    /** What comes of a trial. */
    public volatile PolicyTrial trial = PolicySamples.trial(true);

    /** What was tried last. */
    public volatile @Nullable TryPolicy tried;

    /** What was proposed last. */
    public volatile @Nullable ProposeChange proposed;

    private final FakeAnswers answers;

    FakePolicies(FakeAnswers answers) {
        this.answers = answers;
    }

    @Override
    public Answer<Page<PolicyVersion>> policyVersions(PolicyTarget target, String cursor) {
        return answers.read("policyVersions", () -> new Page<>(of(target), null));
    }

    @Override
    public Answer<PolicyDiff> policyDiff(PolicyTarget target, long from, long to) {
        return answers.read(
                "policyDiff",
                () ->
                        PolicyDiff.of(
                                target,
                                from,
                                to,
                                from == to
                                        ? List.of()
                                        : List.of(
                                                new ChangedField("maxOutputTokens", 8000, 4000),
                                                new ChangedField("noTraining", null, true))));
    }

    @Override
    public Answer<PolicyTrial> tryPolicy(TryPolicy wanted) {
        return answers.read(
                "tryPolicy",
                () -> {
                    tried = wanted;
                    return trial;
                });
    }

    @Override
    public Answer<PolicyVersion> setPolicy(SetPolicy wanted) {
        return rules.demand(ChangeKind.POLICY)
                ? answers.refused(ProblemCode.APPROVAL_REQUIRED, "Propose it.")
                : answers.change(
                        "setPolicy",
                        () -> put(wanted.target(), wanted.policy(), wanted.note(), null));
    }

    @Override
    public Answer<PolicyVersion> activatePolicy(ActivatePolicy wanted) {
        return answers.change(
                "activatePolicy",
                () -> {
                    PolicyVersion older =
                            of(wanted.target()).stream()
                                    .filter(each -> each.number() == wanted.number())
                                    .findFirst()
                                    .orElseThrow();
                    return put(wanted.target(), older.policy(), wanted.note(), older.number());
                });
    }

    private List<PolicyVersion> of(PolicyTarget target) {
        return versions.stream().filter(each -> each.target().equals(target)).toList();
    }

    private PolicyVersion put(
            PolicyTarget target,
            @Nullable PolicyDocument policy,
            @Nullable String note,
            @Nullable Long restores) {
        long number = of(target).size() + 1;
        versions.replaceAll(
                each -> each.target().equals(target) ? PolicySamples.with(each, false) : each);
        var version =
                PolicySamples.version(
                        target,
                        number,
                        0,
                        Objects.requireNonNullElse(note, ""),
                        Objects.requireNonNullElse(policy, PolicyDocument.NONE),
                        restores);
        versions.addFirst(version);
        return version;
    }

    @Override
    public Answer<ApprovalRules> approvalRules() {
        return answers.read("approvalRules", () -> rules);
    }

    @Override
    public Answer<ApprovalRules> setApprovalRules(ApprovalRules wanted) {
        return answers.change(
                "setApprovalRules",
                () -> {
                    rules = wanted;
                    return wanted;
                });
    }

    @Override
    public Answer<Page<Approval>> approvals(String cursor) {
        return answers.read("approvals", () -> new Page<>(approvals, null));
    }

    @Override
    public Answer<Approval> propose(ProposeChange wanted) {
        return answers.change(
                "propose",
                () -> {
                    proposed = wanted;
                    return PolicySamples.waiting();
                });
    }

    @Override
    public Answer<DecidedApproval> approve(ApprovalId id, DecideApproval decision) {
        return answers.change(
                "approve",
                () -> {
                    var approval = decide(id, State.APPROVED, decision);
                    var code =
                            approval.kind() == ChangeKind.INVITATION
                                    ? PolicySamples.invitation()
                                    : null;
                    return new DecidedApproval(approval, code, null, null);
                });
    }

    @Override
    public Answer<Approval> reject(ApprovalId id, DecideApproval decision) {
        return answers.change("reject", () -> decide(id, State.REJECTED, decision));
    }

    @Override
    public Answer<Approval> withdraw(ApprovalId id, DecideApproval decision) {
        return answers.change("withdraw", () -> decide(id, State.WITHDRAWN, decision));
    }

    private Approval decide(ApprovalId id, State state, DecideApproval decision) {
        Approval before =
                approvals.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        if (!before.hash().equals(decision.hash())) {
            throw new IllegalStateException("decided about another: " + decision);
        }
        var after = PolicySamples.decided(before, state, decision.note());
        approvals.set(approvals.indexOf(before), after);
        return after;
    }
}
