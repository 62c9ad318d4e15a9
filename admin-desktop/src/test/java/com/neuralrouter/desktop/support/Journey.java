package com.neuralrouter.desktop.support;

import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Session;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.application.Platform;
import javafx.stage.Stage;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The shell in a window that runs its calls as the program does: on virtual threads, with the
 * answers brought back to the window's thread.
 */
public final class Journey {
    private Journey() {}

    /** Opens the window at that destination; the journey goes on by a page object. */
    public static TestWindow at(
            Stage stage,
            FakeAdminClient site,
            Map<Destination, Function<Session, Screen>> screens,
            Destination destination) {
        var tasks = new Tasks(Executors.newVirtualThreadPerTaskExecutor(), Platform::runLater);
        var window = TestWindow.of(stage, site, tasks, Locale.ENGLISH, ThemeChoice.LIGHT);
        window.showShell(screens, destination);
        return window;
    }
}
