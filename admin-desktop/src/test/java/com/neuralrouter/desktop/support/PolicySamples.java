package com.neuralrouter.desktop.support;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.Approval.Party;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.InvitationId;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyTrial.Decision;
import com.neuralrouter.contract.PolicyTrial.Effect;
import com.neuralrouter.contract.PolicyTrial.Example;
import com.neuralrouter.contract.PolicyTrial.Simulation;
import com.neuralrouter.contract.PolicyTrial.TestResult;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** The policies of {@link Samples}, what came of trying one, and changes that wait. */
public final class PolicySamples {
    private static final Party JONAS = new Party("Jonas Keller", "Jonas Keller, laptop");

    private PolicySamples() {}

    static PolicyDocument rules(int outputTokens) {
        return new PolicyDocument(
                List.of("bank-general", "bank-code"),
                null,
                List.of("gpu-hall-a", "gpu-hall-b"),
                outputTokens,
                1_000_000);
    }

    /** The newest first. */
    static List<PolicyVersion> versions() {
        return List.of(
                version(
                        PolicyTarget.SITE,
                        3,
                        2,
                        "Longer answers cost too much",
                        rules(4_000),
                        null),
                with(
                        version(
                                PolicyTarget.SITE,
                                2,
                                19,
                                "After the risk review",
                                rules(8_000),
                                null),
                        false),
                with(
                        version(
                                PolicyTarget.SITE,
                                1,
                                40,
                                "",
                                new PolicyDocument(List.of("bank-general"), null, null, null, null),
                                null),
                        false));
    }

    static PolicyVersion version(
            PolicyTarget target,
            long number,
            int daysAgo,
            String note,
            PolicyDocument policy,
            @Nullable Long restores) {
        return new PolicyVersion(
                target,
                number,
                "4be1".repeat(16),
                Samples.NOW.minus(Duration.ofDays(daysAgo)),
                "Ana Ruiz",
                note,
                restores,
                null,
                true,
                policy);
    }

    static PolicyVersion with(PolicyVersion one, boolean inForce) {
        return new PolicyVersion(
                one.target(),
                one.number(),
                one.hash(),
                one.at(),
                one.by(),
                one.note(),
                one.restores(),
                one.approval(),
                inForce,
                one.policy());
    }

    /** What came of a trial, whose tests passed or did not. */
    public static PolicyTrial trial(boolean passed) {
        return PolicyTrial.of(
                List.of(new ChangedField("maxOutputTokens", 4000, 2000)),
                List.of(
                        new TestResult(
                                "site",
                                "no model of another jurisdiction",
                                true,
                                "refused",
                                Decision.REFUSED,
                                "allowedJurisdictions"),
                        new TestResult(
                                "claims-assistant",
                                "letters may be long",
                                passed,
                                passed ? "permitted" : "refused by maxOutputTokens of the site",
                                passed ? Decision.PERMITTED : Decision.REFUSED,
                                passed ? null : "maxOutputTokens")),
                new Simulation(
                        Samples.NOW.minus(Duration.ofDays(30)),
                        18_204,
                        true,
                        List.of(
                                new Effect(
                                        "claims-assistant",
                                        "bank-general",
                                        9_120,
                                        212,
                                        0,
                                        0,
                                        List.of(
                                                new Example(
                                                        Samples.id(RequestId::of, 5059),
                                                        Samples.NOW.minus(Duration.ofHours(3)),
                                                        "would be refused",
                                                        "maxOutputTokens",
                                                        Decision.REFUSED)))),
                        List.of("networks")));
    }

    static List<Approval> approvals() {
        return List.of(
                waiting(),
                approval(
                        72,
                        ChangeKind.INVITATION,
                        "the invitation of 'Mei Chen, laptop' as ADMIN",
                        ProposedChange.of(new CreateInvitation("Mei Chen, laptop", Role.ADMIN)),
                        List.of(),
                        State.PENDING),
                decided(
                        approval(
                                70,
                                ChangeKind.POLICY,
                                "the policy of the workspace research",
                                ProposedChange.of(
                                        new PolicyChange(
                                                PolicyTarget.of(Samples.id(WorkspaceId::of, 12)),
                                                rules(6_000),
                                                null)),
                                List.of(new ChangedField("maxOutputTokens", null, 6000)),
                                State.PENDING),
                        State.REJECTED,
                        "The site's limit is lower."));
    }

    static Approval waiting() {
        return approval(
                71,
                ChangeKind.POLICY,
                "the policy of the site",
                policy(2_000),
                List.of(new ChangedField("maxOutputTokens", 4000, 2000)),
                State.PENDING);
    }

    /** As {@link #waiting}, proposed by somebody else. */
    public static Approval by(String person) {
        Approval one = waiting();
        return new Approval(
                Samples.id(ApprovalId::of, 79),
                one.kind(),
                one.subject(),
                one.change(),
                one.hash(),
                one.differences(),
                one.note(),
                one.state(),
                one.baseChanged(),
                new Party(person, person + ", laptop"),
                Samples.NOW,
                one.expiresAt(),
                null,
                null,
                null,
                one.owner(),
                one.fields());
    }

    private static ProposedChange policy(int outputTokens) {
        return ProposedChange.of(new PolicyChange(PolicyTarget.SITE, rules(outputTokens), null));
    }

    private static Approval approval(
            int number,
            ChangeKind kind,
            String subject,
            ProposedChange change,
            List<ChangedField> fields,
            State state) {
        return new Approval(
                Samples.id(ApprovalId::of, number),
                kind,
                subject,
                change,
                "c0de".repeat(16),
                fields.stream().map(ChangedField::words).toList(),
                "Agreed with risk on Monday",
                state,
                false,
                JONAS,
                Samples.NOW.minus(Duration.ofHours(number - 66)),
                Samples.NOW.plus(Duration.ofHours(66)),
                null,
                null,
                null,
                change.policy() == null || change.policy().target().equals(PolicyTarget.SITE)
                        ? null
                        : new Owner("research", null),
                fields);
    }

    static Approval decided(Approval one, State state, @Nullable String note) {
        return new Approval(
                one.id(),
                one.kind(),
                one.subject(),
                one.change(),
                one.hash(),
                one.differences(),
                one.note(),
                state,
                false,
                one.proposedBy(),
                one.proposedAt(),
                one.expiresAt(),
                new Party("Ana Ruiz", "Ana Ruiz"),
                Samples.NOW,
                note,
                one.owner(),
                one.fields());
    }

    static CreatedInvitation invitation() {
        return new CreatedInvitation(
                Samples.id(InvitationId::of, 901),
                "Mei Chen, laptop",
                Role.ADMIN,
                Samples.NOW.plus(Duration.ofHours(1)),
                Samples.ENROLMENT_CODE);
    }
}
