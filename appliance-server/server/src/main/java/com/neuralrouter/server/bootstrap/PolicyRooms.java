package com.neuralrouter.server.bootstrap;

import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.apikey.ApiKeyStore;
import com.neuralrouter.server.approval.Approvable;
import com.neuralrouter.server.approval.Approvables;
import com.neuralrouter.server.approval.ApprovalCommands;
import com.neuralrouter.server.approval.ApprovalEndpoints;
import com.neuralrouter.server.approval.ApprovalExpiry;
import com.neuralrouter.server.approval.ApprovalRulesCommands;
import com.neuralrouter.server.approval.ApprovalRulesStore;
import com.neuralrouter.server.approval.ApprovalStore;
import com.neuralrouter.server.approval.SecondPerson;
import com.neuralrouter.server.approval.WaitingApprovals;
import com.neuralrouter.server.device.DeviceStore;
import com.neuralrouter.server.policy.PolicyCommands;
import com.neuralrouter.server.policy.PolicyStore;
import com.neuralrouter.server.policy.PolicyVersionStore;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.trial.PolicyAdministration;
import com.neuralrouter.server.trial.PolicyEndpoints;
import com.neuralrouter.server.trial.PolicySubjects;
import com.neuralrouter.server.trial.PolicyTrials;
import com.neuralrouter.server.trial.TrialEndpoints;
import com.neuralrouter.server.usage.UsageStore;
import com.neuralrouter.server.workspace.WorkspaceStore;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The rooms in which policies get their versions, and changes their second person. */
final class PolicyRooms implements AutoCloseable {
    private final AdminPlane.Ground ground;
    private final AdminTransactions transactions;
    private final SiteReads reads;
    private final PolicyStore policies;
    private final PolicySubjects subjects;
    private final PolicyVersionStore versions = new PolicyVersionStore();
    private final ApprovalRulesStore rules = new ApprovalRulesStore();
    private final ApprovalStore approvals = new ApprovalStore();
    private final SecondPerson second = new SecondPerson(rules);
    private final PolicyCommands commands;
    // Owned by the thread that starts and stops the plane.
    private @Nullable ApprovalExpiry expiry;
    private List<AdminEndpoints> endpoints = List.of();

    PolicyRooms(
            AdminPlane.Ground ground,
            AdminTransactions transactions,
            SiteReads reads,
            PolicyStore policies,
            WorkspaceStore workspaces,
            ApiKeyStore apiKeys) {
        this.ground = ground;
        this.transactions = transactions;
        this.reads = reads;
        this.policies = policies;
        this.subjects = new PolicySubjects(workspaces, apiKeys);
        this.commands = new PolicyCommands(policies, versions, ground.clock());
    }

    PolicyVersionStore versions() {
        return versions;
    }

    SecondPerson second() {
        return second;
    }

    WaitingApprovals waiting() {
        return new WaitingApprovals(approvals, ground.clock());
    }

    PolicyCommands commands() {
        return commands;
    }

    /**
     * Puts together what is served; to be called once.
     *
     * @param others the changes of other rooms that can take a second person
     */
    void open(PolicyTrials trials, UsageStore usage, DeviceStore devices, List<Approvable> others) {
        var administration =
                new PolicyAdministration(
                        transactions,
                        new PolicyAdministration.Stores(policies, versions),
                        subjects,
                        commands,
                        trials,
                        second);
        var ruleCommands =
                new ApprovalRulesCommands(
                        transactions,
                        rules,
                        second,
                        (tx, permission, now) -> persons(devices, tx, permission, now),
                        ground.clock());
        var approvables =
                new Approvables(
                        Stream.concat(Stream.of(administration, ruleCommands), others.stream())
                                .toList());
        var approvalCommands =
                new ApprovalCommands(
                        transactions, approvals, second, approvables, ground.ids(), ground.clock());
        var expiring =
                new ApprovalExpiry(
                        reads, approvals, approvalCommands, ground.ids(), ground.clock());
        expiring.start();
        expiry = expiring;
        endpoints =
                List.of(
                        new TrialEndpoints(trials, reads, usage),
                        new PolicyEndpoints(reads, versions, subjects, administration),
                        new ApprovalEndpoints(
                                reads,
                                approvals,
                                approvables,
                                approvalCommands,
                                rules,
                                ruleCommands,
                                ground.clock()));
    }

    /** What is served; none before {@link #open}. */
    List<AdminEndpoints> endpoints() {
        return endpoints;
    }

    private static Collection<String> persons(
            DeviceStore devices, Tx tx, Permission permission, Instant now) {
        return devices.active(tx).stream()
                .filter(device -> device.role().may(permission))
                .filter(device -> device.role().may(Permission.APPROVALS_DECIDE))
                .filter(device -> now.isBefore(device.certificateExpiresAt()))
                .map(Device::heldBy)
                .toList();
    }

    @Override
    public void close() {
        ApprovalExpiry running = expiry;
        if (running != null) {
            running.close();
        }
    }
}
