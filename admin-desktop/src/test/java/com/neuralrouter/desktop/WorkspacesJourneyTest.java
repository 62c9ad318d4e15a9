package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestWindow;

import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.Objects;

/** What an administrator does with workspaces, with mouse and keyboard, in a real window. */
@ExtendWith(ApplicationExtension.class)
class WorkspacesJourneyTest {
    private final FakeAdminClient site = Samples.site();
    private @Nullable TestWindow window;
    private final Journey journey = new Journey(site, Screens.all());

    @Start
    void start(Stage stage) {
        journey.on(stage);
    }

    @Test
    void createsAWorkspaceAndShowsItInTheList(FxRobot robot) {
        var page = open(robot);

        page.openForm().fill("cards", "Card disputes").submit();

        page.lists(6);
        page.await(() -> !page.formIsOpen());
        assertThat(site.calls).containsOnlyOnce("createWorkspace");
        assertThat(page.shows("toast.dismiss")).isTrue();
    }

    @Test
    void keepsWhatWasTypedWhenTheNameIsTaken(FxRobot robot) {
        var page = open(robot);

        page.openForm().fill("research", "again").submit();

        page.await(() -> page.shows("workspaces.create.form.problem"));
        assertThat(page.formIsOpen()).isTrue();
        assertThat(site.workspaces).hasSize(5);
    }

    @Test
    void worksByKeyboardAlone(FxRobot robot) {
        var page = open(robot);

        robot.push(KeyCode.SHORTCUT, KeyCode.N);
        page.await(page::formIsOpen);
        robot.write("cards").push(KeyCode.ENTER);

        page.lists(6);
    }

    @Test
    void staysInTheDialogWhenTabbingAndLeavesItByEscape(FxRobot robot) {
        var page = open(robot);
        page.openForm();

        for (int i = 0; i < 12; i++) {
            robot.push(KeyCode.TAB);
        }
        assertThat(page.find("workspaces.create.description", TextArea.class).getText()).isEmpty();
        var focused = Objects.requireNonNull(window).scene().getFocusOwner();
        assertThat(focused.getId()).startsWith("workspaces.create");

        robot.push(KeyCode.ESCAPE);
        page.await(() -> !page.formIsOpen());
        assertThat(site.calls).doesNotContain("createWorkspace");
    }

    @Test
    void keepsTheListReadableWhileTheApplianceIsAway(FxRobot robot) {
        var page = open(robot);
        site.failWith(new Trouble.Unreachable("hq:9443", "refused"));

        robot.push(KeyCode.F5);
        robot.interact(() -> Objects.requireNonNull(window).ticker.tick());

        page.await(() -> page.shows("workspaces.state.stale") && page.shows("shell.banner"));
        page.lists(5);

        site.recover();
        page.click("shell.banner.retry");

        page.await(() -> !page.shows("shell.banner") && !page.shows("workspaces.state.stale"));
    }

    @Test
    void letsAnAuditorLookButNotCreate(FxRobot robot) {
        var page = open(robot);
        site.as(Role.MEMBER);

        robot.interact(() -> Objects.requireNonNull(window).ticker.tick());

        var create = page.find("workspaces.create", Button.class);
        page.await(create::isDisabled);
        assertThat(create.getAccessibleHelp()).isNotBlank();
    }

    @Test
    void copiesTheIdOfTheSelectedWorkspace(FxRobot robot) {
        var page = open(robot);
        page.select("workspaces.table", 0);

        page.click("workspaces.detail.id.copy");

        assertThat(Objects.requireNonNull(window).clip.text())
                .isEqualTo(site.workspaces.getFirst().id().toString());
    }

    @Test
    void deletesAWorkspaceOnceItsNameIsTyped(FxRobot robot) {
        var page = open(robot);
        var first = site.workspaces.getFirst();
        page.select("workspaces.table", 0);
        page.click("workspaces.delete");
        var confirm = page.find("workspaces.delete.confirm.confirm", Button.class);
        assertThat(confirm.isDisabled()).isTrue();

        page.type("workspaces.delete.confirm.name", first.name());
        page.click("workspaces.delete.confirm.confirm");

        page.lists(4);
        assertThat(site.workspaces).doesNotContain(first);
    }

    @Test
    void proposesTheDeletionWhereTheSiteDemandsASecondPerson(FxRobot robot) {
        var page = open(robot);
        page.select("workspaces.table", 0);
        page.click("workspaces.delete");
        page.type("workspaces.delete.confirm.name", site.workspaces.getFirst().name());
        site.refuseNext(FakeAdminClient.problem(ProblemCode.APPROVAL_REQUIRED, "Propose it."));
        page.click("workspaces.delete.confirm.confirm");
        page.await(() -> page.shows("workspaces.delete.confirm.second_person"));
        assertThat(page.shows("workspaces.delete.confirm.problem")).isFalse();

        robot.write("nobody uses it").push(KeyCode.ENTER);

        page.await(() -> !page.shows("workspaces.delete.confirm"));
        assertThat(Objects.requireNonNull(site.policies.proposed).note())
                .isEqualTo("nobody uses it");
        page.lists(5);
    }

    @Test
    void tellsInTheSidebarHowManyChangesWaitForOne(FxRobot robot) {
        var page = open(robot);

        page.await(() -> page.text("go.approvals.waiting").equals("2"));
        assertThat(page.find("go.approvals", ToggleButton.class).getAccessibleText())
                .isEqualTo("Approvals: 2 wait for your decision");
    }

    @Test
    void letsAnAdministratorWhoIsNoOwnerDeleteNothing(FxRobot robot) {
        site.as(Role.ADMIN);
        var page = open(robot);
        page.select("workspaces.table", 0);

        assertThat(page.find("workspaces.delete", Button.class).isDisabled()).isTrue();
        assertThat(page.find("workspaces.create", Button.class).isDisabled()).isFalse();
    }

    private WorkspacesPage open(FxRobot robot) {
        window = journey.open(robot, Destination.WORKSPACES);
        var page = new WorkspacesPage(robot);
        page.lists(5);
        return page;
    }
}
