package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Preferences.Language;
import com.neuralrouter.desktop.support.Journey;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.Objects;

/** What a user sets for this desktop, with the keyboard alone, and what it says of itself. */
@ExtendWith(ApplicationExtension.class)
class SettingsJourneyTest {
    private final Journey journey = new Journey(Samples.site(), Screens.all());
    private @Nullable Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        journey.on(given);
    }

    @Test
    void isReachedByItsKeysAndByThePalette(FxRobot robot) {
        var window = journey.open(robot, Destination.OVERVIEW);
        var page = new Page(robot);
        page.await(() -> !page.find("go.settings", Node.class).isDisabled());

        robot.push(KeyCode.SHORTCUT, KeyCode.COMMA);
        page.await(() -> page.shows("settings.title"));

        robot.push(KeyCode.ALT, KeyCode.LEFT);
        page.await(() -> page.shows("overview.title"));
        robot.push(KeyCode.SHORTCUT, KeyCode.K);
        page.await(() -> page.shows("palette.search"));
        robot.write("Settings").push(KeyCode.ENTER);
        page.await(() -> page.shows("settings.title"));
        assertThat(window.session.navigator().current().get()).isEqualTo(Destination.SETTINGS);
    }

    @Test
    void setsTheThemeInAgreementWithTheHeader(FxRobot robot) {
        var window = open(robot);
        var themes = window.session.preferences().themes();
        var page = new Page(robot);

        choose(robot, page, "settings.theme", KeyCode.DOWN);
        assertThat(themes.choice().get()).isEqualTo(ThemeChoice.DARK);

        page.click("shell.theme");
        assertThat(page.find("settings.theme", ComboBox.class).getValue())
                .isEqualTo(ThemeChoice.LIGHT);
    }

    @Test
    void growsAsFarAsTheWindowHasRoom(FxRobot robot) {
        var window = open(robot);
        var page = new Page(robot);
        double before = width(page);

        choose(robot, page, "settings.size", KeyCode.DOWN);
        page.await(() -> width(page) > before * 1.09);
        assertThat(window.session.preferences().themes().textSize().get()).isEqualTo(110);
        assertThat(width(page)).isCloseTo(before * 1.1, within(1.0));

        choose(robot, page, "settings.size", KeyCode.END);
        resize(robot, 1024, 640);
        page.await(() -> width(page) < before * 1.09);
        assertThat(width(page)).isGreaterThanOrEqualTo(before);
        resize(robot, 1280, 800);

        choose(robot, page, "settings.size", KeyCode.HOME);
        page.await(() -> width(page) < before);
        assertThat(width(page)).isCloseTo(before * 0.9, within(1.0));
    }

    @Test
    void choosesALanguage(FxRobot robot) {
        var window = open(robot);

        choose(robot, new Page(robot), "settings.language", KeyCode.END);

        assertThat(window.session.preferences().language().get()).isEqualTo(Language.GERMAN);
    }

    @Test
    void saysWithWhatItIdentifiesItself(FxRobot robot) {
        var window = open(robot);
        var page = new Page(robot);

        page.await(() -> page.text("settings.you").contains("Ana Ruiz"));
        assertThat(page.text("settings.subject")).isEqualTo("CN=Ana Ruiz,O=hq-appliance");
        page.click("settings.fingerprint.copy");
        assertThat(window.clip.text()).isEqualTo("5ca1ab1e".repeat(8));
        page.click("settings.about.copy");
        assertThat(window.clip.text())
                .contains("Desktop: development")
                .contains("Appliance: hq-appliance, version 0.1.0")
                .contains("Java: " + Runtime.version());
    }

    private TestWindow open(FxRobot robot) {
        var window = journey.open(robot, Destination.SETTINGS);
        new Page(robot).await(() -> window.session.connection().status().known().isPresent());
        return window;
    }

    private static void choose(FxRobot robot, Page page, String id, KeyCode key) {
        var choice = page.find(id, ComboBox.class);
        robot.interact(choice::requestFocus);
        robot.push(KeyCode.F4);
        page.await(choice::isShowing);
        robot.push(key).push(KeyCode.ENTER);
        page.await(() -> !choice.isShowing());
    }

    /** Of a control that is always as wide, as it is seen. */
    private static double width(Page page) {
        var box = page.find("shell.palette", Node.class);
        return box.localToScene(box.getLayoutBounds()).getWidth();
    }

    private void resize(FxRobot robot, double width, double height) {
        robot.interact(() -> {
            Objects.requireNonNull(stage).setWidth(width);
            Objects.requireNonNull(stage).setHeight(height);
        });
    }
}
