package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.enrol.EnrolView;
import com.neuralrouter.desktop.enrol.EnrolViewModel;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.FakeEnroller;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.Shots;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.ui.RevealOnceDialog;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Renders every screen in both themes at 1280 × 800, from fixed data. The pictures of the
 * documentation are made by it: {@code mvn test -pl admin-desktop -am -Dtest=ScreenshotsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dscreenshots}.
 */
@ExtendWith(ApplicationExtension.class)
class ScreenshotsTest {
    private @Nullable Stage stage;

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
            var name = destination.id() + suffix(look);
            robot.interact(() -> shell(look, Locale.ENGLISH, Samples.site(), destination));

            assertThat(take(robot, name)).isGreaterThan(20_000);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersWhatScreensLookLikeOnBadAndFirstDays(ThemeChoice look, FxRobot robot) {
        robot.interact(
                () -> shell(look, Locale.ENGLISH, new FakeAdminClient(), Destination.WORKSPACES));
        take(robot, "workspaces-empty" + suffix(look));
        robot.interact(
                () -> shell(look, Locale.ENGLISH, new FakeAdminClient(), Destination.OVERVIEW));
        take(robot, "overview-first-day" + suffix(look));

        var lost = Samples.site();
        robot.interact(() -> {
            var window = shell(look, Locale.ENGLISH, lost, Destination.WORKSPACES);
            lost.failWith(new Trouble.Unreachable("hq.bank.example:9443", "connection refused"));
            window.session.connection().refresh();
            window.session.workspaces().refresh();
        });
        take(robot, "workspaces-disconnected" + suffix(look));

        var failed = new FakeAdminClient();
        failed.failWith(FakeAdminClient.problem(ProblemCode.INTERNAL, "The store is closed."));
        robot.interact(() -> shell(look, Locale.ENGLISH, failed, Destination.WORKSPACES));
        take(robot, "workspaces-failed" + suffix(look));
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersDialogsAndEnrolment(ThemeChoice look, FxRobot robot) {
        robot.interact(() -> shell(look, Locale.ENGLISH, Samples.site(), Destination.WORKSPACES));
        var page = new Page(robot);
        page.select("workspaces.table", 0);
        take(robot, "workspaces-detail" + suffix(look));
        page.click("workspaces.create");
        page.type("workspaces.create.name", "Claims");
        take(robot, "workspaces-create" + suffix(look));

        robot.interact(() -> shell(look, Locale.ENGLISH, Samples.site(), Destination.OVERVIEW));
        page.click("shell.palette");
        take(robot, "palette" + suffix(look));
        robot.interact(() -> {
            var window = shell(look, Locale.ENGLISH, Samples.site(), Destination.WORKSPACES);
            RevealOnceDialog.open(
                    window.session.view(),
                    "sample",
                    "Store this API key now",
                    "It lets an app use every model of the workspace claims-assistant.",
                    "nr_4xQ7pLm2Ka_S3cretS3cretS3cretS3cretS3cretS3cretS3c_0aB3xY",
                    () -> {});
        });
        take(robot, "reveal-once" + suffix(look));
        robot.interact(() -> enrolment(look));
        page.type("enrol.host", "hq.bank.example");
        page.type("enrol.code", "NR1-2CNP9");
        take(robot, "enrol" + suffix(look));
    }

    @Test
    void rendersGermanToo(FxRobot robot) {
        robot.interact(() ->
                shell(
                        ThemeChoice.LIGHT,
                        Locale.GERMAN,
                        new FakeAdminClient(),
                        Destination.OVERVIEW));

        assertThat(take(robot, "overview-german-light")).isGreaterThan(20_000);
    }

    private TestWindow shell(
            ThemeChoice look, Locale locale, FakeAdminClient site, Destination at) {
        var window = TestWindow.of(stage(), site, Direct.tasks(), locale, look);
        window.showShell(Screens.all(), at);
        return window;
    }

    private void enrolment(ThemeChoice look) {
        var window = TestWindow.of(stage(), Samples.site(), Direct.tasks(), Locale.ENGLISH, look);
        var model = new EnrolViewModel(new FakeEnroller(), Direct.tasks(), Samples.CLOCK, _ -> {});
        window.show(new EnrolView(model, window.session.view(), "").node());
        model.refresh();
    }

    private Stage stage() {
        return Objects.requireNonNull(stage);
    }

    private static String suffix(ThemeChoice look) {
        return "-" + look.name().toLowerCase(Locale.ROOT);
    }

    /** The size of the picture in bytes: one without anything in it is small. */
    private long take(FxRobot robot, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> Shots.take(stage().getScene(), name));
        return Path.of("target", "screenshots", name + ".png").toFile().length();
    }
}
