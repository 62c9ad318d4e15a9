package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.VaultSamples;

import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What one does on the screen of keys and backups. */
@ExtendWith(ApplicationExtension.class)
class VaultJourneyTest {
    private final FakeAdminClient site = Samples.provenSite();
    private final Journey journey = new Journey(site, Screens.all());

    @Start
    void start(Stage stage) {
        journey.on(stage);
    }

    @Test
    void rotatesTheRootKeyAndWatchesWhatIsLeft(FxRobot robot) {
        var window = journey.open(robot, Destination.VAULT);
        var page = new Page(robot);
        page.hasRows("vault.keys.table", 5);

        page.click("vault.rotate");
        page.click("vault.rotate.confirm.confirm");
        page.await(() -> !page.shows("vault.rotate.confirm"));
        assertThat(page.text("vault.root")).isEqualTo("Version 3");
        assertThat(page.text("vault.rotation")).isEqualTo("12 left");

        site.vault = VaultSamples.vault("passphrase", 1, 3);
        robot.interact(window.ticker::tick);
        page.await(() -> page.text("vault.rotation").equals("3 left"));
        assertThat(page.find("vault.rotation.progress", ProgressBar.class).getProgress())
                .isEqualTo(0.75);
        assertThat(page.find("vault.rotate", Button.class).isDisabled()).isTrue();

        site.vault = VaultSamples.vault("passphrase", 0, 0);
        robot.interact(window.ticker::tick);
        page.await(() -> !page.shows("vault.rotation.progress"));
    }

    @Test
    void rotatesAWorkspacesKeyFromItsDetails(FxRobot robot) {
        journey.open(robot, Destination.VAULT);
        var page = new Page(robot);
        page.hasRows("vault.keys.table", 5);
        page.select("vault.keys.table", 1);

        page.click("vault.keys.rotate");
        page.click("vault.keys.rotate.confirm.confirm");

        page.await(() -> site.vault.workspaces().get(1).version() == 2);
        page.await(() -> !page.shows("vault.keys.rotate.confirm"));
        assertThat(page.text("vault.keys.detail.title")).isEqualTo("code-review");
    }

    @Test
    void backsUpAndVerifiesByKeyboard(FxRobot robot) {
        var window = journey.open(robot, Destination.VAULT);
        var page = new Page(robot);
        var tabs = page.find("vault.tabs", TabPane.class);
        robot.interact(tabs::requestFocus);
        robot.push(KeyCode.RIGHT);
        page.hasRows("vault.backups.table", 12);

        robot.push(KeyCode.SHORTCUT, KeyCode.N);
        page.await(() -> page.shows("vault.run"));
        assertThat(page.find("vault.back_up", Button.class).isDisabled()).isTrue();
        site.backups.addFirst(VaultSamples.backup(Backup.Kind.DATA, 0));
        site.endRun(BackupRun.State.DONE, null, site.backups.getFirst().name());
        robot.interact(window.ticker::tick);
        page.hasRows("vault.backups.table", 13);
        page.await(() -> !page.shows("vault.run"));

        page.select("vault.backups.table", 0);
        page.click("vault.backups.verify");
        page.await(() -> site.calls.contains("verifyBackup"));
    }

    @Test
    void warnsOnTheTabOfWhatIsMissing(FxRobot robot) {
        site.backups.clear();
        journey.open(robot, Destination.VAULT);
        var page = new Page(robot);
        var backups = page.find("vault.tabs", TabPane.class).getTabs().getLast();

        page.await(() -> backups.getText().equals("Backups: 2 warnings"));
        robot.interact(() -> backups.getTabPane().getSelectionModel().select(backups));

        assertThat(page.shows("vault.backups.warning.2")).isTrue();
        assertThat(page.shows("vault.empty.back_up")).isTrue();
    }

    @Test
    void greysOutWhatTheRoleDoesNotAllow(FxRobot robot) {
        site.as(Role.ADMIN);
        journey.open(robot, Destination.VAULT);
        var page = new Page(robot);
        page.hasRows("vault.keys.table", 5);
        page.select("vault.keys.table", 0);

        assertThat(page.find("vault.rotate", Button.class).isDisabled()).isTrue();
        assertThat(page.find("vault.keys.rotate", Button.class).isDisabled()).isTrue();
        assertThat(page.find("vault.back_up", Button.class).isDisabled()).isFalse();
    }
}
