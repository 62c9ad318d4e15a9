package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestWindow;

import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ApiKeysJourneyTest {
    private final FakeAdminClient site = Samples.site();
    private final Journey journey = new Journey(site, Screens.all());

    @Start
    void start(Stage stage) {
        journey.on(stage);
    }

    @Test
    void createsAKeyShowsItOnceAndRevokesIt(FxRobot robot) {
        var window = open(robot);
        var page = new ApiKeysPage(robot);

        page.create("claims-nightly");
        var secret = page.secret();
        page.copySecret();

        assertThat(secret).startsWith("nr_");
        assertThat(window.clip.text()).isEqualTo(secret);
        assertThat(page.mayCloseReveal()).isFalse();

        page.storedAndClose();
        page.hasRows("apikeys.table", 5);
        page.revokeFirst("claims-nightly");

        page.await(() -> site.apiKeys.getLast().state() == ApiKey.State.REVOKED);
        page.await(() -> !page.shows("apikeys.revoke.confirm"));
        assertThat(page.shows("apikeys.revoke")).isFalse();
    }

    @Test
    void isDoneByKeyboardAlone(FxRobot robot) {
        open(robot);
        var page = new ApiKeysPage(robot);

        robot.push(KeyCode.SHORTCUT, KeyCode.N);
        page.await(() -> page.shows("apikeys.create.form"));
        robot.write("by-keyboard").push(KeyCode.ENTER);
        page.await(() -> page.shows("apikeys.reveal"));

        assertThat(site.apiKeys.getLast().name()).isEqualTo("by-keyboard");
    }

    @Test
    void greysOutWhatTheRoleDoesNotAllow(FxRobot robot) {
        site.as(Role.MEMBER);
        open(robot);
        var page = new ApiKeysPage(robot);

        page.select("apikeys.table", 0);

        assertThat(page.find("apikeys.create", Button.class).isDisabled()).isTrue();
        assertThat(page.find("apikeys.revoke", Button.class).isDisabled()).isTrue();
    }

    private TestWindow open(FxRobot robot) {
        var window = journey.open(robot, Destination.API_KEYS);
        new ApiKeysPage(robot).hasRows("apikeys.table", 4);
        return window;
    }

    /** The screen as a user sees it. */
    private static final class ApiKeysPage extends Page {
        ApiKeysPage(FxRobot robot) {
            super(robot);
        }

        void create(String name) {
            click("apikeys.create");
            type("apikeys.create.name", name);
            click("apikeys.create.form.submit");
        }

        String secret() {
            return find("apikeys.reveal.secret", TextArea.class).getText();
        }

        void copySecret() {
            click("apikeys.reveal.copy");
        }

        boolean mayCloseReveal() {
            return !find("apikeys.reveal.close", Button.class).isDisabled();
        }

        void storedAndClose() {
            click("apikeys.reveal.stored");
            click("apikeys.reveal.close");
        }

        void revokeFirst(String name) {
            select("apikeys.table", 0);
            click("apikeys.revoke");
            type("apikeys.revoke.confirm.name", name);
            click("apikeys.revoke.confirm.confirm");
        }
    }
}
