package com.neuralrouter.server.route;

import com.neuralrouter.contract.ChangeStanding;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.incident.IncidentCommands;
import com.neuralrouter.server.provider.ProviderStore;
import com.neuralrouter.server.route.ProviderStandings.Cause;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes providers out of service and puts them back: by an administrator, or by the appliance
 * itself when a promise is broken. What plans are made by follows when the change is committed, and
 * before it is acknowledged. Safe for all threads.
 */
public final class SuspensionCommands {
    /** The rule that opens an incident. */
    public static final String RULE = "provider_sla";

    private static final String PART = "provider watch";

    private final AdminTransactions transactions;
    private final SuspensionStore store;
    private final ProviderStore providers;
    private final IncidentCommands incidents;
    private final ProviderStandings standings;
    private final Clock clock;

    public SuspensionCommands(
            AdminTransactions transactions,
            SuspensionStore store,
            ProviderStore providers,
            IncidentCommands incidents,
            ProviderStandings standings,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.providers = providers;
        this.incidents = incidents;
        this.standings = standings;
        this.clock = clock;
    }

    /** Nothing goes there any more, until somebody puts it back. */
    public void suspend(Authorised by, ProviderId provider, ChangeStanding wanted) {
        by.demand(Permission.PROVIDERS_MANAGE);
        String reason = Names.demandText("reason", wanted.reason(), Suspension.LONGEST_REASON);
        var suspension = new Suspension(Standing.SUSPENDED, false, reason, Columns.now(clock));
        transactions.run(
                by,
                tx -> {
                    String name = name(tx, provider);
                    store.put(tx, provider, suspension);
                    return Audited.of(true, event("provider.suspended", provider, name, reason));
                });
        standings.put(provider, suspension);
        standings.count(provider, Cause.MANUAL);
    }

    /** Everything goes there again. */
    public void resume(Authorised by, ProviderId provider, ChangeStanding wanted) {
        by.demand(Permission.PROVIDERS_MANAGE);
        String reason = Names.demandText("reason", wanted.reason(), Suspension.LONGEST_REASON);
        transactions.run(
                by,
                tx -> {
                    String name = name(tx, provider);
                    if (store.find(tx, provider).isEmpty()) {
                        throw AdminRefused.field("standing", "is in service already");
                    }
                    store.delete(tx, provider);
                    var events = new ArrayList<AuditEvent>();
                    events.add(event("provider.resumed", provider, name, reason));
                    events.addAll(incidents.resolveIn(tx, RULE, name, PART, reason));
                    return new Audited<>(true, List.copyOf(events));
                });
        standings.remove(provider);
    }

    /** The appliance found that a promise is broken: out of service, with an incident. */
    void breached(Authorised by, ProviderId provider, String evidence) {
        by.demand(Permission.PROVIDERS_MANAGE);
        var suspension = new Suspension(Standing.SUSPENDED, true, evidence, Columns.now(clock));
        boolean done =
                transactions.run(
                        by,
                        tx -> {
                            String name = name(tx, provider);
                            Optional<Suspension> before = store.find(tx, provider);
                            var events = new ArrayList<AuditEvent>();
                            boolean manual = before.isPresent() && !before.get().automatic();
                            if (!manual) {
                                store.put(tx, provider, suspension);
                            }
                            events.add(event("provider.suspended", provider, name, evidence));
                            events.addAll(
                                    incidents.observeIn(tx, RULE, name, PART, evidence).events());
                            return new Audited<>(!manual, List.copyOf(events));
                        });
        if (done) {
            standings.put(provider, suspension);
        }
    }

    /** A promise is broken, and the site wants to be told only. */
    void reported(Authorised by, ProviderId provider, String evidence) {
        by.demand(Permission.PROVIDERS_MANAGE);
        transactions.run(
                by, tx -> incidents.observeIn(tx, RULE, name(tx, provider), PART, evidence));
    }

    /** The site was told only, and the promise is kept again. */
    void recovered(Authorised by, ProviderId provider, String evidence) {
        by.demand(Permission.PROVIDERS_MANAGE);
        transactions.run(
                by,
                tx -> {
                    String name = name(tx, provider);
                    var events = new ArrayList<AuditEvent>();
                    events.add(event("provider.recovered", provider, name, evidence));
                    events.addAll(incidents.resolveIn(tx, RULE, name, PART, evidence));
                    return new Audited<>(true, List.copyOf(events));
                });
    }

    /** It answers again: a small share of the requests finds out whether it holds. */
    void returning(Authorised by, ProviderId provider, String evidence) {
        by.demand(Permission.PROVIDERS_MANAGE);
        var suspension = new Suspension(Standing.RETURNING, true, evidence, Columns.now(clock));
        transactions.run(
                by,
                tx -> {
                    store.put(tx, provider, suspension);
                    return Audited.of(
                            true,
                            event("provider.returning", provider, name(tx, provider), evidence));
                });
        standings.put(provider, suspension);
    }

    /** It held: back in full service, and the incident is resolved. */
    void returned(Authorised by, ProviderId provider, String evidence) {
        by.demand(Permission.PROVIDERS_MANAGE);
        transactions.run(
                by,
                tx -> {
                    String name = name(tx, provider);
                    store.delete(tx, provider);
                    var events = new ArrayList<AuditEvent>();
                    events.add(event("provider.resumed", provider, name, evidence));
                    events.addAll(incidents.resolveIn(tx, RULE, name, PART, evidence));
                    return new Audited<>(true, List.copyOf(events));
                });
        standings.remove(provider);
    }

    private String name(Tx tx, ProviderId provider) {
        return providers
                .find(tx, provider)
                .orElseThrow(() -> AdminRefused.notFound("provider", provider))
                .endpoint()
                .name();
    }

    private static AuditEvent event(
            String action, ProviderId provider, String name, String reason) {
        return AuditEvent.done(
                action, "provider/" + provider, Map.of("name", name, "reason", reason));
    }
}
