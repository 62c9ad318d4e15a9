package com.neuralrouter.server.approval;

import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Persons;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Says which changes need a second person. Once one does, so does saying otherwise. Safe for all
 * threads.
 */
public final class ApprovalRulesCommands implements Approvable {
    private static final int MOST_HOURS = 720;
    private static final int PERSONS = 2;

    private final AdminTransactions transactions;
    private final ApprovalRulesStore store;
    private final SecondPerson second;
    private final Deciders deciders;
    private final Clock clock;

    public ApprovalRulesCommands(
            AdminTransactions transactions,
            ApprovalRulesStore store,
            SecondPerson second,
            Deciders deciders,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.second = second;
        this.deciders = deciders;
        this.clock = clock;
    }

    /** Throws {@link AdminRefused} where a second person must approve it. */
    public ApprovalRules set(Authorised by, ApprovalRules wanted) {
        by.demand(Permission.APPROVALS_MANAGE);
        return transactions.run(
                by,
                tx -> {
                    Consent consent =
                            second.demand(
                                    tx,
                                    ChangeKind.APPROVAL_RULES,
                                    "which changes need a second person");
                    return Audited.of(wanted, setIn(tx, wanted, consent));
                });
    }

    private AuditEvent setIn(Tx tx, ApprovalRules wanted, Consent consent) {
        ApprovalRules before = store.inForce(tx);
        Instant now = Columns.now(clock);
        demandUsable(tx, wanted, now);
        store.put(tx, wanted, now);
        var details = new HashMap<>(consent.details());
        details.put("before", names(before));
        details.put("after", names(wanted));
        details.put("validHours", String.valueOf(wanted.validHours()));
        return AuditEvent.done("approval_rules.changed", "approval_rules", details);
    }

    /** With fewer people than two nothing could ever be approved, nor this be taken back. */
    private void demandUsable(Tx tx, ApprovalRules wanted, Instant now) {
        if (wanted.validHours() < 1 || wanted.validHours() > MOST_HOURS) {
            throw AdminRefused.field("validHours", "must be 1 to " + MOST_HOURS);
        }
        for (ChangeKind kind : ChangeKind.values()) {
            if (wanted.demand(kind) && people(tx, kind, now) < PERSONS) {
                throw new AdminRefused(
                        ProblemCode.INVALID_FIELD,
                        "Fewer than two people have a device that may decide about "
                                + kind
                                + ", so nobody could approve it; enrol another one's first.");
            }
        }
    }

    private long people(Tx tx, ChangeKind kind, Instant now) {
        return deciders.persons(tx, kind.permission(), now).stream()
                .map(Persons::known)
                .distinct()
                .count();
    }

    @Override
    public ChangeKind kind() {
        return ChangeKind.APPROVAL_RULES;
    }

    @Override
    public Draft draft(Tx tx, ProposedChange change) {
        ApprovalRules wanted = rules(change);
        ApprovalRules before = store.inForce(tx);
        demandUsable(tx, wanted, Columns.now(clock));
        return new Draft(
                "which changes need a second person",
                names(before) + " " + before.validHours(),
                WhatDiffers.of(differences(before, wanted)));
    }

    private static List<ChangedField> differences(ApprovalRules before, ApprovalRules wanted) {
        var differences = new ArrayList<ChangedField>();
        if (!before.required().equals(wanted.required())) {
            differences.add(new ChangedField("required", kinds(before), kinds(wanted)));
        }
        if (before.validHours() != wanted.validHours()) {
            differences.add(
                    new ChangedField("validHours", before.validHours(), wanted.validHours()));
        }
        return differences;
    }

    private static List<String> kinds(ApprovalRules rules) {
        return rules.required().stream().map(Enum::name).toList();
    }

    @Override
    public CarriedOut carryOut(Tx tx, ProposedChange change, Approved approved) {
        return CarriedOut.of(List.of(setIn(tx, rules(change), approved.consent())));
    }

    private static ApprovalRules rules(ProposedChange change) {
        ApprovalRules rules = change.approvalRules();
        if (rules == null) {
            throw AdminRefused.field("change.approvalRules", "is missing");
        }
        return rules;
    }

    private static String names(ApprovalRules rules) {
        return rules.required().isEmpty() ? "none" : String.join(", ", kinds(rules));
    }
}
