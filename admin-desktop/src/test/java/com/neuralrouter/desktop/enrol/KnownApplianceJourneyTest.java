package com.neuralrouter.desktop.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.FakeEnroller;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody comes back to an appliance that this device knows. */
@ExtendWith(ApplicationExtension.class)
class KnownApplianceJourneyTest {
    private static final String KNOWN = "enrol.profile.hq.bank.example";

    private final List<Profile> connected = new CopyOnWriteArrayList<>();

    @Start
    void start(Stage stage) {
        var window =
                TestWindow.of(
                        stage,
                        new FakeAdminClient(),
                        Direct.tasks(),
                        Locale.ENGLISH,
                        ThemeChoice.LIGHT);
        var model =
                new EnrolViewModel(
                        new FakeEnroller(), Direct.tasks(), Samples.CLOCK, connected::add);
        window.show(new EnrolView(model, window.session.view(), "").node());
        model.refresh();
    }

    @Test
    void isConnectedByEnterAlone(FxRobot robot) {
        var page = new Page(robot);
        assertThat(page.find(KNOWN + ".connect", Button.class).isFocused()).isTrue();

        robot.push(KeyCode.ENTER);

        page.await(() -> connected.size() == 1);
    }

    @Test
    void forgetsNothingForWhoPressesEnterWithoutReading(FxRobot robot) {
        var page = new Page(robot);
        page.click(KNOWN + ".forget");
        page.await(() -> page.shows("enrol.forget"));

        robot.push(KeyCode.ENTER);

        page.await(() -> !page.shows("enrol.forget"));
        assertThat(page.shows(KNOWN + ".connect")).isTrue();
    }
}
