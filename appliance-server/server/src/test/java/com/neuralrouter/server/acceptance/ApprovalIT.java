package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DecidedApproval;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.Role;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Four eyes over real HTTP: from turning them on to the request that the new policy refuses. */
class ApprovalIT {
    private static final String MODEL = "small-chat";
    private static final PolicyDocument OTHER_MODELS =
            new PolicyDocument(List.of("another"), null, null, null, null);

    @TempDir private static Path folder;
    private static RunningSite site;
    private static Administrator anna;
    private static Administrator annaElsewhere;
    private static Administrator ben;
    private static Administrator carlaTheMember;
    private static App app;

    @BeforeAll
    static void start() throws IOException {
        site = RunningSite.start(folder.resolve("site"));
        try (Administrator operator = site.operator()) {
            app = site.app(site.openFor(MODEL));
            anna = device(operator, new CreateInvitation("anna-desk", Role.OWNER, "Anna Ash"));
            annaElsewhere =
                    device(operator, new CreateInvitation("tablet", Role.OWNER, "ANNA  ASH"));
            ben = device(operator, new CreateInvitation("ben-desk", Role.OWNER, "Ben Birch"));
            carlaTheMember = device(operator, new CreateInvitation("carla", Role.MEMBER));
        }
    }

    private static Administrator device(Administrator owner, CreateInvitation wanted)
            throws IOException {
        Enrolled enrolled = Enrolled.in(site.folder(), site.enrolmentPort(), owner, wanted);
        return new Administrator(
                SiteTrust.of(site.folder()).contextShowing(enrolled.identity()), site.adminPort());
    }

    @AfterAll
    static void stop() {
        List.of(anna, annaElsewhere, ben, carlaTheMember).forEach(Administrator::close);
        app.close();
        site.close();
    }

    @Test
    void takesTwoPeopleFromTheProposalToTheRefusedRequest() throws IOException {
        var before = set(anna, PolicyDocument.NONE);
        anna.post(
                AdminApi.APPROVAL_RULES,
                new ApprovalRules(List.of(ChangeKind.POLICY), 24),
                ApprovalRules.class);

        assertThat(anna.statusOfPost(AdminApi.POLICIES, wanted(OTHER_MODELS))).isEqualTo(409);
        assertThat(anna.statusOfPost(AdminApi.SITE_APPLY, document(OTHER_MODELS))).isEqualTo(409);
        assertThat(chats()).isEqualTo(200);

        Approval proposed = propose(anna, policy(OTHER_MODELS));
        assertThat(proposed.differences()).containsExactly("allowedModels: none → [another]");
        assertThat(proposed.proposedBy().person()).isEqualTo("Anna Ash");
        var decision = new DecideApproval(proposed.hash(), "looked at");
        assertThat(anna.statusOfPost(path(proposed, AdminApi.APPROVE), decision)).isEqualTo(403);
        assertThat(annaElsewhere.statusOfPost(path(proposed, AdminApi.APPROVE), decision))
                .as("the same person on another device")
                .isEqualTo(403);
        assertThat(carlaTheMember.statusOfPost(path(proposed, AdminApi.APPROVE), decision))
                .isEqualTo(403);
        assertThat(
                        ben.statusOfPost(
                                path(proposed, AdminApi.APPROVE),
                                new DecideApproval("0".repeat(64), null)))
                .as("another hash")
                .isEqualTo(400);
        assertThat(chats()).isEqualTo(200);

        DecidedApproval decided =
                ben.post(path(proposed, AdminApi.APPROVE), decision, DecidedApproval.class);

        assertThat(decided.approval().state()).isEqualTo(State.APPROVED);
        assertThat(chats()).as("by the next request").isEqualTo(403);
        assertThat(ben.statusOfPost(path(proposed, AdminApi.APPROVE), decision)).isEqualTo(409);
        goBack(before.number());
        assertThat(trail())
                .contains(
                        "approval_rules.changed",
                        "approval.proposed",
                        "approval.approved",
                        "policy.changed",
                        "approval.rejected");
        turnOff();
    }

