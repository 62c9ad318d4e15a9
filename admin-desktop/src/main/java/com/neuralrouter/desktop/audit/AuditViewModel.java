package com.neuralrouter.desktop.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Search;

import javafx.beans.Observable;
import javafx.beans.property.StringProperty;

import java.time.Clock;
import java.util.List;

/** What the screen of the audit trail knows and can do. Window's thread only. */
public final class AuditViewModel implements Listing<Trail, AuditEntry> {
    static final int PAGE = 100;

    private final AdminClient client;
    private final Loader<Trail> trail;
    private final Search action = new Search();
    private final Search actor = new Search();
    private final Search target = new Search();

    public AuditViewModel(AdminClient client, Tasks tasks, Clock clock) {
        this.client = client;
        trail = new Loader<>(tasks, clock, "audit");
    }

    /** What has been read of it. */
    @Override
    public Loader<Trail> loader() {
        return trail;
    }

    /** Narrows to actions with that text; empty shows all. */
    public StringProperty action() {
        return action.text();
    }

    /** Narrows to actors with that text in their name or address; empty shows all. */
    public StringProperty actor() {
        return actor.text();
    }

    /** Narrows to targets and workspaces with that text; empty shows all. */
    public StringProperty target() {
        return target.text();
    }

    /** Reads the newest entries anew; older ones that were read are forgotten. */
    @Override
    public void refresh() {
        trail.load(() -> client.audit("", PAGE).map(Trail::newest));
    }

    /** Reads the page before the oldest that is known. */
    public void older() {
        trail.known()
                .ifPresent(known ->
                        known.older()
                                .ifPresent(cursor ->
                                        trail.load(() ->
                                                client.audit(cursor, PAGE).map(known::then))));
    }

    @Override
    public boolean isEmpty(Trail read) {
        return read.entries().isEmpty();
    }

    /** What all three filters let through. */
    @Override
    public List<AuditEntry> rows(Trail read) {
        return read.entries().stream()
                .filter(entry -> action.finds(entry.action()))
                .filter(entry -> actor.finds(entry.actor().name(), entry.actor().address()))
                .filter(entry -> target.finds(entry.target(), entry.workspace()))
                .toList();
    }

    @Override
    public List<Observable> filters() {
        return List.of(action.text(), actor.text(), target.text());
    }
}
