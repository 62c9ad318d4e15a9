package com.neuralrouter.server.retention;

import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.ReadableEntries;
import com.neuralrouter.server.audit.RepeatedTrailErasures;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Legal holds, and the erasure of a name. Safe for all threads. */
public final class RetentionCommands {
    private static final int NAME = 200;

    private final AdminTransactions transactions;
    private final LegalHoldStore holds;
    private final ReadableEntries entries;
    private final Ids ids;
    private final Clock clock;

    public RetentionCommands(
            AdminTransactions transactions,
            LegalHoldStore holds,
            ReadableEntries entries,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.holds = holds;
        this.entries = entries;
        this.ids = ids;
        this.clock = clock;
    }

    /** Throws {@link AdminRefused}. */
    public LegalHold place(Authorised by, PlaceLegalHold wanted) {
        by.demand(Permission.AUDIT_MANAGE);
        String name = Names.demandLabel("name", wanted.name(), NAME);
        Instant since = wanted.since();
        Instant until = wanted.until();
        if (since != null && until != null && !since.isBefore(until)) {
            throw AdminRefused.field("until", "must be later than since");
        }
        return transactions.run(
                by,
                tx -> {
                    var hold =
                            new LegalHold(
                                    new LegalHoldId(ids.next()),
                                    name,
                                    since,
                                    until,
                                    wanted.workspace(),
                                    wanted.actor(),
                                    Columns.now(clock),
                                    null);
                    holds.insert(tx, hold);
                    return Audited.of(hold, event("audit.hold_placed", hold));
                });
    }

    /** Throws {@link AdminRefused}. A hold that was lifted stays lifted. */
    public LegalHold lift(Authorised by, LegalHoldId id) {
        by.demand(Permission.AUDIT_MANAGE);
        return transactions.run(
                by,
                tx -> {
                    boolean inForce =
                            holds.find(tx, id).filter(each -> each.liftedAt() == null).isPresent();
                    if (!inForce) {
                        throw AdminRefused.notFound("legal hold in force", id);
                    }
                    holds.lift(tx, id, Columns.now(clock));
                    LegalHold lifted = holds.find(tx, id).orElseThrow();
                    return Audited.of(lifted, event("audit.hold_lifted", lifted));
                });
    }

    private static AuditEvent event(String action, LegalHold hold) {
        var details = new LinkedHashMap<String, String>();
        details.put("name", hold.name());
        put(details, "since", hold.since());
        put(details, "until", hold.until());
        put(details, "heldActor", hold.actor());
        put(details, "heldWorkspace", hold.workspace());
        return AuditEvent.done(action, "legal_hold/" + hold.id(), details);
    }

    private static void put(Map<String, String> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }

    /**
     * The entry of it says how many, and not what, but by a mark of it. Throws {@link
     * AdminRefused}.
     */
    public ErasedFromTrail erase(Authorised by, EraseFromTrail wanted) {
        by.demand(Permission.AUDIT_MANAGE);
        String text = Names.demandLabel("text", wanted.text(), NAME);
        if (text.equals(ReadableEntries.ERASED)) {
            throw AdminRefused.field("text", "must not be what stands for erased text");
        }
        return transactions.run(by, tx -> erased(tx, text));
    }

    private Audited<ErasedFromTrail> erased(Tx tx, String text) {
        ReadableEntries.Erased done = entries.erase(tx, text);
        return Audited.of(
                new ErasedFromTrail(done.erased(), done.held()),
                AuditEvent.done(
                        "audit.erased",
                        RepeatedTrailErasures.target(entries.mark(text)),
                        Map.of(
                                "entries", String.valueOf(done.erased()),
                                "held", String.valueOf(done.held()))));
    }
}