    /** The way back needs a second person too, as a proposal that names the version. */
    private static void goBack(long number) throws IOException {
        assertThat(
                        anna.statusOfPost(
                                AdminApi.POLICY_ACTIVATE,
                                new ActivatePolicy(PolicyTarget.SITE, number, null)))
                .isEqualTo(409);
        Approval back =
                propose(ben, ProposedChange.of(new PolicyChange(PolicyTarget.SITE, null, number)));
        Approval refused =
                anna.post(
                        path(back, AdminApi.REJECT),
                        new DecideApproval(back.hash(), "not yet"),
                        Approval.class);
        assertThat(refused.state()).isEqualTo(State.REJECTED);
        assertThat(chats()).isEqualTo(403);
        Approval again =
                propose(ben, ProposedChange.of(new PolicyChange(PolicyTarget.SITE, null, number)));
        annaElsewhere.post(
                path(again, AdminApi.APPROVE),
                new DecideApproval(again.hash(), null),
                DecidedApproval.class);
        assertThat(chats()).isEqualTo(200);
        PolicyVersion newest = ben.all(AdminApi.POLICY_VERSIONS, PolicyVersion.class).getFirst();
        assertThat(newest.restores()).isEqualTo(number);
        assertThat(newest.by()).isEqualTo("Ben Birch, approved by ANNA  ASH");
        assertThat(
                        ben.get(
                                        AdminApi.POLICY_DIFF
                                                + "?from="
                                                + number
                                                + "&to="
                                                + newest.number(),
                                        PolicyDiff.class)
                                .differences())
                .isEmpty();
    }

    private static void turnOff() throws IOException {
        assertThat(anna.statusOfPost(AdminApi.APPROVAL_RULES, ApprovalRules.NONE)).isEqualTo(409);
        Approval off = propose(anna, ProposedChange.of(ApprovalRules.NONE));
        ben.post(
                path(off, AdminApi.APPROVE),
                new DecideApproval(off.hash(), null),
                DecidedApproval.class);
        assertThat(anna.get(AdminApi.APPROVAL_RULES, ApprovalRules.class).required()).isEmpty();
    }

    @Test
    void listsDevicesWithTheirPersons() throws IOException {
        assertThat(anna.all(AdminApi.DEVICES, Device.class))
                .filteredOn(device -> device.name().equals("tablet"))
                .singleElement()
                .satisfies(device -> assertThat(device.heldBy()).isEqualTo("ANNA  ASH"));
    }

    private static Approval propose(Administrator by, ProposedChange change) throws IOException {
        return by.post(AdminApi.APPROVALS, new ProposeChange(change, "for a test"), Approval.class);
    }

    private static String path(Approval approval, String what) {
        return AdminApi.APPROVALS + "/" + approval.id() + what;
    }

    private static PolicyVersion set(Administrator by, PolicyDocument policy) throws IOException {
        return by.post(AdminApi.POLICIES, wanted(policy), PolicyVersion.class);
    }

    private static SetPolicy wanted(PolicyDocument policy) {
        return new SetPolicy(PolicyTarget.SITE, policy, null, null);
    }

    private static ProposedChange policy(PolicyDocument policy) {
        return ProposedChange.of(new PolicyChange(PolicyTarget.SITE, policy, null));
    }

    private static SiteDocument document(PolicyDocument policy) {
        return new SiteDocument(SiteDocument.API_VERSION, policy, List.of(), List.of(), List.of());
    }

    private static int chats() throws IOException {
        return app.ask(App.chat(MODEL, "hello")).status();
    }

    private static List<String> trail() throws IOException {
        return anna.all(AdminApi.AUDIT, AuditEntry.class).stream()
                .map(AuditEntry::action)
                .distinct()
                .toList();
    }
}
