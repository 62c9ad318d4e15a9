package com.neuralrouter.desktop.ui;

import atlantafx.base.theme.Styles;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** One question of a form: its label, the control, a hint, and what is wrong with the answer. */
public final class FormField extends VBox {
    private final Label error = Texts.body("");
    private final Label hint;
    private final Node control;

    /**
     * A question with an answer control, which the label names for screen readers.
     *
     * @param hint says what is wanted, in one sentence; may be empty
     */
    public FormField(String label, String hint, Node control) {
        this.control = control;
        this.hint = Texts.muted(hint);
        this.hint.getStyleClass().add("form-hint");
        getStyleClass().add("form-field");
        var name = new Label(label);
        name.getStyleClass().add("form-label");
        name.setLabelFor(control);
        control.setAccessibleText(label);
        control.setAccessibleHelp(hint);
        if (control instanceof TextArea area) {
            area.addEventFilter(KeyEvent.KEY_PRESSED, FormField::leave);
        }
        var head = new HBox(6, name);
        head.setAlignment(Pos.BASELINE_LEFT);
        error.getStyleClass().add("form-error");
        error.setId(control.getId() + ".error");
        getChildren().addAll(head, control, this.hint, error);
        clear();
    }

    /** Tab leads on from a large field as from every other: whoever has no mouse must get out. */
    private static void leave(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB && event.getSource() instanceof TextArea area) {
            area.requestFocusTraversal(
                    event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
            event.consume();
        }
    }

    /** Marks the question as one that may be left open. */
    public FormField optional(ViewContext context) {
        var mark = Texts.caption(context.text("ui.optional"));
        ((HBox) getChildren().getFirst()).getChildren().add(mark);
        return this;
    }

    /** Shows what is wrong with the answer, in place of the hint. */
    public void error(String text) {
        error.setText(text);
        show(error, !text.isEmpty());
        show(hint, text.isEmpty() && !hint.getText().isEmpty());
        control.pseudoClassStateChanged(Styles.STATE_DANGER, !text.isEmpty());
        control.setAccessibleHelp(text.isEmpty() ? hint.getText() : text);
    }

    /** Shows the hint again. */
    public void clear() {
        error("");
    }

    private static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}
