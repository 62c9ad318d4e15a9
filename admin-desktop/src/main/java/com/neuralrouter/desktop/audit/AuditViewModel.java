package com.neuralrouter.desktop.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.AuditSearch;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.task.Ticker;
import com.neuralrouter.desktop.ui.Listing;
import com.neuralrouter.desktop.witness.EntryProof;
import com.neuralrouter.desktop.witness.WitnessModel;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the screen of the audit trail knows and can do: search it, follow it, prove an entry. The
 * appliance searches; nothing is left out here. Window's thread only.
 */
public final class AuditViewModel implements Listing<Trail, AuditEntry> {
    static final int PAGE = 100;

    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final AdminClient client;
    private final Tasks tasks;
    private final Ticker ticker;
    private final Clock clock;
    private final WitnessModel witness;
    private final SavedViews views;
    private final Loader<Trail> trail;
    private final AuditForm form = new AuditForm();
    private final BooleanProperty live = new SimpleBooleanProperty();
    private final ReadOnlyIntegerWrapper news = new ReadOnlyIntegerWrapper();
    private AuditSearch asked = AuditSearch.EVERYTHING;
    private Cancellable ticking = Cancellable.NOTHING;

    /** Begins with every entry. */
    public AuditViewModel(
            AdminClient client,
            Tasks tasks,
            Ticker ticker,
            Clock clock,
            WitnessModel witness,
            SavedViews views) {
        this.client = client;
        this.tasks = tasks;
        this.ticker = ticker;
        this.clock = clock;
        this.witness = witness;
        this.views = views;
        trail = new Loader<>(tasks, clock, "audit");
        trail.state()
                .addListener((_, _, load) ->
                        load.known()
                                .map(Trail::came)
                                .filter(came -> came > 0)
                                .ifPresent(news::set));
        live.addListener((_, _, now) -> {
            if (now) {
                search();
            }
        });
    }

    /** What has been read of it. */
    @Override
    public Loader<Trail> loader() {
        return trail;
    }

    /** What is searched for, at the next {@link #search}. */
    public AuditForm form() {
        return form;
    }

    /** While it is set, what is new appears by itself. */
    public BooleanProperty live() {
        return live;
    }

    /** How many entries came by themselves the last time that any did. */
    public ReadOnlyIntegerProperty news() {
        return news.getReadOnlyProperty();
    }

    /** Whether the list shows what was searched for, not everything. */
    public boolean isNarrowed() {
        return !asked.isEverything();
    }

    /** Reads the newest entries that the form asks for; older ones that were read are forgotten. */
    public void search() {
        asked = form.search(Instant.now(clock));
        news.set(0);
        trail.loadAfresh(() -> Trail.newest(client, asked, PAGE));
    }

    /** Reads the newest entries of the same search anew. */
    @Override
    public void refresh() {
        trail.load(() -> Trail.newest(client, asked, PAGE));
    }

    @Override
    public void start() {
        refresh();
        ticking.cancel();
        ticking = ticker.every(PERIOD, this::follow);
    }

    @Override
    public void stop() {
        ticking.cancel();
        trail.cancel();
    }

    /** Reads the page before the oldest that is known. */
    public void older() {
        trail.known()
                .filter(known -> known.older().isPresent())
                .ifPresent(known -> trail.load(() -> known.withOlder(client, asked, PAGE)));
    }

    /** Whether the entry is in the log; found out here, with the keys that this desktop pinned. */
    public void prove(AuditEntry entry, Consumer<EntryProof> then) {
        witness.prove(entry, then);
    }

    /** Writes a proof where the user wants it. */
    public void save(String proof, Path target, Runnable done, Consumer<Trouble> failed) {
        tasks.run(
                "save proof",
                () -> saved(proof, target),
                answer -> {
                    switch (answer) {
                        case Answer.Ok<Path> _ -> done.run();
                        case Answer.Refused<Path>(Trouble trouble) -> failed.accept(trouble);
                    }
                });
    }

    private static Answer<Path> saved(String proof, Path target) {
        try {
            return new Answer.Ok<>(Files.writeString(target, proof));
        } catch (IOException e) {
            return new Answer.Refused<>(new Trouble.Defect("cannot write " + target));
        }
    }

    /** What this desktop knows of the log. */
    public WitnessModel witness() {
        return witness;
    }

    /** The searches that were kept, by name. */
    public SavedViews views() {
        return views;
    }

    @Override
    public boolean isEmpty(Trail read) {
        return read.entries().isEmpty() && asked.isEverything();
    }

    @Override
    public List<AuditEntry> rows(Trail read) {
        return read.entries();
    }

    private void follow() {
        if (live.get()) {
            trail.known()
                    .ifPresent(known ->
                            trail.poll(() ->
                                    Trail.newest(client, asked, PAGE)
                                            .then(fresh -> came(known, fresh))));
        }
    }

    private static Answer<Trail> came(Trail known, Trail fresh) {
        return new Answer.Ok<>(known.withNewer(fresh));
    }
}
