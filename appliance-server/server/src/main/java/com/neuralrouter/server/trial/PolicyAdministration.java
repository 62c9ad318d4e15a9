package com.neuralrouter.server.trial;

import com.neuralrouter.contract.ActivatePolicy;
import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyTarget;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.PolicyChange;
import com.neuralrouter.contract.SetPolicy;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.approval.Approvable;
import com.neuralrouter.server.approval.Base;
import com.neuralrouter.server.approval.Consent;
import com.neuralrouter.server.approval.SecondPerson;
import com.neuralrouter.server.approval.WhatDiffers;
import com.neuralrouter.server.policy.Cause;
import com.neuralrouter.server.policy.PolicyCommands;
import com.neuralrouter.server.policy.PolicyDifferences;
import com.neuralrouter.server.policy.PolicyStore;
import com.neuralrouter.server.policy.PolicyVersionStore;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.trial.PolicySubjects.Subject;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/**
 * Puts the policy of the site, a workspace or an API key in force, a new one or an older one again;
 * by oneself, or as a change that a second person approves. All tests that policies carry are run
 * in the same transaction: one that fails, and nothing is changed. Safe for all threads.
 */
public final class PolicyAdministration implements Approvable {
    private static final int NOTE = 1000;

    private final AdminTransactions transactions;
    private final Stores stores;
    private final PolicySubjects subjects;
    private final PolicyCommands commands;
    private final PolicyTrials trials;
    private final SecondPerson second;

    /** Where policies lie. */
    public record Stores(PolicyStore inForce, PolicyVersionStore versions) {}

    public PolicyAdministration(
            AdminTransactions transactions,
            Stores stores,
            PolicySubjects subjects,
            PolicyCommands commands,
            PolicyTrials trials,
            SecondPerson second) {
        this.transactions = transactions;
        this.stores = stores;
        this.subjects = subjects;
        this.commands = commands;
        this.trials = trials;
        this.second = second;
    }

    /** Throws {@link AdminRefused}. */
    public PolicyVersion set(Authorised by, SetPolicy wanted) {
        by.demand(Permission.SITE_APPLY);
        String note = note(wanted.note());
        return transactions.run(
                by,
                tx -> {
                    demandBase(tx, wanted);
                    return setByOneself(
                            tx, by, new PolicyChange(wanted.target(), wanted.policy(), null), note);
                });
    }

    /** Goes back to an older version. Throws {@link AdminRefused}. */
    public PolicyVersion activate(Authorised by, ActivatePolicy wanted) {
        by.demand(Permission.SITE_APPLY);
        String note = note(wanted.note());
        return transactions.run(
                by,
                tx ->
                        setByOneself(
                                tx,
                                by,
                                new PolicyChange(wanted.target(), null, wanted.number()),
                                note));
    }

    private Audited<PolicyVersion> setByOneself(
            Tx tx, Authorised by, PolicyChange change, String note) {
        Subject subject = subjects.of(tx, change.target());
        Consent consent = second.demand(tx, ChangeKind.POLICY, subject.words());
        return setIn(
                tx,
                subject,
                rules(tx, change),
                new Cause(by.actor().wire().name(), note, change.restores(), consent));
    }

    private Audited<PolicyVersion> setIn(
            Tx tx, Subject subject, PolicyDocument rules, Cause cause) {
        @Nullable PolicyDocument wanted = rules.equals(PolicyDocument.NONE) ? null : rules;
        Audited<PolicyVersion> done =
                switch (subject) {
                    case Subject.OfSite _ -> commands.setSiteIn(tx, wanted, cause);
                    case Subject.OfWorkspace of ->
                            commands.setWorkspaceIn(tx, of.workspace(), wanted, cause);
                    case Subject.OfKey of ->
                            commands.setKeyIn(tx, of.key(), of.workspace(), wanted, cause);
                };
        trials.demandPassed(tx);
        return done;
    }

    private void demandBase(Tx tx, SetPolicy wanted) {
        Long base = wanted.base();
        if (base != null) {
            long now =
                    stores.versions()
                            .newest(tx, wanted.target())
                            .map(PolicyVersion::number)
                            .orElse(0L);
            if (now != base) {
                throw AdminRefused.changedByOther("policy", now);
            }
        }
    }

    /** An older version's rules where it goes back, else those that are given. */
    private PolicyDocument rules(Tx tx, PolicyChange change) {
        Long restores = change.restores();
        PolicyDocument given = Objects.requireNonNullElse(change.policy(), PolicyDocument.NONE);
        if (restores == null) {
            return given;
        }
        PolicyDocument older =
                stores.versions()
                        .find(tx, change.target(), restores)
                        .orElseThrow(() -> AdminRefused.notFound("version", restores))
                        .policy();
        if (change.policy() != null && !PolicyDifferences.of(older, given).isEmpty()) {
            throw AdminRefused.field(
                    "change.policy.policy",
                    "is not what version " + restores + " says; leave it out");
        }
        return older;
    }

    @Override
    public ChangeKind kind() {
        return ChangeKind.POLICY;
    }

    @Override
    public Draft draft(Tx tx, ProposedChange change) {
        PolicyChange wanted = policy(change);
        Subject subject = subjects.of(tx, wanted.target());
        PolicyDocument rules = rules(tx, wanted);
        PolicyTrials.demandUsable(rules);
        trials.demandPassed(tx, wanted.target(), rules);
        PolicyDocument before = inForce(tx, wanted.target()).orElse(PolicyDocument.NONE);
        return new Draft(
                subject.words(),
                Base.of(before),
                WhatDiffers.of(PolicyDifferences.of(before, rules)));
    }

    @Override
    public Optional<Owner> owner(Tx tx, ProposedChange change) {
        return subjects.owner(tx, policy(change).target());
    }

    @Override
    public CarriedOut carryOut(Tx tx, ProposedChange change, Approved approved) {
        PolicyChange wanted = policy(change);
        Audited<PolicyVersion> done =
                setIn(
                        tx,
                        subjects.of(tx, wanted.target()),
                        rules(tx, wanted),
                        new Cause(
                                approved.makers(),
                                approved.note(),
                                wanted.restores(),
                                approved.consent()));
        return new CarriedOut(done.events(), null, null, done.value());
    }

    private Optional<PolicyDocument> inForce(Tx tx, PolicyTarget target) {
        PolicyStore store = stores.inForce();
        if (target.apiKey() != null) {
            return store.of(tx, target.apiKey());
        }
        return target.workspace() == null ? store.site(tx) : store.of(tx, target.workspace());
    }

    private static PolicyChange policy(ProposedChange change) {
        PolicyChange policy = change.policy();
        if (policy == null) {
            throw AdminRefused.field("change.policy", "is missing");
        }
        return policy;
    }

    private static String note(@Nullable String note) {
        return Names.demandText("note", Objects.requireNonNullElse(note, ""), NOTE);
    }
}
