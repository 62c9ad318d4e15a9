package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;

import javafx.scene.control.Button;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What one does on the screens of routes and of administrators. */
@ExtendWith(ApplicationExtension.class)
class SiteScreensJourneyTest {
    private final FakeAdminClient site = Samples.site();
    private final Journey journey = new Journey(site, Screens.all());

    @Start
    void start(Stage stage) {
        journey.on(stage);
    }

    @Test
    void showsTheUpstreamsOfARouteInTheirOrder(FxRobot robot) {
        journey.open(robot, Destination.ROUTES);
        var page = new Page(robot);
        page.hasRows("routes.table", 3);

        page.select("routes.table", 1);

        assertThat(page.text("routes.detail.title")).isEqualTo("bank-general");
        assertThat(page.shows("routes.detail.upstream.2")).isTrue();
    }

    @Test
    void teachesHowRoutesComeAbout(FxRobot robot) {
        site.routes.clear();
        var window = journey.open(robot, Destination.ROUTES);
        var page = new Page(robot);

        page.click("routes.empty.copy");

        assertThat(window.clip.text()).isEqualTo("neural-router apply -f site.yaml");
    }

    @Test
    void invitesADeviceAndRevokesAnother(FxRobot robot) {
        journey.open(robot, Destination.DEVICES);
        var page = new DevicesPage(robot);
        page.hasRows("devices.table", 4);

        page.invite("Mei Chen, laptop");
        assertThat(page.code()).isEqualTo(Samples.ENROLMENT_CODE);
        page.storedAndClose();
        page.revoke(2, "Jonas Keller");

        page.await(() -> site.devices.get(1).revokedAt() != null);
        page.await(() -> !page.shows("devices.revoke.confirm"));
    }

    @Test
    void greysOutInvitationsForARoleThatMayNotInvite(FxRobot robot) {
        site.as(Role.ADMIN);
        journey.open(robot, Destination.DEVICES);
        var page = new DevicesPage(robot);
        page.hasRows("devices.table", 4);
        page.select("devices.table", 0);

        assertThat(page.find("devices.invite", Button.class).isDisabled()).isTrue();
        assertThat(page.find("devices.revoke", Button.class).isDisabled()).isTrue();
    }

    @Test
    void canBeGivenUpWhileItIsReadAndReadAgain(FxRobot robot) {
        site.answerAfter(new CountDownLatch(1));
        journey.open(robot, Destination.DEVICES);
        var page = new Page(robot);

        page.click("devices.state.cancel");
        page.await(() -> page.shows("devices.state.idle"));
        site.answerAfter(new CountDownLatch(0));
        page.click("devices.state.read");

        page.hasRows("devices.table", 4);
    }

    @Test
    void narrowsTheListOfDevicesAndSaysWhenNothingMatches(FxRobot robot) {
        journey.open(robot, Destination.DEVICES);
        var page = new Page(robot);
        page.hasRows("devices.table", 4);

        page.type("devices.search", "KELLER");
        page.hasRows("devices.table", 1);
        page.type("devices.search", "nobody");
        page.hasRows("devices.table", 0);

        assertThat(page.shows("devices.table.none")).isTrue();
    }

    @Test
    void leavesOutColumnsOnlyWhereThereIsNoRoomForThem(FxRobot robot) {
        journey.open(robot, Destination.DEVICES);
        var page = new Page(robot);
        page.hasRows("devices.table", 4);
        var table = page.find("devices.table", TableView.class);
        assertThat(visible(table)).isEqualTo(7);

        page.select("devices.table", 0);
        page.await(() -> visible(table) == 4);

        robot.interact(() -> table.getSelectionModel().clearSelection());
        page.await(() -> visible(table) == 7);
    }

    @Test
    void givesEachColumnItsRoomBackWhenTheDetailsClose(FxRobot robot) {
        journey.open(robot, Destination.APPROVALS);
        var page = new Page(robot);
        page.hasRows("approvals.table", 2);
        var table = page.find("approvals.table", TableView.class);
        page.await(() -> visible(table) == 5);
        var before = widths(robot, table);

        page.select("approvals.table", 0);
        page.await(() -> visible(table) == 3);
        robot.interact(() -> table.getSelectionModel().clearSelection());

        page.await(() -> visible(table) == 5);
        page.await(() -> widths(robot, table).equals(before));
    }

    /** In whole points. */
    private static List<Long> widths(FxRobot robot, TableView<?> table) {
        var widths = new ArrayList<Long>();
        robot.interact(() -> {
            for (TableColumn<?, ?> each : table.getVisibleLeafColumns()) {
                widths.add(Math.round(each.getWidth()));
            }
        });
        return widths;
    }

    private static int visible(TableView<?> table) {
        return table.getVisibleLeafColumns().size();
    }

    /** The screen of administrators as a user sees it. */
    private static final class DevicesPage extends Page {
        DevicesPage(FxRobot robot) {
            super(robot);
        }

        void invite(String name) {
            click("devices.invite");
            type("devices.invite.name", name);
            click("devices.invite.form.submit");
        }

        String code() {
            return find("devices.reveal.secret", TextArea.class).getText();
        }

        void storedAndClose() {
            click("devices.reveal.stored");
            click("devices.reveal.close");
        }

        void revoke(int row, String name) {
            select("devices.table", row);
            click("devices.revoke");
            type("devices.revoke.confirm.name", name);
            click("devices.revoke.confirm.confirm");
        }
    }
}
