package com.neuralrouter.desktop.incidents;

import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Incident.State;
import com.neuralrouter.contract.IncidentNote;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.SiteList;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the screen of incidents knows and can do: it reads them every few seconds while it is shown.
 * Window's thread only.
 */
public final class IncidentsViewModel extends SiteList<Incident> {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int LONGEST_NOTE = 2_000;
    private static final Comparator<Incident> ORDER =
            Comparator.comparing((Incident each) -> each.state() == State.CLOSED)
                    .thenComparing(Incident::openedAt, Comparator.reverseOrder());

    private final AdminClient client;
    private final Tasks tasks;
    private final Ticker ticker;
    private final Notices notices;

    /** Those that are not closed first, then the newest. */
    public IncidentsViewModel(
            AdminClient client, Tasks tasks, Ticker ticker, Notices notices, Clock clock) {
        super(
                new Loader<>(tasks, clock, "incidents"),
                new Source<>(client::incidents, Incident::id, ORDER));
        this.client = client;
        this.tasks = tasks;
        this.ticker = ticker;
        this.notices = notices;
    }

    @Override
    public void start() {
        follow(ticker, PERIOD);
    }

    /** What it is about, and how its timeline begins. */
    @Override
    protected String[] words(Incident each) {
        return new String[] {each.subject(), each.timeline().getFirst().text()};
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
                    put(changed);
                    notices.success(told, changed.subject());
                    done.run();
                });
    }
}
