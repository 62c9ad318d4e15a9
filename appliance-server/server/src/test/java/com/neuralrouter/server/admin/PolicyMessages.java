package com.neuralrouter.server.admin;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.Approval.Party;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DecidedApproval;
import com.neuralrouter.contract.InvitationId;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyTrial.Decision;
import com.neuralrouter.contract.PolicyTrial.Effect;
import com.neuralrouter.contract.PolicyTrial.Example;
import com.neuralrouter.contract.PolicyTrial.Simulation;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.ProposedChange.WorkspaceDeletion;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.TryPolicy;
import com.neuralrouter.contract.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The wire messages about policies. */
final class PolicyMessages {
    private static final Instant AT = Instant.parse("2027-01-31T12:00:00Z");

    private static final Instant LATER = Instant.parse("2027-02-03T12:00:00Z");
    private static final String HASH = "ab".repeat(32);
    private static final List<ChangedField> FIELDS =
            List.of(new ChangedField("maxOutputTokens", null, 4096));
    private static final PolicyDocument RULES =
            new PolicyDocument(List.of("llama-3"), null, null, 4096, null);
    private static final PolicyTarget RESEARCH =
            PolicyTarget.of(new WorkspaceId(WireMessages.id(1)));

    private PolicyMessages() {}

    static void addTo(Map<String, Object> all) {
        addVersions(all);
        addApprovals(all);
        all.put(
                "TryPolicy",
                new TryPolicy(
                        "research",
                        new PolicyDocument(List.of("llama-3"), null, null, 4096, null),
                        30));
        all.put(
                "PolicyTrial",
                PolicyTrial.of(
                        FIELDS,
                        List.of(
                                new TestResult(
                                        "site",
                                        "no other model",
                                        true,
                                        "permitted",
                                        Decision.PERMITTED,
                                        null)),
                        new Simulation(
                                AT,
                                1200,
                                true,
                                List.of(
                                        new Effect(
                                                "research",
                                                "llama-3",
                                                800,
                                                3,
                                                1,
                                                0,
                                                List.of(
                                                        new Example(
                                                                new RequestId(WireMessages.id(8)),
                                                                AT,
                                                                "would be refused",
                                                                "maxOutputTokens",
                                                                Decision.REFUSED)))),
                                List.of("networks"))));
    }

    private static void addVersions(Map<String, Object> all) {
        var version =
                new PolicyVersion(
                        RESEARCH,
                        7,
                        HASH,
                        AT,
                        "anna, approved by bert",
                        "back to what held before",
                        5L,
                        new ApprovalId(WireMessages.id(21)),
                        true,
                        RULES);
        all.put("PolicyVersion", version);
        all.put("PageOfPolicyVersion", new Page<>(List.of(version), "7"));
        all.put("PolicyTarget", RESEARCH);
        all.put("PolicyTarget-site", PolicyTarget.SITE);
        all.put("PolicyTarget-key", PolicyTarget.of(new ApiKeyId(WireMessages.id(2))));
        all.put("PolicyDiff", PolicyDiff.of(RESEARCH, 6, 7, FIELDS));
        all.put("ChangedField", FIELDS.getFirst());
        all.put(
                "ChangedField-list",
                new ChangedField("allowedModels", List.of("llama-3"), List.of("llama-3", "phi-4")));
        all.put("ChangedField-unshown", new ChangedField("trustedCertificates", null, null));
        all.put("SetPolicy", new SetPolicy(RESEARCH, RULES, "shorter answers", 6L));
        all.put("ActivatePolicy", new ActivatePolicy(RESEARCH, 5, "back to what held before"));
    }

    private static void addApprovals(Map<String, Object> all) {
        var change = ProposedChange.of(new PolicyChange(RESEARCH, RULES, null));
        addProposals(all, change);
        var anna = new Party("Anna Ash", "anna-laptop");
        var pending =
                new Approval(
                        new ApprovalId(WireMessages.id(21)),
                        ChangeKind.POLICY,
                        "the policy of the workspace research",
                        change,
                        HASH,
                        List.of("maxOutputTokens: none → 4096"),
                        "shorter answers",
                        State.PENDING,
                        false,
                        anna,
                        AT,
                        LATER,
                        null,
                        null,
                        null,
                        new Owner("research", null),
                        FIELDS);
        var approved =
                new Approval(
                        pending.id(),
                        pending.kind(),
                        pending.subject(),
                        change,
                        HASH,
                        pending.differences(),
                        pending.note(),
                        State.APPROVED,
                        false,
                        anna,
                        AT,
                        LATER,
                        new Party("Bert Birch", "bert-desk"),
                        LATER,
                        "as agreed",
                        null,
                        List.of());
        all.put("Approval", pending);
        all.put("Approval-approved", approved);
        all.put("PageOfApproval", new Page<>(List.of(pending, approved), null));
        all.put("DecidedApproval", new DecidedApproval(approved, null, null, null));
        all.put(
                "DecidedApproval-invitation",
                new DecidedApproval(
                        approved,
                        new CreatedInvitation(
                                new InvitationId(WireMessages.id(11)),
                                "bert-desk",
                                Role.OWNER,
                                LATER,
                                "an-example-code"),
                        null,
                        null));
    }

    private static void addProposals(Map<String, Object> all, ProposedChange change) {
        all.put("ProposeChange", new ProposeChange(change, "shorter answers"));
        all.put("DecideApproval", new DecideApproval(HASH, "as agreed"));
        all.put(
                "ApprovalRules",
                new ApprovalRules(List.of(ChangeKind.POLICY, ChangeKind.PROVIDER), 72));
        all.put("ProposedChange-policy", change);
        all.put(
                "ProposedChange-provider",
                ProposedChange.of(
                        new ProviderDocument(
                                "vllm-a", ProviderKind.OPENAI, "https://10.0.0.5/v1", null, null)));
        all.put(
                "ProposedChange-deletion",
                ProposedChange.of(
                        new WorkspaceDeletion(new WorkspaceId(WireMessages.id(1)), "research")));
        all.put(
                "ProposedChange-invitation",
                ProposedChange.of(new CreateInvitation("bert-desk", Role.OWNER, "Bert Birch")));
        all.put("ProposedChange-rules", ProposedChange.of(ApprovalRules.NONE));
    }
}
