package com.neuralrouter.server.approval;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.ApprovalId;
import com.neuralrouter.contract.ApprovalRules;
import com.neuralrouter.contract.DecideApproval;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProposeChange;
import com.neuralrouter.server.admin.AdminAnswer;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttpRequest;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Pages;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /admin/v1/approvals} and {@code /admin/v1/approval-rules}. */
public final class ApprovalEndpoints implements AdminEndpoints {
    /** Greater than every UUID of version 7. */
    private static final UUID NEWEST = new UUID(-1, -1);

    private final SiteReads reads;
    private final ApprovalStore store;
    private final Approvables approvables;
    private final ApprovalCommands commands;
    private final ApprovalRulesStore rules;
    private final ApprovalRulesCommands ruleCommands;
    private final Clock clock;

    public ApprovalEndpoints(
            SiteReads reads,
            ApprovalStore store,
            Approvables approvables,
            ApprovalCommands commands,
            ApprovalRulesStore rules,
            ApprovalRulesCommands ruleCommands,
            Clock clock) {
        this.reads = reads;
        this.store = store;
        this.approvables = approvables;
        this.commands = commands;
        this.rules = rules;
        this.ruleCommands = ruleCommands;
        this.clock = clock;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(AdminApi.APPROVALS, this::list);
        routes.get(AdminApi.APPROVALS + "/{id}", this::show);
        routes.post(AdminApi.APPROVALS, this::propose);
        routes.post(AdminApi.APPROVALS + "/{id}" + AdminApi.APPROVE, this::approve);
        routes.post(AdminApi.APPROVALS + "/{id}" + AdminApi.REJECT, this::reject);
        routes.post(AdminApi.APPROVALS + "/{id}" + AdminApi.WITHDRAW, this::withdraw);
        routes.get(AdminApi.APPROVAL_RULES, this::rules);
        routes.post(AdminApi.APPROVAL_RULES, this::setRules);
    }

    private AdminAnswer list(AdminHttpRequest request) {
        request.authorise(Permission.APPROVALS_READ);
        int limit = request.limit();
        Instant now = clock.instant();
        boolean pending = request.query("state").filter(ApprovalEndpoints::pending).isPresent();
        if (pending) {
            List<Approval> waiting =
                    reads.read(tx ->
                            store.undecided(tx).reversed().stream()
                                    .filter(each -> each.state(now) == State.PENDING)
                                    .map(each -> wire(tx, each, now))
                                    .toList());
            return AdminAnswer.ok(new Page<>(waiting, null));
        }
        UUID before = request.cursor().orElse(NEWEST);
        return AdminAnswer.ok(
                reads.read(tx ->
                        Pages.of(
                                store.before(tx, before, limit + 1),
                                limit,
                                each -> wire(tx, each, now),
                                each -> each.id().toString())));
    }

    private static boolean pending(String state) {
        if (!state.equals("pending")) {
            throw AdminRefused.field("state", "must be pending, or absent for all");
        }
        return true;
    }

    private AdminAnswer show(AdminHttpRequest request) {
        request.authorise(Permission.APPROVALS_READ);
        ApprovalId id = request.id("id", ApprovalId::new);
        Optional<Approval> found =
                reads.read(tx -> store.find(tx, id).map(each -> wire(tx, each, clock.instant())));
        return AdminAnswer.ok(found.orElseThrow(() -> AdminRefused.notFound("approval", id)));
    }

    /** Whether it could be approved as it is, is asked anew each time. */
    private Approval wire(Tx tx, StoredApproval approval, Instant now) {
        boolean changed =
                approval.state(now) == State.PENDING
                        && !base(tx, approval).filter(approval.base()::equals).isPresent();
        return approval.wire(now, changed, approvables.owner(tx, approval));
    }

    /** Empty if the change could not be made any more. */
    private Optional<String> base(Tx tx, StoredApproval approval) {
        try {
            return Optional.of(approvables.of(approval.kind()).draft(tx, approval.change()).base());
        } catch (AdminRefused _) {
            return Optional.empty();
        }
    }

    private AdminAnswer propose(AdminHttpRequest request) {
        request.authorise(Permission.APPROVALS_READ);
        ProposeChange wanted = request.body(ProposeChange.class);
        Authorised by = request.authorise(wanted.change().kind().permission());
        return AdminAnswer.created(commands.propose(by, wanted));
    }

    /** Who could not make the change can't approve it. */
    private AdminAnswer approve(AdminHttpRequest request) {
        return AdminAnswer.ok(
                commands.approve(
                        decider(request),
                        request.id("id", ApprovalId::new),
                        request.body(DecideApproval.class)));
    }

    private AdminAnswer reject(AdminHttpRequest request) {
        return AdminAnswer.ok(
                commands.reject(
                        decider(request),
                        request.id("id", ApprovalId::new),
                        request.body(DecideApproval.class)));
    }

    private Authorised decider(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.APPROVALS_DECIDE);
        ApprovalId id = request.id("id", ApprovalId::new);
        reads.read(tx -> store.find(tx, id))
                .ifPresent(found -> request.authorise(found.kind().permission()));
        return by;
    }

    private AdminAnswer withdraw(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.APPROVALS_READ);
        return AdminAnswer.ok(
                commands.withdraw(
                        by, request.id("id", ApprovalId::new), request.body(DecideApproval.class)));
    }

    private AdminAnswer rules(AdminHttpRequest request) {
        request.authorise(Permission.APPROVALS_READ);
        return AdminAnswer.ok(reads.read(rules::inForce));
    }

    private AdminAnswer setRules(AdminHttpRequest request) {
        Authorised by = request.authorise(Permission.APPROVALS_MANAGE);
        return AdminAnswer.ok(ruleCommands.set(by, request.body(ApprovalRules.class)));
    }
}
