package com.neuralrouter.desktop.incidents;

import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Incident.State;
import com.neuralrouter.contract.IncidentNote;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Search;

import javafx.beans.Observable;
import javafx.beans.property.StringProperty;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the screen of incidents knows and can do: it reads them every few seconds while it is shown.
 * Window's thread only.
 */
public final class IncidentsViewModel implements Listing.Whole<Incident> {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int LONGEST_NOTE = 2_000;

    private final AdminClient client;
    private final Tasks tasks;
    private final Ticker ticker;
    private final Notices notices;
    private final Loader<List<Incident>> incidents;
    private final Search search = new Search();
    private Cancellable ticking = Cancellable.NOTHING;

    public IncidentsViewModel(
            AdminClient client, Tasks tasks, Ticker ticker, Notices notices, Clock clock) {
        this.client = client;
        this.tasks = tasks;
        this.ticker = ticker;
        this.notices = notices;
        incidents = new Loader<>(tasks, clock, "incidents");
    }

    /** Those that are not closed first, then the newest. */
    @Override
    public Loader<List<Incident>> loader() {
        return incidents;
    }

    @Override
    public void start() {
        refresh();
        ticking.cancel();
        ticking = ticker.every(PERIOD, () -> incidents.poll(this::read));
    }

    @Override
    public void stop() {
        ticking.cancel();
        incidents.cancel();
    }

    @Override
    public void refresh() {
        incidents.load(this::read);
    }

    /** By what it is about, or by a word of its timeline. */
    public StringProperty search() {
        return search.text();
    }

    @Override
    public List<Observable> filters() {
        return List.of(search.text());
    }

    @Override
    public List<Incident> rows(List<Incident> all) {
        return all.stream()
                .filter(each -> search.finds(each.subject(), each.timeline().getFirst().text()))
                .toList();
    }

    /** The key of what is wrong with a note as it was typed so far; empty if nothing is. */
    public Optional<String> noteProblem(String note) {
        return note.isBlank() || note.strip().length() > LONGEST_NOTE
                ? Optional.of("incidents.note.wrong")
                : Optional.empty();
    }

    /** For one form or button: keep it as long as that is there. */
    public Submission submission() {
        return new Submission(tasks, "change an incident");
    }

    /** Says that somebody has seen it. */
    public void acknowledge(Submission submission, Incident incident) {
        change(
                submission,
                () -> client.acknowledgeIncident(incident.id()),
                "incidents.acknowledged",
                () -> {});
    }

    /** Adds a note. */
    public void note(Submission submission, Incident incident, String text, Runnable done) {
        var note = new IncidentNote(text.strip());
        change(submission, () -> client.noteIncident(incident.id(), note), "incidents.noted", done);
    }

    /** Closes it, with a last note. */
    public void close(Submission submission, Incident incident, String text, Runnable done) {
        var note = new IncidentNote(text.strip());
        change(
                submission,
                () -> client.closeIncident(incident.id(), note),
                "incidents.closed",
                done);
    }

    private void change(
            Submission submission, Supplier<Answer<Incident>> call, String told, Runnable done) {
        submission.send(
                call,
                changed -> {
                    incidents.update(list ->
                            inOrder(
                                    list.stream()
                                            .map(each ->
                                                    each.id().equals(changed.id()) ? changed : each)
                                            .toList()));
                    notices.success(told, changed.subject());
                    done.run();
                });
    }

    private Answer<List<Incident>> read() {
        return Pages.all(client::incidents).map(IncidentsViewModel::inOrder);
    }

    private static List<Incident> inOrder(List<Incident> list) {
        return list.stream()
                .sorted(
                        Comparator.comparing((Incident each) -> each.state() == State.CLOSED)
                                .thenComparing(Incident::openedAt, Comparator.reverseOrder()))
                .toList();
    }
}
