package com.neuralrouter.server.incident;

import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Incident.Event;
import com.neuralrouter.contract.Incident.Kind;
import com.neuralrouter.contract.Incident.State;
import com.neuralrouter.contract.IncidentId;
import com.neuralrouter.contract.IncidentNote;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Audited;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.Names;
import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.store.Columns;
import com.neuralrouter.server.store.Tx;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done about incidents: rules open and resolve them as a part of the transaction that acts
 * on what they found; administrators acknowledge, annotate and close them. Safe for all threads.
 */
public final class IncidentCommands {
    private static final int TEXT = 2_000;

    private final AdminTransactions transactions;
    private final IncidentStore store;
    private final Ids ids;
    private final Clock clock;

    public IncidentCommands(
            AdminTransactions transactions, IncidentStore store, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A rule has found something. One that is open about the same subject is added to.
     *
     * @param rule a word of the code, as in {@code provider_sla}
     * @param part of the appliance that says so
     * @param text what was found, in words without content
     */
    public Audited<Incident> observeIn(
            Tx tx, String rule, String subject, String part, String text) {
        Optional<Incident> open = store.unclosed(tx, rule, subject);
        Instant now = Columns.now(clock);
        if (open.isPresent()) {
            Incident incident = open.get();
            add(tx, incident, new Event(now, Kind.OBSERVED, part, text));
            if (incident.state() == State.RESOLVED) {
                store.state(tx, incident.id(), State.OPEN, null);
            }
            return audited(tx, "incident.observed", incident.id());
        }
        var id = new IncidentId(ids.next());
        store.insert(tx, id, rule, subject, now);
        store.add(tx, id, 0, new Event(now, Kind.OPENED, part, text));
        return audited(tx, "incident.opened", id);
    }

    /** A rule has found that what it was about is over. Nothing if there is no such incident. */
    public List<AuditEvent> resolveIn(
            Tx tx, String rule, String subject, String part, String text) {
        Optional<Incident> open = store.unclosed(tx, rule, subject);
        if (open.isEmpty() || open.get().state() == State.RESOLVED) {
            return List.of();
        }
        add(tx, open.get(), new Event(Columns.now(clock), Kind.RESOLVED, part, text));
        store.state(tx, open.get().id(), State.RESOLVED, null);
        return audited(tx, "incident.resolved", open.get().id()).events();
    }

    /** Somebody has seen it. */
    public Incident acknowledge(Authorised by, IncidentId id) {
        by.demand(Permission.INCIDENTS_MANAGE);
        return transactions.run(
                by,
                tx -> {
                    Incident before = demandUnclosed(tx, id);
                    add(tx, before, event(by, Kind.ACKNOWLEDGED, ""));
                    if (before.state() == State.OPEN) {
                        store.state(tx, id, State.ACKNOWLEDGED, null);
                    }
                    return audited(tx, "incident.acknowledged", id);
                });
    }

    /** Somebody has something to say about it. */
    public Incident note(Authorised by, IncidentId id, IncidentNote note) {
        by.demand(Permission.INCIDENTS_MANAGE);
        if (note.text().isBlank()) {
            throw AdminRefused.field("text", "is empty");
        }
        return transactions.run(
                by,
                tx -> {
                    add(tx, demandUnclosed(tx, id), event(by, Kind.NOTE, text(note)));
                    return audited(tx, "incident.noted", id);
                });
    }

    /** Somebody is done with it. */
    public Incident close(Authorised by, IncidentId id, IncidentNote note) {
        by.demand(Permission.INCIDENTS_MANAGE);
        return transactions.run(
                by,
                tx -> {
                    Event closed = event(by, Kind.CLOSED, text(note));
                    add(tx, demandUnclosed(tx, id), closed);
                    store.state(tx, id, State.CLOSED, closed.at());
                    return audited(tx, "incident.closed", id);
                });
    }

    private static String text(IncidentNote note) {
        return Names.demandText("text", note.text(), TEXT);
    }

    private Event event(Authorised by, Kind kind, String text) {
        return new Event(Columns.now(clock), kind, by.actor().wire().name(), text);
    }

    private Incident demandUnclosed(Tx tx, IncidentId id) {
        Incident incident =
                store.find(tx, id).orElseThrow(() -> AdminRefused.notFound("incident", id));
        if (incident.state() == State.CLOSED) {
            throw AdminRefused.field("state", "is closed already");
        }
        return incident;
    }

    private void add(Tx tx, Incident incident, Event event) {
        int position = incident.timeline().size();
        boolean full = position >= IncidentStore.MOST_EVENTS;
        if (!full || event.kind() == Kind.CLOSED) {
            store.add(tx, incident.id(), position, event);
        }
    }

    /** The note's words stay out of the trail: they are in the incident. */
    private Audited<Incident> audited(Tx tx, String action, IncidentId id) {
        Incident incident = store.find(tx, id).orElseThrow();
        return Audited.of(
                incident,
                AuditEvent.done(
                        action,
                        "incident/" + id,
                        Map.of("rule", incident.rule(), "subject", incident.subject())));
    }
}
