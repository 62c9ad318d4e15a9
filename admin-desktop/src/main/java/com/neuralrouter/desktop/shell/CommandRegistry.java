package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.ui.UiCommand;

import javafx.scene.input.KeyEvent;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can be done at the moment: the shell's commands, and those of the screen that is
 * shown. Palette, shortcut sheet and keyboard are views of it. Window's thread only.
 */
public final class CommandRegistry {
    private final List<UiCommand> shell = new ArrayList<>();
    private List<UiCommand> screen = List.of();

    /** Adds one for good. Throws when its id or its keys are taken: that is a defect. */
    public void add(UiCommand command) {
        refuseClash(shell, command);
        shell.add(command);
    }

    /** Replaces the shown screen's commands. */
    public void screen(List<UiCommand> commands) {
        for (UiCommand each : commands) {
            refuseClash(shell, each);
        }
        screen = List.copyOf(commands);
    }

    /** The screen's first. */
    public List<UiCommand> all() {
        var all = new ArrayList<>(screen);
        all.addAll(shell);
        return all;
    }

    /** Runs the command whose keys these are, and takes the event. */
    public void handle(KeyEvent event) {
        for (UiCommand each : all()) {
            if (each.keys().filter(keys -> keys.match(event)).isPresent()) {
                each.run();
                event.consume();
                return;
            }
        }
    }

    private static void refuseClash(List<UiCommand> existing, UiCommand added) {
        for (UiCommand each : existing) {
            boolean sameKeys = each.keys().isPresent() && each.keys().equals(added.keys());
            if (each.id().equals(added.id()) || sameKeys) {
                throw new IllegalStateException(
                        "commands clash: " + each.id() + " and " + added.id());
            }
        }
    }
}
