package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Approval.State;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.PolicySamples;
import com.neuralrouter.desktop.support.Samples;

import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What one does about policies: try, put in force, go back; and decide about others' changes. */
@ExtendWith(ApplicationExtension.class)
class PolicyJourneyTest {
    private final FakeAdminClient site = Samples.site();
    private final Journey journey = new Journey(site, Screens.all());

    @Start
    void start(Stage stage) {
        journey.on(stage);
    }

    @Test
    void putsInForceOnlyWhatWasTried(FxRobot robot) {
        journey.open(robot, Destination.POLICIES);
        var page = new Page(robot);
        page.hasRows("policies.table", 3);
        page.click("policies.change");
        var rules = page.find("policies.edit.rules", TextArea.class);
        robot.interact(() -> rules.setText("{\"noTraning\": true}"));
        assertThat(page.find("policies.edit.try", Button.class).isDisabled()).isTrue();

        robot.interact(() -> rules.setText("{\"noTraining\": true}"));
        assertThat(page.find("policies.edit.submit", Button.class).isDisabled()).isTrue();
        page.click("policies.edit.try");
        page.await(() -> page.shows("policies.trial.result"));
        var submit = page.find("policies.edit.submit", Button.class);
        page.await(() -> !submit.isDisabled());
        robot.interact(submit::fire);

        page.hasRows("policies.table", 4);
        page.await(() -> !page.shows("policies.edit"));
    }

    @Test
    void comparesAnOlderVersionAndGoesBackToIt(FxRobot robot) {
        journey.open(robot, Destination.POLICIES);
        var page = new Page(robot);
        page.hasRows("policies.table", 3);
        page.select("policies.table", 1);
        page.click("policies.compare");
        page.await(() -> site.calls.contains("policyDiff"));
        page.click("policies.compare.close");

        page.click("policies.restore");
        page.click("policies.edit.try");
        var submit = page.find("policies.edit.submit", Button.class);
        page.await(() -> !submit.isDisabled());
        robot.interact(submit::fire);

        page.await(() -> site.calls.contains("activatePolicy"));
        page.hasRows("policies.table", 4);
    }

    @Test
    void approvesAnotherPersonsChange(FxRobot robot) {
        journey.open(robot, Destination.APPROVALS);
        var page = new Page(robot);
        page.hasRows("approvals.table", 2);

        page.select("approvals.table", 0);
        page.click("approvals.approve");
        page.type("approvals.note", "agreed");
        page.click("approvals.decide.submit");

        page.await(() ->
                site.policies.approvals.stream().anyMatch(each -> each.state() == State.APPROVED));
        page.hasRows("approvals.table", 1);
    }

    @Test
    void offersToTakeBackOnesOwnChangeAndNotToDecideAboutIt(FxRobot robot) {
        site.policies.approvals.add(PolicySamples.by("ana  RUIZ"));
        journey.open(robot, Destination.APPROVALS);
        var page = new Page(robot);
        page.hasRows("approvals.table", 3);

        page.select("approvals.table", 1);
        page.await(() -> page.shows("approvals.approve"));
        assertThat(page.shows("approvals.reject")).isTrue();
        assertThat(page.shows("approvals.withdraw")).isFalse();
        assertThat(page.shows("approvals.own")).isFalse();

        page.select("approvals.table", 0);
        page.await(() -> page.shows("approvals.withdraw"));
        assertThat(page.shows("approvals.own")).isTrue();
        assertThat(page.shows("approvals.approve")).isFalse();
        assertThat(page.shows("approvals.reject")).isFalse();

        page.click("approvals.withdraw");
        page.click("approvals.decide.submit");
        page.await(() ->
                site.policies.approvals.stream().anyMatch(each -> each.state() == State.WITHDRAWN));
    }

    @Test
    void doesNotOfferToApproveWhatTheRoleCouldNotMake(FxRobot robot) {
        site.as(Role.ADMIN);
        journey.open(robot, Destination.APPROVALS);
        var page = new Page(robot);
        page.hasRows("approvals.table", 2);

        page.select("approvals.table", 1);
        var approve = page.find("approvals.approve", Button.class);

        assertThat(approve.isDisabled()).isTrue();
        assertThat(approve.getAccessibleHelp()).isNotBlank();
    }

    @Test
    void saysWhichChangesNeedASecondPerson(FxRobot robot) {
        journey.open(robot, Destination.APPROVALS);
        var page = new Page(robot);
        page.hasRows("approvals.table", 2);

        page.click("approvals.rules");
        page.click("approvals.rules.policy");
        page.click("approvals.rules.form.submit");

        page.await(() -> !site.policies.rules.required().isEmpty());
    }

    @Test
    void greysOutWhatARoleThatOnlyReadsMayNotDo(FxRobot robot) {
        site.as(Role.MEMBER);
        journey.open(robot, Destination.POLICIES);
        var page = new Page(robot);
        page.hasRows("policies.table", 3);

        assertThat(page.find("policies.change", Button.class).isDisabled()).isTrue();
    }
}
