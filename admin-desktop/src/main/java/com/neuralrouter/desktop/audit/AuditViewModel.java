package com.neuralrouter.desktop.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** What the screen of the audit trail knows and can do. Window's thread only. */
public final class AuditViewModel {
    static final int PAGE = 100;

    private final AdminClient client;
    private final Loader<Trail> trail;
    private final StringProperty action = new SimpleStringProperty("");
    private final StringProperty actor = new SimpleStringProperty("");
    private final StringProperty target = new SimpleStringProperty("");

    public AuditViewModel(AdminClient client, Tasks tasks, Clock clock) {
        this.client = client;
        trail = new Loader<>(tasks, clock, "audit");
    }

    /** What has been read of it. */
    Loader<Trail> trail() {
        return trail;
    }

    /** Narrows to actions with that text; empty shows all. */
    public StringProperty action() {
        return action;
    }

    /** Narrows to actors with that text in their name or address; empty shows all. */
    public StringProperty actor() {
        return actor;
    }

    /** Narrows to targets and workspaces with that text; empty shows all. */
    public StringProperty target() {
        return target;
    }

    /** Reads the newest entries anew; older ones that were read are forgotten. */
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

    /** Stops reading. */
    public void stop() {
        trail.cancel();
    }

    /** Of what has been read the entries that all three filters let through. */
    List<AuditEntry> matching(Trail read) {
        return read.entries().stream()
                .filter(entry -> has(entry.action(), action))
                .filter(entry -> has(words(entry.actor().name(), entry.actor().address()), actor))
                .filter(entry -> has(words(entry.target(), entry.workspace()), target))
                .toList();
    }

    private static String words(String first, @Nullable String second) {
        return second == null ? first : first + ' ' + second;
    }

    private static boolean has(String text, StringProperty wanted) {
        return text.toLowerCase(Locale.ROOT)
                .contains(wanted.get().strip().toLowerCase(Locale.ROOT));
    }
}
