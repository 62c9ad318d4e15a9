package com.neuralrouter.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.enrol.EnrolView;
import com.neuralrouter.desktop.enrol.EnrolViewModel;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeEnroller;
import com.neuralrouter.desktop.support.Page;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.Studio;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.text.Text;
import javafx.stage.Stage;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Looks at every screen, in each language, in the usual window and the smallest, with a row
 * selected and without: no word ends in dots, and no state is cut at the end of its column. Plugs
 * the hole that a longer word in another language is seen by its readers only.
 */
@ExtendWith(ApplicationExtension.class)
class NothingIsCutOffTest {
    private static final double HAIR = 1;

    private final Studio studio = new Studio(Screens.all());

    @Start
    void start(Stage stage) {
        studio.on(stage);
    }

    @ParameterizedTest
    @CsvSource({"en,1280,800", "de,1280,800", "en,1024,640", "de,1024,640"})
    void onEveryScreen(String language, double width, double height, FxRobot robot) {
        var page = new Page(robot);
        var found = new ArrayList<String>();
        for (Destination destination : Screens.all().keySet()) {
            var window =
                    studio.show(
                            robot,
                            ThemeChoice.LIGHT,
                            Locale.of(language),
                            Samples.site(),
                            destination);
            studio.resize(robot, width, height);
            look(robot, destination.id(), window.scene().getRoot(), found);
            var table = destination.id() + ".table";
            if (page.shows(table)) {
                page.select(table, 0);
                look(robot, destination.id() + " with details", window.scene().getRoot(), found);
            }
        }
        studio.resize(robot, 1280, 800);

        assertThat(found).isEmpty();
    }

    /** As much room as the smallest window has on a display of 125 %, beside the details. */
    @ParameterizedTest
    @CsvSource({
        "en,APPROVALS,state subject",
        "de,APPROVALS,state subject",
        "en,AUDIT,time action outcome",
        "de,AUDIT,time action outcome"
    })
    void keepsBesideTheDetailsWhatAListIsReadBy(
            String language, Destination destination, String columns, FxRobot robot) {
        var page = new Page(robot);
        var found = new ArrayList<String>();
        var window =
                studio.show(
                        robot, ThemeChoice.LIGHT, Locale.of(language), Samples.site(), destination);
        studio.resize(robot, 1024, 640);
        var id = destination.id() + ".table";
        page.select(id, 0);
        look(robot, destination.id() + " with details", window.scene().getRoot(), found);
        var shown =
                ((TableView<?>) page.find(id, TableView.class))
                        .getVisibleLeafColumns().stream().map(TableColumn::getId).toList();
        var wanted = Stream.of(columns.split(" ")).map(column -> id + "." + column).toList();
        studio.resize(robot, 1280, 800);

        assertThat(shown).containsExactlyElementsOf(wanted);
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"en,1280,800", "de,1280,800", "en,1024,640", "de,1024,640"})
    void onTheWayIn(String language, double width, double height, FxRobot robot) {
        var found = new ArrayList<String>();
        var window = studio.empty(robot, ThemeChoice.LIGHT, Locale.of(language), Samples.site());
        studio.resize(robot, width, height);
        robot.interact(() -> {
            var model =
                    new EnrolViewModel(new FakeEnroller(), Direct.tasks(), Samples.CLOCK, _ -> {});
            window.show(new EnrolView(model, window.session.view(), "").node());
            model.refresh();
        });
        look(robot, "enrolment", window.scene().getRoot(), found);
        studio.resize(robot, 1280, 800);

        assertThat(found).isEmpty();
    }

    private static void look(FxRobot robot, String where, Parent root, List<String> found) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> {
            root.applyCss();
            root.layout();
            inspect(where, root, found);
        });
    }

    private static void inspect(String where, Node node, List<String> found) {
        if (!node.isVisible() || mayEndInDots(node)) {
            return;
        }
        if (node instanceof Labeled labeled && isCut(labeled)) {
            found.add(where + ": " + labeled.getText());
        }
        if (node instanceof TextField field && isPromptCut(field)) {
            found.add(where + ": " + field.getPromptText());
        }
        if (node instanceof TableCell<?, ?> cell && sticksOut(cell)) {
            found.add(where + ": cut in its column: " + cell.getAccessibleText());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> inspect(where, child, found));
        }
    }

    /**
     * Descriptions and the like, which are as long as their authors liked; the details have them.
     */
    private static boolean mayEndInDots(Node node) {
        return node.getStyleClass().contains("cell-muted");
    }

    private static boolean isCut(Labeled labeled) {
        var text = labeled.getText();
        return text != null
                && !text.isEmpty()
                && labeled.getChildrenUnmodifiable().stream()
                        .filter(Text.class::isInstance)
                        .map(Text.class::cast)
                        // Icons are texts too, in a font of their own.
                        .filter(shown -> shown.getStyleClass().contains("text"))
                        .anyMatch(shown -> !shown.getText().equals(text));
    }

    /** What a field asks for does not end in dots; it is cut at the edge. */
    private static boolean isPromptCut(TextField field) {
        var prompt = field.getPromptText();
        if (prompt == null || prompt.isEmpty() || !field.getText().isEmpty()) {
            return false;
        }
        var whole = new Text(prompt);
        whole.setFont(field.getFont());
        var insets = field.getInsets();
        double left = Math.max(insets.getLeft(), beside(field));
        return whole.getLayoutBounds().getWidth()
                > field.getWidth() - left - insets.getRight() + HAIR;
    }

    /** Where an icon in the field ends. */
    private static double beside(TextField field) {
        return field.getChildrenUnmodifiable().stream()
                .filter(each -> each.getStyleClass().contains("left-pane"))
                .mapToDouble(each -> each.getBoundsInParent().getMaxX())
                .max()
                .orElse(0);
    }

    private static boolean sticksOut(TableCell<?, ?> cell) {
        var graphic = cell.getGraphic();
        return graphic != null && graphic.getBoundsInParent().getMaxX() > cell.getWidth() + HAIR;
    }
}
