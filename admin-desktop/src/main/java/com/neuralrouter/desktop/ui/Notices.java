package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.client.Trouble;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * What the window has told its user: shown as a toast for a few seconds and kept in the notices'
 * list of the header. View models add to it; it knows no words, only keys.
 */
public final class Notices {
    /** How many are kept. */
    private static final int HISTORY = 50;

    private final Clock clock;
    private final ObservableList<Notice> all = FXCollections.observableArrayList();
    private final ObservableList<Notice> readOnly = FXCollections.unmodifiableObservableList(all);

    public Notices(Clock clock) {
        this.clock = clock;
    }

    /**
     * One thing told.
     *
     * @param key the sentence; its values are what {@code Messages.text} wants, or an approval,
     *     which stands for what it is about
     * @param trouble what was the matter, if it is about a failure: then it gives the sentence
     */
    public record Notice(
            Instant at, Tone tone, String key, List<Object> values, @Nullable Trouble trouble) {
        public Notice {
            values = List.copyOf(values);
        }
    }

    /** The newest first. */
    public ObservableList<Notice> all() {
        return readOnly;
    }

    /** Something was done that was asked for. */
    public void success(String key, Object... values) {
        add(Tone.SUCCESS, key, List.of(values), null);
    }

    /** Something that is good to know. */
    public void info(String key, Object... values) {
        add(Tone.INFO, key, List.of(values), null);
    }

    /** Something that somebody should look at. */
    public void warning(String key, Object... values) {
        add(Tone.WARNING, key, List.of(values), null);
    }

    /** Something failed; the key says what was tried. */
    public void failure(String key, Trouble trouble) {
        add(Tone.DANGER, key, List.of(), trouble);
    }

    /** Empties the list. */
    public void clear() {
        all.clear();
    }

    private void add(Tone tone, String key, List<Object> values, @Nullable Trouble trouble) {
        all.addFirst(new Notice(Instant.now(clock), tone, key, values, trouble));
        if (all.size() > HISTORY) {
            all.removeLast();
        }
    }
}
