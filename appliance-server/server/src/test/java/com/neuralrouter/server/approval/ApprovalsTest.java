package com.neuralrouter.server.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.Approval.Party;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DecidedApproval;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.ProposedChange.WorkspaceDeletion;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PolicyTestDocument;
import com.neuralrouter.contract.TestRequestDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminCaller;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a site guards is done by two people, or not at all. */
@Tag("store")
class ApprovalsTest {
    private static final PolicyDocument STRICT =
            new PolicyDocument(List.of("llama"), null, null, 100, null);

    @TempDir private Path folder;
    private GuardedSite guarded;
    private TestSite site;

    @BeforeEach
    void found() {
        guarded = new GuardedSite(folder);
        site = guarded.site;
    }

    @AfterEach
    void close() {
        guarded.close();
    }

    @Test
    void needsNobodyWhereNothingIsGuarded() {
        PolicyVersion made = set(STRICT);

        assertThat(made.approval()).isNull();
        assertRefused(
                () -> guarded.propose("Anna", policy(PolicyDocument.NONE)),
                ProblemCode.INVALID_FIELD);
    }

    @Test
    void tellsHowManyChangesWaitForWhom() {
        guarded.guard(ChangeKind.POLICY);
        guarded.propose("Anna", policy(STRICT));
        Approval second =
                guarded.propose(
                        "Ben", policy(new PolicyDocument(List.of("qwen"), null, null, null, null)));

        assertThat(waitingFor("anna ", Role.OWNER)).isEqualTo(1);
        assertThat(waitingFor("Carla", Role.OWNER)).isEqualTo(2);
        assertThat(waitingFor("Carla", Role.MEMBER)).isZero();

        guarded.reject("Carla", second);
        assertThat(waitingFor("Anna", Role.OWNER)).isZero();
        guarded.turnClock(Duration.ofDays(30));
        assertThat(waitingFor("Carla", Role.OWNER)).isZero();
    }

    private int waitingFor(String person, Role role) {
        var waiting = new WaitingApprovals(guarded.store, guarded.clock);
        var caller = new AdminCaller(new DeviceId(site.ids.next()), "a desk", role, "::1", person);
        return site.reads.read(tx -> waiting.decisions(tx, caller));
    }

    @Test
    void refusesAGuardedChangeBySomebodyAlone() {
        guarded.guard(ChangeKind.POLICY);

        assertRefused(() -> set(STRICT), ProblemCode.APPROVAL_REQUIRED);
        assertRefused(
                () ->
                        guarded.policies.activate(
                                site.as(Permission.SITE_APPLY),
                                new ActivatePolicy(PolicyTarget.SITE, 1, null)),
                ProblemCode.APPROVAL_REQUIRED);
        assertThat(inForce()).isNull();
    }

    @Test
    void carriesOutWhatAnotherPersonApproves() {
        guarded.guard(ChangeKind.POLICY);
        Approval proposed = guarded.propose("Anna", policy(STRICT));
        assertThat(inForce()).isNull();

        DecidedApproval decided = guarded.approve("Ben", proposed);

        assertThat(inForce()).isEqualTo(STRICT);
        assertThat(decided.approval().state()).isEqualTo(State.APPROVED);
        assertThat(decided.approval().decidedBy()).isEqualTo(new Party("Ben", "Ben-desk"));
        assertThat(decided.policy())
                .satisfies(version -> {
                    assertThat(version.by()).isEqualTo("Anna, approved by Ben");
                    assertThat(version.approval()).isEqualTo(proposed.id());
                    assertThat(version.note()).isEqualTo("please");
                });
        assertThat(site.entries())
                .extracting(AuditEntry::action)
                .startsWith("policy.changed", "approval.approved", "approval.proposed");
        assertThat(site.entries().getFirst().details())
                .containsEntry("approval", proposed.id().toString());
    }

    @Test
    void refusesTheProposerOnEveryDeviceAndUnderEveryWayToWriteTheName() {
        guarded.guard(ChangeKind.POLICY);
        Approval proposed = guarded.propose("Anna", policy(STRICT));

        for (String name : List.of("Anna", "anna", " ANNA ", "\uff21nna", "Anna\u00a0")) {
            assertRefused(
                    () -> guarded.approve(name, "another-device", proposed),
                    ProblemCode.APPROVAL_REFUSED);
            assertRefused(() -> guarded.reject(name, proposed), ProblemCode.APPROVAL_REFUSED);
        }
        assertThat(inForce()).isNull();
    }

    @Test
    void refusesAfterARejectionAndTellsWhoDecided() {
        guarded.guard(ChangeKind.POLICY);
        Approval proposed = guarded.propose("Anna", policy(STRICT));

        Approval rejected = guarded.reject("Ben", proposed);

        assertThat(rejected.state()).isEqualTo(State.REJECTED);
        assertThat(rejected.decisionNote()).isEqualTo("no");
        assertRefused(() -> guarded.approve("Carla", proposed), ProblemCode.APPROVAL_CLOSED);
        assertThat(inForce()).isNull();
    }

