package com.neuralrouter.desktop.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Session;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** What an administrator does with workspaces, with mouse and keyboard, in a real window. */
@ExtendWith(ApplicationExtension.class)
class WorkspacesJourneyTest {
    private final FakeAdminClient site = Samples.site();
    private @Nullable TestWindow window;

    @Start
    void start(Stage stage) {
        var tasks = new Tasks(Executors.newVirtualThreadPerTaskExecutor(), Platform::runLater);
        var made = TestWindow.of(stage, site, tasks, Locale.ENGLISH, ThemeChoice.LIGHT);
        Map<Destination, Function<Session, Screen>> screens =
                Map.of(Destination.WORKSPACES, WorkspacesJourneyTest::screen);
        made.showShell(screens, Destination.WORKSPACES);
        window = made;
    }

    @Test
    void createsAWorkspaceAndShowsItInTheList(FxRobot robot) {
        var page = new WorkspacesPage(robot);
        page.lists(5);

        page.openForm().fill("cards", "Card disputes").submit();

        page.lists(6);
        page.await(() -> !page.formIsOpen());
        assertThat(site.calls).containsOnlyOnce("createWorkspace");
        assertThat(page.shows("toast.dismiss")).isTrue();
    }

    @Test
    void keepsWhatWasTypedWhenTheNameIsTaken(FxRobot robot) {
        var page = new WorkspacesPage(robot);
        page.lists(5);

        page.openForm().fill("research", "again").submit();

        page.await(() -> page.shows("workspaces.create.form.problem"));
        assertThat(page.formIsOpen()).isTrue();
        assertThat(site.workspaces).hasSize(5);
    }

    @Test
    void worksByKeyboardAlone(FxRobot robot) {
        var page = new WorkspacesPage(robot);
        page.lists(5);

        robot.push(KeyCode.SHORTCUT, KeyCode.N);
        page.await(page::formIsOpen);
        robot.write("cards").push(KeyCode.ENTER);

        page.lists(6);
    }

    @Test
    void staysInTheDialogWhenTabbingAndLeavesItByEscape(FxRobot robot) {
        var page = new WorkspacesPage(robot);
        page.lists(5);
        page.openForm();

        for (int i = 0; i < 12; i++) {
            robot.push(KeyCode.TAB);
        }
        var focused = Objects.requireNonNull(window).scene().getFocusOwner();
        assertThat(focused.getId()).startsWith("workspaces.create");

        robot.push(KeyCode.ESCAPE);
        page.await(() -> !page.formIsOpen());
        assertThat(site.calls).doesNotContain("createWorkspace");
    }

    @Test
    void keepsTheListReadableWhileTheApplianceIsAway(FxRobot robot) {
        var page = new WorkspacesPage(robot);
        page.lists(5);
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
        var page = new WorkspacesPage(robot);
        page.lists(5);
        site.as(Role.MEMBER);

        robot.interact(() -> Objects.requireNonNull(window).ticker.tick());

        var create = page.find("workspaces.create", Button.class);
        page.await(create::isDisabled);
        assertThat(create.getAccessibleHelp()).isNotBlank();
    }

    @Test
    void copiesTheIdOfTheSelectedWorkspace(FxRobot robot) {
        var page = new WorkspacesPage(robot);
        page.lists(5);
        page.select("workspaces.table", 0);

        page.click("workspaces.detail.id.copy");

        assertThat(Objects.requireNonNull(window).clip.text())
                .isEqualTo(site.workspaces.getFirst().id().toString());
    }

    private static Screen screen(Session session) {
        var model =
                new WorkspacesViewModel(
                        session.client(),
                        session.tasks(),
                        session.workspaces(),
                        session.view().notices(),
                        session.navigator());
        return new WorkspacesView(model, session.connection(), session.view());
    }
}
