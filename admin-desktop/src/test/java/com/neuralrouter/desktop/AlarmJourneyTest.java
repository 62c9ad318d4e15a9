package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.Shots;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.layout.Region;
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

import java.util.Locale;
import java.util.Objects;

/** From a log that was put back, through every screen, to an acknowledgement in full words. */
@ExtendWith(ApplicationExtension.class)
class AlarmJourneyTest {
    private @Nullable Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
    }

    @Test
    void showsHowTheLogIsKnown(FxRobot robot) {
        var window = open(robot, ThemeChoice.LIGHT, Destination.OVERVIEW);
        var page = new Page(robot);
        assertThat(page.find("status.log", Button.class).getAccessibleText())
                .startsWith("Log checked ");

        page.click("status.log");

        assertThat(page.text("log.name")).isEqualTo("log.bank.example");
        assertThat(page.text("log.size")).isEqualTo("%,d".formatted(window.log.size()));
        assertThat(page.text("log.key-Ed25519").replace(" ", "")).matches("[0-9a-f]{64}");
        page.click("log.check");
        page.click("log.close");
        assertThat(page.shows("log.size")).isFalse();
    }

    @Test
    void standsOnEveryScreenAndStopsEveryChange(FxRobot robot) {
        var window = open(robot, ThemeChoice.LIGHT, Destination.WORKSPACES);
        var page = new Page(robot);
        assertThat(page.find("workspaces.create", Button.class).isDisabled()).isFalse();
        putBack(robot, window);

        for (Destination destination : Screens.all().keySet()) {
            robot.interact(() -> window.session.navigator().go(destination));
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(page.shows("alarm.banner")).as(destination.id()).isTrue();
            assertThat(page.find("status.log", Button.class).getAccessibleText())
                    .isEqualTo("Log alarm");
        }
        robot.interact(() -> window.session.navigator().go(Destination.WORKSPACES));
        var create = page.find("workspaces.create", Button.class);
        assertThat(create.isDisabled()).isTrue();
        assertThat(create.getAccessibleHelp()).contains("alarm");

        robot.interact(() -> {
            window.log.grow(50);
            window.session.witness().check();
            window.session.connection().refresh();
        });
        assertThat(page.shows("alarm.banner")).isTrue();
    }

    @Test
    void endsWhenTheEvidenceIsSavedAndTheSentenceIsTyped(FxRobot robot) {
        var window = open(robot, ThemeChoice.LIGHT, Destination.WORKSPACES);
        putBack(robot, window);
        var page = new Page(robot);
        page.click("alarm.open");
        assertThat(page.find("alarm.acknowledge.open", Button.class).isDisabled()).isTrue();

        page.click("alarm.save");
        assertThat(page.shows("alarm.saved")).isTrue();
        page.click("alarm.acknowledge.open");
        page.type("alarm.acknowledge.name", "yes");
        assertThat(page.find("alarm.acknowledge.confirm", Button.class).isDisabled()).isTrue();
        page.type("alarm.acknowledge.name", "I have saved the evidence and told the auditor");
        page.click("alarm.acknowledge.confirm");

        page.await(() -> !page.shows("alarm.banner"));
        assertThat(page.shows("alarm.save")).isFalse();
        assertThat(window.folder).isDirectoryContaining("glob:**audit-log-alarm-*.zip");
        assertThat(page.find("workspaces.create", Button.class).isDisabled()).isFalse();
        assertThat(window.log.alarms.getLast().acknowledged()).contains("told the auditor");
    }

    @Test
    void saysWhatEachControlIs(FxRobot robot) {
        var window = open(robot, ThemeChoice.LIGHT, Destination.OVERVIEW);
        putBack(robot, window);
        var page = new Page(robot);
        page.click("alarm.open");
        page.click("alarm.save");
        for (String id : new String[] {"alarm.close", "alarm.save", "alarm.acknowledge.open"}) {
            assertThat(page.text(id)).isNotBlank();
        }
        assertThat(page.find("alarm.banner", Region.class).getAccessibleText()).isNotBlank();
        page.click("alarm.acknowledge.open");
        assertThat(page.find("alarm.acknowledge.name", Control.class).getAccessibleText())
                .isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void looksLikeThis(ThemeChoice look, FxRobot robot) {
        var suffix = "-" + look.name().toLowerCase(Locale.ROOT);
        var window = open(robot, look, Destination.AUDIT);
        var page = new Page(robot);
        page.click("status.log");
        shot(robot, "log" + suffix);
        page.click("log.close");
        putBack(robot, window);
        shot(robot, "alarm-banner" + suffix);
        page.click("alarm.open");
        page.click("alarm.save");
        shot(robot, "alarm" + suffix);
        page.click("alarm.acknowledge.open");
        shot(robot, "alarm-acknowledge" + suffix);
    }

    private TestWindow open(FxRobot robot, ThemeChoice look, Destination at) {
        var made = new TestWindow[1];
        robot.interact(() -> {
            made[0] =
                    TestWindow.of(
                            Objects.requireNonNull(stage),
                            Samples.site(),
                            Direct.tasks(),
                            Locale.ENGLISH,
                            look);
            made[0].showShell(Screens.all(), at);
        });
        WaitForAsyncUtils.waitForFxEvents();
        return made[0];
    }

    private static void putBack(FxRobot robot, TestWindow window) {
        robot.interact(() -> {
            window.log.become(window.log.forkedAt(1200, 1200));
            window.session.witness().check();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void shot(FxRobot robot, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> Shots.take(Objects.requireNonNull(stage).getScene(), name));
    }
}
