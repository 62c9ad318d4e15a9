package com.neuralrouter.server.site;

import com.neuralrouter.contract.AppliedSite;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SitePlan;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.provider.StoredProvider;
import com.neuralrouter.server.site.SitePlanner.Unnamed;
import com.neuralrouter.server.store.Tx;
import com.neuralrouter.server.trial.PolicyTrials;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the site what a document says: all of it in one transaction, or nothing. A site that is as
 * the document says is not touched, and nothing is audited then. Safe for all threads.
 */
public final class SiteCommands {
    private final AdminTransactions transactions;
    private final SiteReads reads;
    private final SiteStores stores;
    private final SiteRooms rooms;
    private final PolicyTrials trials;
    private final Clock clock;

    public SiteCommands(
            AdminTransactions transactions,
            SiteReads reads,
            SiteStores stores,
            SiteRooms rooms,
            PolicyTrials trials,
            Clock clock) {
        this.transactions = transactions;
        this.reads = reads;
        this.stores = stores;
        this.rooms = rooms;
        this.trials = trials;
        this.clock = clock;
    }

    /** The site as it is, without secrets. */
    SiteDocument export(Authorised by) {
        by.demand(Permission.SITE_EXPORT);
        Instant now = clock.instant();
        return reads.read(tx -> stores.document(tx, now));
    }

    /** What {@link #apply} would change. Throws {@link AdminRefused}. */
    SitePlan plan(Authorised by, SiteDocument wanted, Unnamed unnamed) {
        by.demand(Permission.SITE_APPLY);
        Instant now = clock.instant();
        return described(reads.read(tx -> changes(tx, wanted, unnamed, now)));
    }

    /**
     * Makes the changes. The plan is found anew in the transaction that makes them, so that it is
     * what was made whatever others have changed in between. Throws {@link AdminRefused}.
     */
    AppliedSite apply(Authorised by, SiteDocument wanted, Unnamed unnamed) {
        by.demand(Permission.SITE_APPLY);
        Instant now = clock.instant();
        List<SiteChange> planned = reads.read(tx -> changes(tx, wanted, unnamed, now));
        if (planned.stream().allMatch(SiteChange.Keep.class::isInstance)) {
            return new AppliedSite(described(planned), List.of());
        }
        return transactions.run(by, tx -> make(tx, by, changes(tx, wanted, unnamed, now), now));
    }

    private Audited<AppliedSite> make(Tx tx, Authorised by, List<SiteChange> changes, Instant now) {
        var making = SiteRooms.Making.of(by.actor().wire().name(), now, changes);
        rooms.demandConsents(tx, changes, making);
        var events = new ArrayList<AuditEvent>();
        var keys = new ArrayList<CreatedApiKey>();
        for (SiteChange change : changes) {
            SiteRooms.Made made = rooms.make(tx, stores, change, making);
            events.addAll(made.events());
            made.key().ifPresent(keys::add);
        }
        rooms.routes().demandOneWay(tx);
        trials.demandPassed(tx);
        if (events.isEmpty()) {
            // Somebody else made the same changes since the plan was found.
            events.add(AuditEvent.done("site.applied", "site", Map.of("changes", "0")));
        }
        return new Audited<>(new AppliedSite(described(changes), keys), events);
    }

    private List<SiteChange> changes(Tx tx, SiteDocument wanted, Unnamed unnamed, Instant now) {
        SiteDocument document = stores.document(tx, now);
        List<FieldError> errors = SiteChecks.errors(document, wanted, unnamed);
        if (!errors.isEmpty()) {
            throw new AdminRefused(
                    ProblemCode.INVALID_FIELD,
                    "The document can't be applied; nothing was changed.",
                    errors);
        }
        return SitePlanner.changes(
                document,
                wanted,
                unnamed,
                (workspace, provider, secret) -> sameSecret(tx, workspace, provider, secret));
    }

    private boolean sameSecret(Tx tx, String workspace, String provider, String secret) {
        Optional<Workspace> owner = stores.workspaces().byName(tx, workspace);
        Optional<StoredProvider> upstream = stores.providers().byName(tx, provider);
        return owner.isPresent()
                && upstream.isPresent()
                && rooms.credentials()
                        .sameSecret(tx, owner.get().id(), upstream.get().endpoint().id(), secret);
    }

    private static SitePlan described(List<SiteChange> changes) {
        return new SitePlan(changes.stream().map(SiteChange::described).toList());
    }
}
