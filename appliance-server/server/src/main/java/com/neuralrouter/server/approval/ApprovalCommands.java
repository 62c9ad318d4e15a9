package com.neuralrouter.server.approval;

import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.Owner;
import com.neuralrouter.contract.Approval.Party;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ChangeKind;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.DecidedApproval;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Persons;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.approval.Approvable.Approved;
import com.neuralrouter.server.approval.Approvable.CarriedOut;
import com.neuralrouter.server.approval.Approvable.Draft;
import com.neuralrouter.server.approval.StoredApproval.Decision;
import com.neuralrouter.server.approval.StoredApproval.Proposed;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Changes are proposed, and approved, rejected or withdrawn. Approving carries the change out in
 * the same transaction, exactly as it was proposed: if what it was made from is another by then,
 * nothing happens. Safe for all threads.
 */
public final class ApprovalCommands {
    private static final int NOTE = 1000;
    private static final int PENDING = 200;

    private final AdminTransactions transactions;
    private final ApprovalStore store;
    private final SecondPerson rules;
    private final Approvables approvables;
    private final Ids ids;
    private final Clock clock;

    public ApprovalCommands(
            AdminTransactions transactions,
            ApprovalStore store,
            SecondPerson rules,
            Approvables approvables,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.rules = rules;
        this.approvables = approvables;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Stores a change for somebody else to decide about. One that could not be made is refused, and
     * one of a kind that needs no second person too.
     */
    public Approval propose(Authorised by, ProposeChange wanted) {
        by.demand(wanted.change().kind().permission());
        String note = note(wanted.note());
        return transactions.run(by, tx -> proposed(tx, by, wanted.change(), note));
    }

    private Audited<Approval> proposed(Tx tx, Authorised by, ProposedChange change, String note) {
        ChangeKind kind = change.kind();
        if (!rules.needed(tx, kind)) {
            throw AdminRefused.field(
                    "change.kind", "is one that needs no second person here; make the change");
        }
        Instant now = Columns.now(clock);
        var events = new ArrayList<AuditEvent>(expired(tx, now));
        if (store.undecided(tx).size() >= PENDING) {
            throw new AdminRefused(
                    ProblemCode.IN_USE,
                    PENDING + " changes wait for a second person already; decide about those.");
        }
        String document = ChangeText.write(change);
        ProposedChange kept = ChangeText.read(document);
        Draft draft = approvables.of(kind).draft(tx, kept);
        if (draft.differences().isEmpty()) {
            throw AdminRefused.field("change", "would change nothing");
        }
        var approval =
                new StoredApproval(
                        new ApprovalId(ids.next()),
                        kind,
                        draft.subject(),
                        document,
                        draft.base(),
                        ChangeText.hash(document, draft.base()),
                        draft.differences(),
                        note,
                        new Proposed(
                                party(by),
                                now,
                                now.plus(Duration.ofHours(rules.inForce(tx).validHours()))),
                        null);
        store.insert(tx, approval);
        Owner owner = approvables.owner(tx, approval);
        events.add(event("approval.proposed", approval, owner, note));
        return new Audited<>(approval.wire(now, false, owner), events);
    }

    /**
     * Carries a proposed change out. Throws {@link AdminRefused} when the caller is the person who
     * proposed it, on whatever device; when it is decided or has expired; when the hash is another
     * one; and when what it was made from has changed.
     */
    public DecidedApproval approve(Authorised by, ApprovalId id, DecideApproval wanted) {
        by.demand(Permission.APPROVALS_DECIDE);
        String note = note(wanted.note());
        var done = transactions.run(by, tx -> approved(tx, by, id, wanted.hash(), note));
        CarriedOut carriedOut = approvables.of(done.approval().kind()).committed(by, done.change());
        return new DecidedApproval(
                done.approval(),
                carriedOut.invitation(),
                carriedOut.deleted(),
                carriedOut.policy());
    }

    private record Done(Approval approval, CarriedOut change) {}

    private Audited<Done> approved(Tx tx, Authorised by, ApprovalId id, String hash, String note) {
        Instant now = Columns.now(clock);
        StoredApproval approval = pending(tx, id, hash, now);
        demandAnother(by, approval);
        Approvable approvable = approvables.of(approval.kind());
        ProposedChange change = approval.change();
        if (!ChangeText.hash(approval.document(), approval.base()).equals(approval.hash())) {
            throw new IllegalStateException("an approval's hash is not its own: " + id);
        }
        if (!approvable.draft(tx, change).base().equals(approval.base())) {
            throw new AdminRefused(
                    ProblemCode.CHANGED_BY_OTHER,
                    "What it was made from has changed since it was proposed, so what was looked at"
                            + " is not what would come of it: reject it and propose it anew.");
        }
        StoredApproval decided = decided(tx, approval, State.APPROVED, by, now, note);
        Owner owner = approvables.owner(tx, approval);
        CarriedOut done =
                approvable.carryOut(
                        tx,
                        change,
                        new Approved(
                                by,
                                approval.proposed().by().person(),
                                approval.note(),
                                Consent.of(id)));
        var events = new ArrayList<AuditEvent>();
        events.add(event("approval.approved", decided, owner, note));
        events.addAll(done.eventsWith(Map.of("approval", id.toString())));
        return new Audited<>(new Done(decided.wire(now, false, owner), done), events);
    }

    /** Ends a proposal without a change. The proposer withdraws instead. */
    public Approval reject(Authorised by, ApprovalId id, DecideApproval wanted) {
        by.demand(Permission.APPROVALS_DECIDE);
        String note = note(wanted.note());
        return transactions.run(
                by,
                tx -> {
                    Instant now = Columns.now(clock);
                    StoredApproval approval = pending(tx, id, wanted.hash(), now);
                    demandAnother(by, approval);
                    StoredApproval decided = decided(tx, approval, State.REJECTED, by, now, note);
                    Owner owner = approvables.owner(tx, approval);
                    return Audited.of(
                            decided.wire(now, false, owner),
                            event("approval.rejected", decided, owner, note));
                });
    }

    /** The proposer takes it back, on any device. */
    public Approval withdraw(Authorised by, ApprovalId id, DecideApproval wanted) {
        by.demand(Permission.APPROVALS_READ);
        String note = note(wanted.note());
        return transactions.run(
                by,
                tx -> {
                    Instant now = Columns.now(clock);
                    StoredApproval approval = pending(tx, id, wanted.hash(), now);
                    if (!Persons.same(by.person(), approval.proposed().by().person())) {
                        throw new AdminRefused(
                                ProblemCode.APPROVAL_REFUSED,
                                "Only who proposed it can withdraw it; reject it instead.");
                    }
                    StoredApproval decided = decided(tx, approval, State.WITHDRAWN, by, now, note);
                    Owner owner = approvables.owner(tx, approval);
                    return Audited.of(
                            decided.wire(now, false, owner),
                            event("approval.withdrawn", decided, owner, note));
                });
    }

    /** Records that proposals have expired; called when there is one of which nobody has. */
    void expire(Authorised self) {
        self.demand(Permission.APPROVALS_DECIDE);
        transactions.run(
                self,
                tx -> {
                    var events = new ArrayList<AuditEvent>(expired(tx, Columns.now(clock)));
                    if (events.isEmpty()) {
                        // Another change has recorded it since this was asked for.
                        events.add(
                                AuditEvent.done(
                                        "approval.expired", "approval", Map.of("count", "0")));
                    }
                    return new Audited<>(events.size(), events);
                });
    }

    private List<AuditEvent> expired(Tx tx, Instant now) {
        var events = new ArrayList<AuditEvent>();
        for (StoredApproval approval : store.undecided(tx)) {
            if (approval.state(now) == State.EXPIRED) {
                var decision = new Decision(State.EXPIRED, null, now, "");
                store.decide(tx, approval.id(), decision);
                events.add(
                        event(
                                "approval.expired",
                                approval.decided(decision),
                                approvables.owner(tx, approval),
                                ""));
            }
        }
        return events;
    }

    private StoredApproval pending(Tx tx, ApprovalId id, String hash, Instant now) {
        StoredApproval approval =
                store.find(tx, id).orElseThrow(() -> AdminRefused.notFound("approval", id));
        State state = approval.state(now);
        if (state != State.PENDING) {
            throw new AdminRefused(
                    ProblemCode.APPROVAL_CLOSED,
                    "Nothing can be decided any more: it is " + state + ".");
        }
        if (!approval.hash().equals(hash)) {
            throw AdminRefused.field(
                    "hash", "is not that of the proposal; look at it and decide anew");
        }
        return approval;
    }

    private static void demandAnother(Authorised by, StoredApproval approval) {
        if (Persons.same(by.person(), approval.proposed().by().person())) {
            throw new AdminRefused(
                    ProblemCode.APPROVAL_REFUSED,
                    "'"
                            + by.person()
                            + "' proposed it, and so can't decide about it, on any device; withdraw"
                            + " it, or let somebody else decide.");
        }
    }

    private StoredApproval decided(
            Tx tx, StoredApproval approval, State state, Authorised by, Instant at, String note) {
        var decision = new Decision(state, party(by), at, note);
        store.decide(tx, approval.id(), decision);
        return approval.decided(decision);
    }

    private static Party party(Authorised by) {
        return new Party(by.person(), by.actor().wire().name());
    }

    private static String note(@Nullable String note) {
        return Names.demandText("note", Objects.requireNonNullElse(note, ""), NOTE);
    }

    private static AuditEvent event(
            String action, StoredApproval approval, @Nullable Owner owner, String note) {
        var details = new TreeMap<>(approval.change().facts(owner));
        details.put("kind", approval.kind().name());
        details.put("subject", approval.subject());
        details.put("hash", approval.hash());
        details.put("proposer", approval.proposed().by().person());
        if (!note.isEmpty()) {
            details.put("note", note);
        }
        Decision decision = approval.decision();
        if (decision != null && decision.by() != null) {
            details.put("decider", decision.by().person());
        }
        return AuditEvent.done(action, "approval/" + approval.id(), details);
    }
}
