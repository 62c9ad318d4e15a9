package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;

import javafx.scene.control.ComboBox;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.List;

/** What one does about usage, cost, limits and budgets. */
@ExtendWith(ApplicationExtension.class)
class UsageJourneyTest {
    private static final String FROM = "usage.table.begins";

    private final FakeAdminClient site = Samples.site();
    private final Journey journey = new Journey(site, Screens.all());

    @Start
    void start(Stage stage) {
        journey.on(stage);
    }

    @Test
    void tellsApartByProviderAndExports(FxRobot robot) {
        var window = journey.open(robot, Destination.USAGE);
        var page = new Page(robot);
        page.hasRows("usage.table", 3);

        var by = page.find("usage.by", ComboBox.class);
        robot.interact(by::requestFocus);
        robot.push(KeyCode.DOWN).push(KeyCode.DOWN).push(KeyCode.DOWN);
        page.await(() ->
                site.usage.asked != null
                        && List.of(Dimension.PROVIDER).equals(site.usage.asked.by()));
        page.click("usage.export");

        page.await(
                () -> window.folder.toFile().list((_, name) -> name.endsWith(".csv")).length == 1);
        assertThat(site.calls).contains("exportUsage");
    }

    @Test
    void saysFromWhenOnlyWhereThereIsMoreThanOneSum(FxRobot robot) {
        journey.open(robot, Destination.USAGE);
        var page = new Page(robot);
        page.hasRows("usage.table", 3);
        assertThat(columns(page)).contains("usage.table.what").doesNotContain(FROM);

        robot.interact(
                () -> page.find("usage.period", ComboBox.class).getSelectionModel().select(1));

        page.await(() -> columns(page).contains(FROM));
    }

    private static List<String> columns(Page page) {
        return ((TableView<?>) page.find("usage.table", TableView.class))
                .getVisibleLeafColumns().stream().map(TableColumn::getId).toList();
    }

    @Test
    void showsTheFullestLimitFirst(FxRobot robot) {
        journey.open(robot, Destination.LIMITS);
        var page = new Page(robot);
        page.hasRows("limits.table", 6);

        page.select("limits.table", 0);

        assertThat(page.text("limits.detail.title")).isEqualTo("Requests per minute");
    }

    @Test
    void teachesHowLimitsComeAbout(FxRobot robot) {
        site.usage.limits.clear();
        site.usage.budgets.clear();
        var window = journey.open(robot, Destination.LIMITS);
        var page = new Page(robot);

        page.click("limits.empty.copy");

        assertThat(window.clip.text()).isEqualTo("neural-router apply -f site.yaml");
    }
}
