package com.neuralrouter.desktop.support;

import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Session;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A window in which screens are photographed: calls answer at once, so that nothing moves. */
public final class Studio {
    private final Map<Destination, Function<Session, Screen>> screens;
    private @Nullable Stage stage;

    public Studio(Map<Destination, Function<Session, Screen>> screens) {
        this.screens = screens;
    }

    /** In that window; for {@code @Start}. */
    public void on(Stage given) {
        stage = given;
    }

    /** Shows the shell of that site at that destination. */
    public TestWindow show(
            FxRobot robot,
            ThemeChoice look,
            Locale locale,
            FakeAdminClient site,
            Destination destination) {
        var window = empty(robot, look, locale, site);
        robot.interact(() -> window.showShell(screens, destination));
        return window;
    }

    /** As {@link #show}, in English. */
    public TestWindow show(
            FxRobot robot, ThemeChoice look, FakeAdminClient site, Destination destination) {
        return show(robot, look, Locale.ENGLISH, site, destination);
    }

    /** A window with nothing in it yet. */
    public TestWindow empty(FxRobot robot, ThemeChoice look, Locale locale, FakeAdminClient site) {
        var made = new TestWindow[1];
        robot.interact(() ->
                made[0] =
                        TestWindow.of(
                                Objects.requireNonNull(stage), site, Direct.tasks(), locale, look));
        return made[0];
    }

    /** How names of pictures in that look end. */
    public static String suffix(ThemeChoice look) {
        return "-" + look.name().toLowerCase(Locale.ROOT);
    }

    /** The size of the picture in bytes: one without anything in it is small. */
    public long take(FxRobot robot, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        var bytes = new long[1];
        robot.interact(() -> bytes[0] = Shots.take(Objects.requireNonNull(stage).getScene(), name));
        return bytes[0];
    }

    /**
     * The smallest window that is supported on a display of 125 %: as much has to fit into 1024 ×
     * 640 points as else into 1280 × 800.
     */
    public long takeAt125(FxRobot robot, String name) {
        var window = Objects.requireNonNull(stage);
        resize(robot, 1024, 640);
        var bytes = new long[1];
        robot.interact(() -> bytes[0] = Shots.take(window.getScene(), name, 1.25));
        resize(robot, 1280, 800);
        return bytes[0];
    }

    /** Gives the window another size. */
    public void resize(FxRobot robot, double width, double height) {
        var window = Objects.requireNonNull(stage);
        robot.interact(() -> {
            window.setWidth(width);
            window.setHeight(height);
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
