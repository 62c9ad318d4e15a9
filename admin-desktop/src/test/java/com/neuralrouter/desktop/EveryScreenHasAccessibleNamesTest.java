package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.enrol.EnrolView;
import com.neuralrouter.desktop.enrol.EnrolViewModel;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeEnroller;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Walks every screen as a screen reader would: whatever can be used says what it is, and has an id
 * that help and tests can name. Plugs the hole that an icon alone says nothing to who can't see it.
 */
@ExtendWith(ApplicationExtension.class)
class EveryScreenHasAccessibleNamesTest {
    /** Smaller is hard to hit (desktop.md 4.4); the small buttons of banners are 28 high. */
    private static final double SMALLEST = 28;

    private @Nullable Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
    }

    @Test
    void onEveryScreen(FxRobot robot) {
        var found = new ArrayList<String>();
        for (Destination destination : Screens.all().keySet()) {
            robot.interact(() -> window().showShell(Screens.all(), destination));
            WaitForAsyncUtils.waitForFxEvents();
            robot.interact(() -> inspect(destination.id(), root(), found));
        }

        assertThat(found).isEmpty();
    }

    @Test
    void atEnrolment(FxRobot robot) {
        var found = new ArrayList<String>();
        robot.interact(() -> {
            var window = window();
            var model =
                    new EnrolViewModel(new FakeEnroller(), Direct.tasks(), Samples.CLOCK, _ -> {});
            window.show(new EnrolView(model, window.session.view(), "").node());
            model.refresh();
        });
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> inspect("enrol", root(), found));

        assertThat(found).isEmpty();
    }

    private TestWindow window() {
        return TestWindow.of(
                Objects.requireNonNull(stage),
                Samples.site(),
                Direct.tasks(),
                Locale.ENGLISH,
                ThemeChoice.LIGHT);
    }

    private Parent root() {
        return Objects.requireNonNull(stage).getScene().getRoot();
    }

    private static void inspect(String screen, Node node, List<String> found) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Control control && ours(control)) {
            if (blank(control.getId())) {
                found.add(screen + ": no id: " + control);
            }
            if (blank(name(control))) {
                found.add(screen + ": no name: " + control);
            }
            if (control instanceof Button button
                    && Math.min(button.getHeight(), button.getWidth()) < SMALLEST) {
                found.add(screen + ": too small: " + button);
            }
        }
        // What is inside a choice is its skin's, and speaks for itself when it opens.
        if (node instanceof Parent parent && !(node instanceof ComboBoxBase)) {
            parent.getChildrenUnmodifiable().forEach(child -> inspect(screen, child, found));
        }
    }

    /** What a user acts on; a skin's own parts belong to the control around them. */
    private static boolean ours(Control control) {
        return control instanceof ButtonBase
                || control instanceof TextInputControl
                || control instanceof ComboBoxBase
                || control instanceof TableView
                || control instanceof ListView;
    }

    private static String name(Control control) {
        if (!blank(control.getAccessibleText())) {
            return control.getAccessibleText();
        }
        return control instanceof ButtonBase button && button.getText() != null
                ? button.getText()
                : "";
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
