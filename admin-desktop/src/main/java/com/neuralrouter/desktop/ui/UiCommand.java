package com.neuralrouter.desktop.ui;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;

import java.util.Optional;

/**
 * One thing that can be done from anywhere: by its shortcut, from the palette, from a button.
 *
 * @param id unique in the window, as in {@code go.audit}
 * @param titleKey the key of its name
 * @param shortcut the keys that do it, if there are any
 * @param enabled whether it can be done at the moment
 */
public record UiCommand(
        String id,
        String titleKey,
        Shortcut shortcut,
        ObservableBooleanValue enabled,
        Runnable action) {

    /** Keys, or none. */
    public sealed interface Shortcut {
        /** By palette and button only. */
        record None() implements Shortcut {}

        /** By these keys. */
        record Keys(KeyCombination combination) implements Shortcut {}

        /** Reads the notation of {@link KeyCombination#valueOf}. */
        static Shortcut of(String keys) {
            return new Keys(KeyCombination.valueOf(keys));
        }
    }

    /** The keys, if there are any. */
    public Optional<KeyCombination> keys() {
        return switch (shortcut) {
            case Shortcut.None() -> Optional.empty();
            case Shortcut.Keys(KeyCombination combination) -> Optional.of(combination);
        };
    }

    /** Does it, if it can be done at the moment. */
    public void run() {
        if (enabled.get()) {
            action.run();
        }
    }
}
