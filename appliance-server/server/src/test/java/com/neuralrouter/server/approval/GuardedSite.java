package com.neuralrouter.server.approval;

import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DecidedApproval;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.device.InvitationApprovals;
import com.neuralrouter.server.device.SiteEntrance;
import com.neuralrouter.server.site.ProviderApprovals;
import com.neuralrouter.server.site.SiteStores;
import com.neuralrouter.server.trial.PolicyAdministration;
import com.neuralrouter.server.trial.PolicySubjects;
import com.neuralrouter.server.trial.PolicyTrials;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A real site whose changes can be guarded, with Anna, Ben and Carla, and a clock to be turned. */
public final class GuardedSite implements AutoCloseable {
    public final TestSite site;
    public final PolicyAdministration policies;
    public final ApprovalCommands approvals;
    public final ApprovalRulesCommands rules;
    public final ApprovalStore store = new ApprovalStore();
    final ApprovalExpiry expiry;
    final Clock clock = new Turned();

    /** Whose devices may decide. */
    final List<String> persons = new ArrayList<>(List.of("Anna", "Ben", "Carla"));

    private Duration later = Duration.ZERO;

    public GuardedSite(Path folder) {
        this(new TestSite(folder));
    }

    public GuardedSite(TestSite site) {
        this.site = site;
        var trials =
                new PolicyTrials(
                        site.policyStore,
                        site.workspaceStore,
                        site.apiKeyStore,
                        site.providerStore,
                        clock);
        SiteStores stores = site.stores();
        policies =
                new PolicyAdministration(
                        site.transactions,
                        new PolicyAdministration.Stores(site.policyStore, site.policyVersionStore),
                        new PolicySubjects(site.workspaceStore, site.apiKeyStore),
                        site.policies,
                        trials,
                        site.second);
        rules =
                new ApprovalRulesCommands(
                        site.transactions,
                        site.approvalRulesStore,
                        site.second,
                        (_, _, _) -> persons,
                        clock);
        var authority = SiteCertificateAuthority.create("Test Site", site.clock).authority();
        var entrance = new SiteEntrance("appliance-1", authority, () -> 1, () -> 2);
        approvals =
                new ApprovalCommands(
                        site.transactions,
                        store,
                        site.second,
                        new Approvables(
                                List.of(
                                        policies,
                                        rules,
                                        new ProviderApprovals(stores, site.providers, trials),
                                        site.removal,
                                        new InvitationApprovals(site.devices, entrance))),
                        site.ids,
                        clock);
        expiry = new ApprovalExpiry(site.reads, store, approvals, site.ids, clock);
    }

    private final class Turned extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return site.clock.instant().plus(later);
        }
    }

    void turnClock(Duration by) {
        later = later.plus(by);
    }

    /** From now on these need a second person. */
    public void guard(ChangeKind... kinds) {
        rules.set(
                site.as("Anna", "anna-desk", Permission.APPROVALS_MANAGE),
                new ApprovalRules(Arrays.asList(kinds), ApprovalRules.USUAL_HOURS));
    }

    public Approval propose(String person, ProposedChange change) {
        return approvals.propose(
                site.as(person, person + "-desk", change.kind().permission()),
                new ProposeChange(change, "please"));
    }

    DecidedApproval approve(String person, Approval approval) {
        return approve(person, person + "-desk", approval);
    }

    DecidedApproval approve(String person, String device, Approval approval) {
        return approvals.approve(
                site.as(person, device, Permission.APPROVALS_DECIDE),
                approval.id(),
                new DecideApproval(approval.hash(), "agreed"));
    }

    Approval reject(String person, Approval approval) {
        return approvals.reject(
                site.as(person, person + "-desk", Permission.APPROVALS_DECIDE),
                approval.id(),
                new DecideApproval(approval.hash(), "no"));
    }

    Approval withdraw(String person, Approval approval) {
        return approvals.withdraw(
                site.as(person, person + "-phone", Permission.APPROVALS_READ),
                approval.id(),
                new DecideApproval(approval.hash(), null));
    }

    @Override
    public void close() {
        expiry.close();
        site.close();
    }
}
