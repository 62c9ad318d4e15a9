package com.neuralrouter.desktop.ui;

import atlantafx.base.theme.Styles;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2MZ;

import java.util.Arrays;

/**
 * Takes a secret: dots while it is typed, shown only while asked for, and never copied out.
 *
 * <p>JavaFX keeps what is typed as a String that can't be wiped; {@link #take} therefore empties
 * the field at once and hands out characters that the caller wipes.
 */
public final class SecretField extends HBox {
    private final PasswordField hidden = new PasswordField();
    private final TextField shown = new TextField();

    /** The id is the hidden field's: the one that a test types into. */
    public SecretField(String id, ViewContext context) {
        setId(id + ".field");
        hidden.setId(id);
        shown.setId(id + ".shown");
        shown.textProperty().bindBidirectional(hidden.textProperty());
        var show = new ToggleButton(null, new FontIcon(Material2MZ.VISIBILITY));
        show.setId(id + ".show");
        show.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        name(show, context.text("ui.secret.show"));
        show.selectedProperty()
                .addListener((_, _, on) ->
                        name(show, context.text(on ? "ui.secret.hide" : "ui.secret.show")));
        shown.visibleProperty().bind(show.selectedProperty());
        shown.managedProperty().bind(show.selectedProperty());
        hidden.visibleProperty().bind(show.selectedProperty().not());
        var fields = new StackPane(hidden, shown);
        HBox.setHgrow(fields, Priority.ALWAYS);
        setSpacing(4);
        accessibleTextProperty().addListener((_, _, text) -> describe(text));
        getChildren().addAll(fields, show);
    }

    /** Whether nothing has been typed. */
    public BooleanBinding empty() {
        return hidden.textProperty().isEmpty();
    }

    /** What was typed; the field is empty afterwards. The caller wipes the array. */
    public char[] take() {
        var typed = hidden.getText().toCharArray();
        hidden.clear();
        return typed;
    }

    /** Wipes what {@link #take} gave. */
    public static void wipe(char[] secret) {
        Arrays.fill(secret, '\0');
    }

    /** Where typing goes. */
    public Node input() {
        return hidden;
    }

    private void describe(String text) {
        hidden.setAccessibleText(text);
        shown.setAccessibleText(text);
    }

    private static void name(ToggleButton button, String text) {
        button.setAccessibleText(text);
        button.setTooltip(new Tooltip(text));
    }
}
