package com.neuralrouter.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class CommandRegistryTest {
    private final CommandRegistry registry = new CommandRegistry();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void runsTheCommandWhoseKeysWerePressed() {
        registry.add(command("refresh", "F5"));

        registry.handle(press(KeyCode.F5));
        registry.handle(press(KeyCode.F6));

        assertThat(runs).hasValue(1);
    }

    @Test
    void runsNothingThatIsNotAllowed() {
        registry.add(
                new UiCommand(
                        "a",
                        "shell.leave",
                        Shortcut.of("F5"),
                        new SimpleBooleanProperty(false),
                        runs::incrementAndGet));

        registry.handle(press(KeyCode.F5));

        assertThat(runs).hasValue(0);
    }

    @Test
    void refusesTwoCommandsForTheSameKeys() {
        registry.add(command("one", "F5"));

        assertThatThrownBy(() -> registry.add(command("two", "F5")))
                .hasMessageContaining("one")
                .hasMessageContaining("two");
        assertThatThrownBy(() -> registry.screen(List.of(command("three", "F5"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void forgetsTheCommandsOfAScreenThatWasLeft() {
        registry.screen(List.of(command("one", "F7")));
        registry.screen(List.of());

        registry.handle(press(KeyCode.F7));

        assertThat(runs).hasValue(0);
    }

    private UiCommand command(String id, String keys) {
        return new UiCommand(
                id,
                "shell.leave",
                Shortcut.of(keys),
                new SimpleBooleanProperty(true),
                runs::incrementAndGet);
    }

    private static KeyEvent press(KeyCode code) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false);
    }
}
