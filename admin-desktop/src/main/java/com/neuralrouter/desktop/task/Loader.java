package com.neuralrouter.desktop.task;

import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Reads one thing for a screen, again and again, and keeps what is known of it.
 *
 * <p>Owned by a view model and used on the window's thread only. A new load cancels the one under
 * way, so that a late answer never overwrites a newer one. A failure after a success keeps the old
 * value as {@link Load.Stale}.
 */
public final class Loader<T> {
    private final Tasks tasks;
    private final Clock clock;
    private final String what;
    private final ReadOnlyObjectWrapper<Load<T>> state =
            new ReadOnlyObjectWrapper<>(new Load.Idle<>());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Cancellable underWay = Cancellable.NOTHING;
    private Cancellable ticking = Cancellable.NOTHING;
    private boolean waiting;

    /** Reads through those tasks; the name is for the log, a constant. */
    public Loader(Tasks tasks, Clock clock, String what) {
        this.tasks = tasks;
        this.clock = clock;
        this.what = what;
    }

    public ReadOnlyObjectProperty<Load<T>> state() {
        return state.getReadOnlyProperty();
    }

    /** Whether a call is under way; also true while an older value is still shown. */
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** The value if there is one, fresh or stale. */
    public Optional<T> known() {
        return state.get().known();
    }

    /** Reads it with that call. What is known stays visible until the answer is here. */
    public void load(Supplier<Answer<T>> call) {
        underWay.cancel();
        busy.set(true);
        start(call);
    }

    /**
     * As {@link #load}, but not told by {@link #busy}, so that nothing flickers at what is read
     * every second; and left out while another call is under way.
     */
    public void poll(Supplier<Answer<T>> call) {
        if (!waiting) {
            start(call);
        }
    }

    /** Loads now, and polls at every tick until {@link #cancel}. */
    public void follow(Ticker ticker, Duration period, Supplier<Answer<T>> call) {
        load(call);
        ticking.cancel();
        ticking = ticker.every(period, () -> poll(call));
    }

    /** As {@link #load}, but forgets what is known: it was about something else. */
    public void loadAfresh(Supplier<Answer<T>> call) {
        state.set(new Load.Loading<>());
        load(call);
    }

    /** Changes the known value in place, after a change that was acknowledged. */
    public void update(UnaryOperator<T> change) {
        state.get()
                .known()
                .ifPresent(value ->
                        state.set(new Load.Loaded<>(change.apply(value), Instant.now(clock))));
    }

    /** Gives up the call under way, and following; what is known stays. */
    public void cancel() {
        ticking.cancel();
        underWay.cancel();
        waiting = false;
        busy.set(false);
        if (state.get() instanceof Load.Loading<T>) {
            state.set(new Load.Idle<>());
        }
    }

    private void start(Supplier<Answer<T>> call) {
        waiting = true;
        if (state.get().known().isEmpty()) {
            state.set(new Load.Loading<>());
        }
        underWay = tasks.run(what, call, this::settle);
    }

    private void settle(Answer<T> answer) {
        waiting = false;
        busy.set(false);
        switch (answer) {
            case Answer.Ok<T>(T value) -> state.set(new Load.Loaded<>(value, Instant.now(clock)));
            case Answer.Refused<T>(Trouble trouble) -> state.set(after(trouble));
        }
    }

    private Load<T> after(Trouble trouble) {
        return switch (state.get()) {
            case Load.Loaded<T>(T value, Instant at) -> new Load.Stale<>(value, at, trouble);
            case Load.Stale<T>(T value, Instant at, Trouble _) ->
                    new Load.Stale<>(value, at, trouble);
            case Load.Idle<T> _, Load.Loading<T> _, Load.Failed<T> _ -> new Load.Failed<>(trouble);
        };
    }
}
