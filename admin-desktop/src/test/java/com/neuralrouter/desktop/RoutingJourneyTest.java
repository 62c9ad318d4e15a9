package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.ProviderHealth.Standing;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;

import javafx.scene.control.Button;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What one does on the screens of providers and incidents, and to understand a request's way. */
@ExtendWith(ApplicationExtension.class)
class RoutingJourneyTest {
    private final FakeAdminClient site = Samples.site();
    private final Journey journey = new Journey(site, Screens.all());

    @Start
    void start(Stage stage) {
        journey.on(stage);
    }

    @Test
    void suspendsAProviderAndPutsItBack(FxRobot robot) {
        journey.open(robot, Destination.HEALTH);
        var page = new Page(robot);
        page.hasRows("health.table", 3);

        page.select("health.table", 2);
        page.click("health.suspend");
        page.type("health.reason", "repair in hall A");
        page.click("health.change.submit");
        page.await(() -> standing("gpu-hall-a") == Standing.SUSPENDED);

        page.select("health.table", 0);
        page.click("health.resume");
        page.type("health.reason", "repaired");
        page.click("health.change.submit");
        page.await(() -> standing("gpu-hall-a") == Standing.IN_SERVICE);

        assertThat(site.calls).contains("suspendProvider", "resumeProvider");
    }

    @Test
    void greysOutWhatARoleThatOnlyReadsMayNotDo(FxRobot robot) {
        site.as(Role.MEMBER);
        journey.open(robot, Destination.HEALTH);
        var page = new Page(robot);
        page.hasRows("health.table", 3);

        page.select("health.table", 2);

        assertThat(page.find("health.suspend", Button.class).isDisabled()).isTrue();
    }

    @Test
    void acknowledgesAnIncidentAndClosesIt(FxRobot robot) {
        journey.open(robot, Destination.INCIDENTS);
        var page = new Page(robot);
        page.hasRows("incidents.table", 2);

        page.select("incidents.table", 0);
        page.click("incidents.acknowledge");
        page.await(() -> site.incidents.getFirst().state() == Incident.State.ACKNOWLEDGED);
        page.select("incidents.table", 0);
        page.click("incidents.close");
        page.type("incidents.close.text", "the vendor had a fault");
        page.click("incidents.close.form.submit");
        page.await(() -> site.incidents.getFirst().state() == Incident.State.CLOSED);

        assertThat(site.incidents.getFirst().timeline().getLast().text())
                .isEqualTo("the vendor had a fault");
    }

    @Test
    void tellsWhyARequestWentWhereItWent(FxRobot robot) {
        journey.open(robot, Destination.REQUESTS);
        var page = new Page(robot);
        page.hasRows("requests.table", 60);

        page.select("requests.table", 0);
        page.click("requests.explain");
        page.await(() -> page.shows("requests.explanation.result"));
        page.await(() -> site.calls.contains("explanation"));
        page.await(() -> page.shows("requests.explanation.connection.1"));

        assertThat(page.text("requests.explanation.connection.0"))
                .contains("a new connection", "TLS 4");
        assertThat(page.text("requests.explanation.connection.1")).contains("kept from before");
        page.click("requests.explanation.close");
        assertThat(page.shows("requests.explanation.result")).isFalse();
    }

    private Standing standing(String name) {
        return site.health.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .standing();
    }
}
