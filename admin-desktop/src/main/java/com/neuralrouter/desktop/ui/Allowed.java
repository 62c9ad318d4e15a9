package com.neuralrouter.desktop.ui;

import javafx.beans.Observable;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;

import java.util.function.BooleanSupplier;

/** Whether something may be done at the moment, and if not, why. */
public final class Allowed extends BooleanBinding {
    private final BooleanSupplier granted;
    private final BooleanSupplier stopped;
    private final Observable[] causes;

    /**
     * Follows those causes.
     *
     * @param granted whether the user's role allows it
     * @param stopped whether nobody may do it at the moment
     */
    public Allowed(BooleanSupplier granted, BooleanSupplier stopped, Observable... causes) {
        this.granted = granted;
        this.stopped = stopped;
        this.causes = causes.clone();
        bind(this.causes);
    }

    @Override
    protected boolean computeValue() {
        return granted.getAsBoolean() && !stopped.getAsBoolean();
    }

    /** Only while the other holds too; the reason stays this one's. */
    @Override
    public Allowed and(ObservableBooleanValue other) {
        var all = new Observable[causes.length + 1];
        System.arraycopy(causes, 0, all, 0, causes.length);
        all[causes.length] = other;
        return new Allowed(() -> granted.getAsBoolean() && other.get(), stopped, all);
    }

    /** The key of the sentence that says why it is not allowed. */
    static String reasonOf(ObservableBooleanValue allowed) {
        return allowed instanceof Allowed each && each.stopped.getAsBoolean()
                ? "ui.changes_stopped"
                : "ui.role_missing";
    }
}
