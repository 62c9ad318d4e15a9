package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.GovernanceSamples;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;

import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What auditors do: review who has access, hold what must not go, erase what must. */
@ExtendWith(ApplicationExtension.class)
class GovernanceJourneyTest {
    private final FakeAdminClient site = Samples.site();
    private final Journey journey = new Journey(site, Screens.all());

    @Start
    void start(Stage stage) {
        journey.on(stage);
    }

    @Test
    void reviewsWhoHasAccessWithTheKeyboardAlone(FxRobot robot) {
        journey.open(robot, Destination.ACCESS);
        var page = new Page(robot);
        page.hasRows("access.table", 6);
        page.select("access.table", 0);

        robot.push(KeyCode.SHORTCUT, KeyCode.N);
        page.await(() -> page.shows("access.confirm.form"));
        robot.write("Q4, with Grace").push(KeyCode.ENTER);

        page.await(() -> site.governance.confirmed != null);
        page.await(() -> !page.shows("access.confirm.form"));
        assertThat(site.governance.confirmed.note()).isEqualTo("Q4, with Grace");
    }

    @Test
    void saysThatTheListHasChangedMeanwhile(FxRobot robot) {
        journey.open(robot, Destination.ACCESS);
        var page = new Page(robot);
        page.hasRows("access.table", 6);
        page.click("access.confirm");
        site.governance.access = GovernanceSamples.access("c3d4", true);

        page.click("access.confirm.form.submit");

        page.await(() -> page.shows("access.confirm.form.problem"));
        assertThat(site.governance.confirmed).isNull();
        robot.push(KeyCode.ESCAPE);
        page.click("access.confirm");
        page.click("access.confirm.form.submit");
        page.await(() -> site.governance.confirmed != null);
    }

    @Test
    void showsWhyToLookAtOneAndGoesWhereItIsTakenAway(FxRobot robot) {
        var window = journey.open(robot, Destination.ACCESS);
        var page = new Page(robot);
        page.hasRows("access.table", 6);

        page.select("access.table", 1);
        assertThat(page.text("access.detail.title")).isEqualTo("reporting-2024");
        page.click("access.open");

        assertThat(window.session.navigator().current().get()).isEqualTo(Destination.API_KEYS);
    }

    @Test
    void placesAHoldAndLiftsIt(FxRobot robot) {
        site.governance.holds.clear();
        journey.open(robot, Destination.HOLDS);
        var page = new Page(robot);

        page.click("holds.empty.place");
        page.type("holds.place.name", "case 7");
        page.type("holds.place.since", "2026-13-01");
        assertThat(page.find("holds.place.form.submit", Button.class).isDisabled()).isTrue();
        page.type("holds.place.since", "2026-11-01");
        page.click("holds.place.form.submit");
        page.hasRows("holds.table", 1);

        page.select("holds.table", 0);
        page.click("holds.lift");
        page.type("holds.lift.confirm.name", "case 7");
        page.click("holds.lift.confirm.confirm");
        page.await(() ->
                site.governance.holds.stream()
                        .map(LegalHold::liftedAt)
                        .allMatch(Samples.NOW::equals));
    }

    @Test
    void erasesOnlyWhatWasTypedTwice(FxRobot robot) {
        journey.open(robot, Destination.HOLDS);
        var page = new Page(robot);
        page.hasRows("holds.table", 2);

        page.click("holds.erase");
        page.type("holds.erase.text", "Ada");
        page.type("holds.erase.again", "Ad");
        assertThat(page.find("holds.erase.form.submit", Button.class).isDisabled()).isTrue();
        page.type("holds.erase.again", "Ada");
        page.click("holds.erase.form.submit");

        page.await(() -> site.governance.erasure != null);
        page.await(() -> !page.shows("holds.erase.form"));
        assertThat(site.governance.erasure.text()).isEqualTo("Ada");
    }

    @Test
    void greysOutWhatARoleThatOnlyReadsMayNotDo(FxRobot robot) {
        site.as(Role.MEMBER);
        journey.open(robot, Destination.HOLDS);
        var page = new Page(robot);
        page.hasRows("holds.table", 2);

        assertThat(page.find("holds.place", Button.class).isDisabled()).isTrue();
        assertThat(page.find("holds.erase", Button.class).isDisabled()).isTrue();
    }
}
