package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProviderHealth.Condition;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.PolicySamples;
import com.neuralrouter.desktop.support.RouteSamples;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.Studio;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.stage.Stage;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Renders what the list screens look like beyond their lists: details, forms, confirmations, and
 * the first day. Part of the documentation's pictures, as {@link ScreenshotsTest}.
 */
@ExtendWith(ApplicationExtension.class)
class ScreenDialogsTest {
    private final Studio studio = new Studio(Screens.all());

    @Start
    void start(Stage stage) {
        studio.on(stage);
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersDetailsOfEachList(ThemeChoice look, FxRobot robot) {
        var page = new Page(robot);
        for (Destination destination :
                List.of(
                        Destination.API_KEYS,
                        Destination.CREDENTIALS,
                        Destination.REQUESTS,
                        Destination.AUDIT,
                        Destination.ROUTES,
                        Destination.HEALTH,
                        Destination.INCIDENTS,
                        Destination.USAGE,
                        Destination.LIMITS,
                        Destination.POLICIES,
                        Destination.APPROVALS,
                        Destination.ACCESS,
                        Destination.HOLDS,
                        Destination.DEVICES)) {
            studio.show(robot, look, Samples.site(), destination);
            studio.take(robot, destination.id() + Studio.suffix(look));
            page.select(destination.id() + ".table", 0);
            assertThat(studio.take(robot, destination.id() + "-detail" + Studio.suffix(look)))
                    .isGreaterThan(20_000);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersFormsAndConfirmations(ThemeChoice look, FxRobot robot) {
        var page = new Page(robot);
        studio.show(robot, look, Samples.site(), Destination.API_KEYS);
        page.click("apikeys.create");
        page.type("apikeys.create.name", "claims-nightly");
        studio.take(robot, "apikeys-create" + Studio.suffix(look));
        page.click("apikeys.create.form.submit");
        studio.take(robot, "apikeys-reveal" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.API_KEYS);
        page.select("apikeys.table", 0);
        page.click("apikeys.revoke");
        studio.take(robot, "apikeys-revoke" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.CREDENTIALS);
        page.select("credentials.table", 0);
        page.click("credentials.replace");
        studio.take(robot, "credentials-replace" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.DEVICES);
        page.click("devices.invite");
        page.type("devices.invite.name", "Mei Chen, laptop");
        studio.take(robot, "devices-invite" + Studio.suffix(look));
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersWhatOneDoesAboutProvidersAndTheTrail(ThemeChoice look, FxRobot robot) {
        var page = new Page(robot);
        var site = Samples.site();
        var window = studio.show(robot, look, site, Destination.REQUESTS);
        window.log.add(site.requests.getLast(), "k".repeat(43));
        page.select("requests.table", 0);
        page.click("requests.explain");
        studio.take(robot, "requests-why" + Studio.suffix(look));
        studio.takeAt125(robot, "requests-why-125" + Studio.suffix(look));
        page.click("requests.explanation.close");
        page.click("requests.receipt");
        studio.take(robot, "requests-receipt" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.HEALTH);
        page.select("health.table", 2);
        page.click("health.suspend");
        studio.take(robot, "health-suspend" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.INCIDENTS);
        page.select("incidents.table", 0);
        page.click("incidents.close");
        studio.take(robot, "incidents-close" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.ACCESS);
        page.click("access.confirm");
        studio.take(robot, "access-confirm" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.HOLDS);
        page.click("holds.place");
        page.type("holds.place.since", "23.11.");
        studio.take(robot, "holds-place" + Studio.suffix(look));
        studio.takeAt125(robot, "holds-place-125" + Studio.suffix(look));
        studio.show(robot, look, Samples.site(), Destination.HOLDS);
        page.click("holds.erase");
        assertThat(studio.take(robot, "holds-erase" + Studio.suffix(look))).isGreaterThan(20_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void rendersWhatOneDoesAboutPolicies(ThemeChoice look, FxRobot robot) {
        var page = new Page(robot);
        studio.show(robot, look, Samples.site(), Destination.POLICIES);
        page.select("policies.table", 1);
        page.click("policies.compare");
        studio.take(robot, "policies-compare" + Studio.suffix(look));
        page.click("policies.compare.close");
        page.click("policies.change");
        page.click("policies.edit.try");
        studio.take(robot, "policies-change" + Studio.suffix(look));
        studio.takeAt125(robot, "policies-change-125" + Studio.suffix(look));

        studio.show(robot, look, Samples.site(), Destination.APPROVALS);
        page.select("approvals.table", 0);
        page.click("approvals.approve");
        studio.take(robot, "approvals-approve" + Studio.suffix(look));
        studio.show(robot, look, Samples.site(), Destination.APPROVALS);
        page.click("approvals.rules");
        assertThat(studio.take(robot, "approvals-rules" + Studio.suffix(look)))
                .isGreaterThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void rendersProvidersInEveryConditionAndOnesOwnProposal(String language, FxRobot robot) {
        var page = new Page(robot);
        var site = Samples.site();
        site.health.add(
                RouteSamples.inService(121, "mail-summary", Condition.DOWN, Duration.ofHours(1)));
        site.health.add(RouteSamples.inService(122, "embeddings", Condition.DEGRADED, null));
        site.health.add(RouteSamples.inService(123, "spare", Condition.UNKNOWN, null));
        site.policies.approvals.add(PolicySamples.by("Ana Ruiz"));
        var locale = Locale.of(language);
        studio.show(robot, ThemeChoice.LIGHT, locale, site, Destination.HEALTH);
        page.select("health.table", 1);
        studio.take(robot, "health-down-" + language);

        studio.show(robot, ThemeChoice.LIGHT, locale, site, Destination.APPROVALS);
        page.select("approvals.table", 0);
        assertThat(studio.takeAt125(robot, "approvals-own-" + language)).isGreaterThan(20_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT"})
    void rendersTheFirstDayAndGerman(ThemeChoice look, FxRobot robot) {
        for (Destination destination : Screens.all().keySet()) {
            studio.show(robot, look, Locale.GERMAN, Samples.site(), destination);
            studio.take(robot, destination.id() + "-german" + Studio.suffix(look));
            studio.show(robot, look, new FakeAdminClient(), destination);
            assertThat(studio.take(robot, destination.id() + "-empty" + Studio.suffix(look)))
                    .isGreaterThan(20_000);
        }
    }
}
