package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.Shots;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Renders what the list screens look like beyond their lists: details, forms, confirmations, and
 * the first day. Part of the documentation's pictures, as {@link ScreenshotsTest}.
 */
@ExtendWith(ApplicationExtension.class)
class ScreenDialogsTest {
    private @Nullable Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersDetailsOfEachList(ThemeChoice look, FxRobot robot) {
        var page = new Page(robot);
        for (Destination destination :
                List.of(
                        Destination.API_KEYS,
                        Destination.CREDENTIALS,
                        Destination.REQUESTS,
                        Destination.AUDIT,
                        Destination.ROUTES,
                        Destination.DEVICES)) {
            show(robot, look, Locale.ENGLISH, Samples.site(), destination);
            take(robot, destination.id() + suffix(look));
            page.select(destination.id() + ".table", 0);
            assertThat(take(robot, destination.id() + "-detail" + suffix(look)))
                    .isGreaterThan(20_000);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersFormsAndConfirmations(ThemeChoice look, FxRobot robot) {
        var page = new Page(robot);
        show(robot, look, Locale.ENGLISH, Samples.site(), Destination.API_KEYS);
        page.click("apikeys.create");
        page.type("apikeys.create.name", "claims-nightly");
        take(robot, "apikeys-create" + suffix(look));
        page.click("apikeys.create.form.submit");
        take(robot, "apikeys-reveal" + suffix(look));

        show(robot, look, Locale.ENGLISH, Samples.site(), Destination.API_KEYS);
        page.select("apikeys.table", 0);
        page.click("apikeys.revoke");
        take(robot, "apikeys-revoke" + suffix(look));

        show(robot, look, Locale.ENGLISH, Samples.site(), Destination.CREDENTIALS);
        page.select("credentials.table", 0);
        page.click("credentials.replace");
        take(robot, "credentials-replace" + suffix(look));

        show(robot, look, Locale.ENGLISH, Samples.site(), Destination.DEVICES);
        page.click("devices.invite");
        page.type("devices.invite.name", "Mei Chen, laptop");
        take(robot, "devices-invite" + suffix(look));
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT"})
    void rendersTheFirstDayAndGerman(ThemeChoice look, FxRobot robot) {
        for (Destination destination : Screens.all().keySet()) {
            show(robot, look, Locale.GERMAN, Samples.site(), destination);
            take(robot, destination.id() + "-german" + suffix(look));
            show(robot, look, Locale.ENGLISH, new FakeAdminClient(), destination);
            assertThat(take(robot, destination.id() + "-empty" + suffix(look)))
                    .isGreaterThan(20_000);
        }
    }

    private void show(
            FxRobot robot,
            ThemeChoice look,
            Locale locale,
            FakeAdminClient site,
            Destination destination) {
        robot.interact(() ->
                TestWindow.of(Objects.requireNonNull(stage), site, Direct.tasks(), locale, look)
                        .showShell(Screens.all(), destination));
    }

    private static String suffix(ThemeChoice look) {
        return "-" + look.name().toLowerCase(Locale.ROOT);
    }

    /** The size of the picture in bytes: one without anything in it is small. */
    private long take(FxRobot robot, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> Shots.take(Objects.requireNonNull(stage).getScene(), name));
        return Path.of("target", "screenshots", name + ".png").toFile().length();
    }
}
