package com.neuralrouter.desktop.support;

import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Session;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.application.Platform;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The shell in a window that runs its calls as the program does: on virtual threads, with the
 * answers brought back to the window's thread. Made per test; {@link #on} is for {@code @Start}.
 */
public final class Journey {
    private final FakeAdminClient site;
    private final Map<Destination, Function<Session, Screen>> screens;
    private @Nullable Stage stage;

    public Journey(FakeAdminClient site, Map<Destination, Function<Session, Screen>> screens) {
        this.site = site;
        this.screens = screens;
    }

    /** In that window. */
    public void on(Stage given) {
        stage = given;
    }

    /** Opens the shell at that destination; the journey goes on by a page object. */
    public TestWindow open(FxRobot robot, Destination destination) {
        var opened = new TestWindow[1];
        robot.interact(() -> {
            var tasks = new Tasks(Executors.newVirtualThreadPerTaskExecutor(), Platform::runLater);
            opened[0] =
                    TestWindow.of(
                            Objects.requireNonNull(stage),
                            site,
                            tasks,
                            Locale.ENGLISH,
                            ThemeChoice.LIGHT);
            opened[0].showShell(screens, destination);
        });
        return opened[0];
    }
}
