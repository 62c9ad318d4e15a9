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
import com.neuralrouter.desktop.support.Studio;
import com.neuralrouter.desktop.support.VaultSamples;
import com.neuralrouter.desktop.ui.RevealOnceDialog;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.scene.control.ComboBox;
import javafx.scene.control.TabPane;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.List;
import java.util.Locale;

/**
 * Renders every screen in both themes at 1280 × 800, from fixed data. The pictures of the
 * documentation are made by it: {@code mvn test -pl admin-desktop -am -Dtest=ScreenshotsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dscreenshots}.
 */
@ExtendWith(ApplicationExtension.class)
class ScreenshotsTest {
    private final Studio studio = new Studio(Screens.all());

    @Start
    void start(Stage stage) {
        studio.on(stage);
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersEveryScreen(ThemeChoice look, FxRobot robot) {
        for (Destination destination : Screens.all().keySet()) {
            var name = destination.id() + Studio.suffix(look);
            studio.show(robot, look, Samples.site(), destination);

            assertThat(studio.take(robot, name)).isGreaterThan(20_000);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersKeysAndBackupsInTheirStates(ThemeChoice look, FxRobot robot) {
        var page = new Page(robot);
        var site = Samples.provenSite();
        site.vault = VaultSamples.vault("key-file", 1, 40);
        var window = studio.show(robot, look, site, Destination.VAULT);
        site.vault = VaultSamples.vault("key-file", 1, 17);
        robot.interact(window.ticker::tick);
        page.select("vault.keys.table", 0);
        studio.take(robot, "vault-rotating" + Studio.suffix(look));
        studio.takeAt125(robot, "vault-rotating-125" + Studio.suffix(look));
        page.click("vault.keys.rotate");
        studio.take(robot, "vault-rotate-confirm" + Studio.suffix(look));

        studio.show(robot, look, Samples.provenSite(), Destination.VAULT);
        selectBackups(robot, page);
        studio.take(robot, "backups" + Studio.suffix(look));
        studio.takeAt125(robot, "backups-125" + Studio.suffix(look));
        page.click("vault.back_up");
        page.select("vault.backups.table", 2);
        studio.take(robot, "backups-detail" + Studio.suffix(look));
        studio.takeAt125(robot, "backups-detail-125" + Studio.suffix(look));

        var fresh = new FakeAdminClient();
        fresh.vault = VaultSamples.vault("key-file", 0, 0, List.of());
        studio.show(robot, look, fresh, Destination.VAULT);
        studio.take(robot, "vault-first-day" + Studio.suffix(look));
        selectBackups(robot, page);
        studio.take(robot, "backups-first-day" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.WORKSPACES);
        page.select("workspaces.table", 0);
        page.click("workspaces.delete");
        assertThat(studio.take(robot, "workspaces-delete" + Studio.suffix(look)))
                .isGreaterThan(20_000);
    }

    @Test
    void rendersEveryScreenOnASmallDisplay(FxRobot robot) {
        var page = new Page(robot);
        for (Destination destination : Screens.all().keySet()) {
            studio.show(robot, ThemeChoice.LIGHT, Samples.site(), destination);
            assertThat(studio.takeAt125(robot, destination.id() + "-125-light"))
                    .isGreaterThan(20_000);
            var table = destination.id() + ".table";
            if (page.shows(table)) {
                page.select(table, 0);
                studio.takeAt125(robot, destination.id() + "-detail-125-light");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersWhatScreensLookLikeOnBadAndFirstDays(ThemeChoice look, FxRobot robot) {
        studio.show(robot, look, new FakeAdminClient(), Destination.WORKSPACES);
        studio.take(robot, "workspaces-empty" + Studio.suffix(look));
        studio.show(robot, look, new FakeAdminClient(), Destination.OVERVIEW);
        studio.take(robot, "overview-first-day" + Studio.suffix(look));

        var lost = Samples.site();
        var window = studio.show(robot, look, lost, Destination.WORKSPACES);
        robot.interact(() -> {
            lost.failWith(new Trouble.Unreachable("hq.bank.example:9443", "connection refused"));
            window.session.connection().refresh();
            window.session.workspaces().refresh();
        });
        studio.take(robot, "workspaces-disconnected" + Studio.suffix(look));

        var failed = new FakeAdminClient();
        failed.failWith(FakeAdminClient.problem(ProblemCode.INTERNAL, "The store is closed."));
        studio.show(robot, look, failed, Destination.WORKSPACES);
        studio.take(robot, "workspaces-failed" + Studio.suffix(look));
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersDialogsAndEnrolment(ThemeChoice look, FxRobot robot) {
        studio.show(robot, look, Samples.site(), Destination.WORKSPACES);
        var page = new Page(robot);
        page.select("workspaces.table", 0);
        studio.take(robot, "workspaces-detail" + Studio.suffix(look));
        page.click("workspaces.create");
        page.type("workspaces.create.name", "Claims");
        studio.take(robot, "workspaces-create" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.OVERVIEW);
        page.click("shell.palette");
        studio.take(robot, "palette" + Studio.suffix(look));
        var behind = studio.show(robot, look, Samples.site(), Destination.WORKSPACES);
        robot.interact(() ->
                RevealOnceDialog.open(
                        behind.session.view(),
                        "sample",
                        "Store this API key now",
                        "It lets an app use every model of the workspace claims-assistant.",
                        "nr_4xQ7pLm2Ka_S3cretS3cretS3cretS3cretS3cretS3cretS3c_0aB3xY",
                        () -> {}));
        studio.take(robot, "reveal-once" + Studio.suffix(look));
        enrolment(robot, look);
        page.type("enrol.host", "hq.bank.example");
        page.type("enrol.code", "NR1-2CNP9");
        studio.take(robot, "enrol" + Studio.suffix(look));
    }

    @Test
    void rendersSettingsLargeAndInGerman(FxRobot robot) {
        var window =
                studio.show(
                        robot,
                        ThemeChoice.LIGHT,
                        Locale.GERMAN,
                        Samples.site(),
                        Destination.SETTINGS);
        studio.take(robot, "settings-german-light");
        studio.takeAt125(robot, "settings-german-125-light");
        robot.interact(() -> window.session.preferences().themes().textSize().set(125));
        var page = new Page(robot);
        robot.interact(page.find("settings.size", ComboBox.class)::requestFocus);

        assertThat(studio.take(robot, "settings-large-light")).isGreaterThan(20_000);
    }

    @Test
    void rendersGermanToo(FxRobot robot) {
        studio.show(
                robot,
                ThemeChoice.LIGHT,
                Locale.GERMAN,
                new FakeAdminClient(),
                Destination.OVERVIEW);

        assertThat(studio.take(robot, "overview-german-light")).isGreaterThan(20_000);
    }

    private static void selectBackups(FxRobot robot, Page page) {
        var tabs = page.find("vault.tabs", TabPane.class);
        robot.interact(() -> tabs.getSelectionModel().selectLast());
    }

    private void enrolment(FxRobot robot, ThemeChoice look) {
        var window = studio.empty(robot, look, Locale.ENGLISH, Samples.site());
        robot.interact(() -> {
            var model =
                    new EnrolViewModel(new FakeEnroller(), Direct.tasks(), Samples.CLOCK, _ -> {});
            window.show(new EnrolView(model, window.session.view(), "").node());
            model.refresh();
        });
    }
}
