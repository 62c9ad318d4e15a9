package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.Shots;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.stage.Stage;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Renders every screen in both themes at 1280 × 800, from fixed data. The pictures of the
 * documentation are made by it: {@code mvn test -pl admin-desktop -am -Dtest=ScreenshotsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dscreenshots}.
 */
@ExtendWith(ApplicationExtension.class)
class ScreenshotsTest {
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersEveryScreen(ThemeChoice look, FxRobot robot) {
        for (Destination destination : Screens.all().keySet()) {
            render(robot, Samples.site(), destination, look, destination.id());
        }
        render(robot, new FakeAdminClient(), Destination.WORKSPACES, look, "workspaces-empty");
    }

    private void render(
            FxRobot robot, FakeAdminClient site, Destination at, ThemeChoice look, String name) {
        var file = name + "-" + look.name().toLowerCase(Locale.ROOT);
        robot.interact(() ->
                TestWindow.of(stage, site, Direct.tasks(), Locale.ENGLISH, look)
                        .showShell(Screens.all(), at));
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> Shots.take(stage.getScene(), file));

        assertThat(Path.of("target", "screenshots", file + ".png"))
                .satisfies(png -> assertThat(Files.size(png)).isGreaterThan(20_000));
    }
}