    @Test
    void letsOnlyTheProposerWithdraw() {
        guarded.guard(ChangeKind.POLICY);
        Approval proposed = guarded.propose("Anna", policy(STRICT));

        assertRefused(() -> guarded.withdraw("Ben", proposed), ProblemCode.APPROVAL_REFUSED);
        assertThat(guarded.withdraw("anna", proposed).state()).isEqualTo(State.WITHDRAWN);
        assertRefused(() -> guarded.approve("Ben", proposed), ProblemCode.APPROVAL_CLOSED);
    }

    @Test
    void refusesWhatHasExpiredBeforeAndAfterThatIsRecorded() {
        guarded.guard(ChangeKind.POLICY);
        Approval proposed = guarded.propose("Anna", policy(STRICT));
        guarded.turnClock(Duration.ofHours(ApprovalRules.USUAL_HOURS));

        assertRefused(() -> guarded.approve("Ben", proposed), ProblemCode.APPROVAL_CLOSED);
        guarded.expiry.look();

        assertThat(site.entries().getFirst().action()).isEqualTo("approval.expired");
        int entries = site.entries().size();
        guarded.expiry.look();
        assertThat(site.entries()).hasSize(entries);
        assertRefused(() -> guarded.approve("Ben", proposed), ProblemCode.APPROVAL_CLOSED);
        assertThat(inForce()).isNull();
    }

    @Test
    void refusesAnotherHashThanTheProposals() {
        guarded.guard(ChangeKind.POLICY);
        Approval one = guarded.propose("Anna", policy(STRICT));
        Approval other = guarded.propose("Anna", policy(PolicyDocument.NONE, 50));

        assertRefused(
                () ->
                        guarded.approvals.approve(
                                site.as("Ben", "ben-desk", Permission.APPROVALS_DECIDE),
                                one.id(),
                                new DecideApproval(other.hash(), null)),
                ProblemCode.INVALID_FIELD);
        assertThat(one.hash()).isNotEqualTo(other.hash());
        assertThat(inForce()).isNull();
    }

    @Test
    void refusesWhenWhatItWasMadeFromHasChanged() {
        guarded.guard(ChangeKind.POLICY);
        Approval first = guarded.propose("Anna", policy(STRICT));
        Approval second = guarded.propose("Anna", policy(PolicyDocument.NONE, 50));
        guarded.approve("Ben", first);

        assertRefused(() -> guarded.approve("Ben", second), ProblemCode.CHANGED_BY_OTHER);
        assertThat(inForce()).isEqualTo(STRICT);
    }

    @Test
    void namesWhosePolicyItIsAndTellsTheTrailFactByFact() {
        Workspace research = site.workspace("research");
        guarded.guard(ChangeKind.POLICY);
        var change = new PolicyChange(PolicyTarget.of(research.id()), STRICT, null);

        Approval proposed = guarded.propose("Anna", ProposedChange.of(change));
        Approval ofSite = guarded.propose("Anna", policy(STRICT));

        assertThat(proposed.owner()).isEqualTo(new Owner("research", null));
        assertThat(proposed.subject()).isEqualTo("the policy of the workspace research");
        assertThat(ofSite.owner()).isNull();
        assertThat(site.entries().getFirst().details()).containsEntry("level", "SITE");
        assertThat(guarded.reject("Ben", proposed).owner()).isEqualTo(proposed.owner());
        assertThat(site.entries().getFirst().details())
                .containsEntry("kind", "POLICY")
                .containsEntry("level", "WORKSPACE")
                .containsEntry("workspace", "research");
    }

    @Test
    void refusesToProposeWhatFailsItsOwnTests() {
        guarded.guard(ChangeKind.POLICY);
        var failing =
                TestSite.withTests(
                        STRICT,
                        new PolicyTestDocument(
                                "gpt stays allowed",
                                new TestRequestDocument(
                                        null, "gpt", null, null, null, null, null, null, null, null,
                                        null),
                                "permit",
                                null));

        assertThatThrownBy(() -> guarded.propose("Anna", policy(failing)))
                .isInstanceOf(AdminRefused.class)
                .hasMessageContaining("site policy, test 'gpt stays allowed'");
    }

    @Test
    void guardsTheGuardItself() {
        guarded.guard(ChangeKind.POLICY);

        assertRefused(() -> guarded.guard(), ProblemCode.APPROVAL_REQUIRED);
        Approval off = guarded.propose("Anna", ProposedChange.of(ApprovalRules.NONE));
        assertRefused(() -> guarded.approve("Anna", off), ProblemCode.APPROVAL_REFUSED);
        assertRefused(() -> set(STRICT), ProblemCode.APPROVAL_REQUIRED);

        guarded.approve("Ben", off);

        assertThat(set(STRICT).approval()).isNull();
    }

    @Test
    void refusesToGuardWhatNobodyCouldApprove() {
        guarded.persons.clear();
        guarded.persons.addAll(List.of("Anna", "anna", "ANNA "));

        assertRefused(() -> guarded.guard(ChangeKind.POLICY), ProblemCode.INVALID_FIELD);
    }

    @Test
    void letsNobodyInAloneWhoCouldApprove() {
        guarded.guard(ChangeKind.POLICY);
        var puppet = new CreateInvitation("puppet", Role.ADMIN, "Somebody Else");

        Approval proposed = guarded.propose("Anna", ProposedChange.of(puppet));
        assertRefused(() -> guarded.approve("Anna", proposed), ProblemCode.APPROVAL_REFUSED);
        DecidedApproval decided = guarded.approve("Ben", proposed);

        assertThat(proposed.differences())
                .containsExactly("lets in a device of Somebody Else as ADMIN");
        assertThat(trail("approval.proposed"))
                .containsEntry("name", "puppet")
                .containsEntry("role", "ADMIN");
        assertThat(decided.invitation())
                .satisfies(invitation -> assertThat(invitation.code()).isNotEmpty());
        assertThat(decided.toString()).doesNotContain(decided.invitation().code());
    }

    @Test
    void destroysAWorkspacesKeysByTwoPeople() {
        Workspace research = site.workspace("research");
        guarded.guard(ChangeKind.WORKSPACE_DELETION);
        var deletion = new WorkspaceDeletion(research.id(), "research");

        assertRefused(
                () ->
                        site.removal.delete(
                                site.as(Permission.WORKSPACES_DELETE), research.id(), "research"),
                ProblemCode.APPROVAL_REQUIRED);
        DecidedApproval decided =
                guarded.approve("Ben", guarded.propose("Anna", ProposedChange.of(deletion)));

        assertThat(trail("approval.approved")).containsEntry("workspace", "research");
        assertThat(decided.deleted())
                .satisfies(deleted -> assertThat(deleted.workspaceId()).isEqualTo(research.id()));
        assertThat(
                        site.reads.<Boolean>read(
                                tx -> site.workspaceStore.find(tx, research.id()).isEmpty()))
                .isTrue();
    }

    @Test
    void declaresAProviderByTwoPeople() {
        site.provider("cloud");
        guarded.guard(ChangeKind.PROVIDER);
        var moved = TestSite.openAi("cloud", "https://elsewhere.example/v1");

        Approval proposed = guarded.propose("Anna", ProposedChange.of(moved));
        guarded.approve("Ben", proposed);

        assertThat(trail("approval.proposed")).containsEntry("provider", "cloud");
        assertThat(proposed.differences())
                .containsExactly(
                        "baseUrl: https://127.0.0.1:8000/v1 → https://elsewhere.example/v1");
        assertThat(
                        site.reads.<String>read(tx ->
                                site.providerStore
                                                .byName(tx, "cloud")
                                                .orElseThrow()
                                                .endpoint()
                                                .baseUrl()
                                        + ""))
                .isEqualTo("https://elsewhere.example/v1");
    }

    @Test
    void survivesARestart() {
        guarded.guard(ChangeKind.POLICY);
        Approval proposed = guarded.propose("Anna", policy(STRICT));
        guarded.close();
        guarded = new GuardedSite(folder);
        site = guarded.site;

        guarded.approve("Ben", proposed);

        assertThat(inForce()).isEqualTo(STRICT);
    }

    private PolicyVersion set(PolicyDocument policy) {
        return guarded.policies.set(
                site.as("Anna", "anna-desk", Permission.SITE_APPLY),
                new SetPolicy(PolicyTarget.SITE, policy, null, null));
    }

    /** The details of the newest entry of that action. */
    private Map<String, String> trail(String action) {
        return site.entries().stream()
                .filter(entry -> entry.action().equals(action))
                .findFirst()
                .orElseThrow()
                .details();
    }

    private static ProposedChange policy(PolicyDocument policy) {
        return ProposedChange.of(new PolicyChange(PolicyTarget.SITE, policy, null));
    }

    private static ProposedChange policy(PolicyDocument like, int tokens) {
        return policy(
                new PolicyDocument(like.allowedModels(), like.deniedModels(), null, tokens, null));
    }

    private @Nullable PolicyDocument inForce() {
        return site.reads.<@Nullable PolicyDocument>read(
                tx -> site.policyStore.site(tx).orElse(null));
    }

    private static void assertRefused(ThrowingCallable change, ProblemCode code) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        AdminRefused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
