package com.neuralrouter.desktop.ui;

import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * A question to the user in the middle of the window: a title, a body, and buttons at its foot.
 * Shown by {@link DialogLayer}; the ready-made ones are {@link ConfirmDialog}, {@link
 * TypedConfirmDialog}, {@link RevealOnceDialog} and {@link FormDialog}.
 */
public final class DialogCard {
    private static final double WIDTH = 500;
    private static final double WIDE = 680;
    private static final double LOWEST = 48;

    private final VBox node = new VBox();
    private final VBox body = new VBox();
    private final HBox foot = new HBox(8);
    private Node firstFocus = node;
    private Runnable onCancel = () -> {};
    private boolean cancellable = true;

    public DialogCard(String id, String title) {
        node.setId(id);
        node.getStyleClass().add("dialog-card");
        node.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        node.setPrefWidth(WIDTH);
        node.setAccessibleRole(AccessibleRole.DIALOG);
        node.setAccessibleText(title);
        body.getStyleClass().add("dialog-body");
        foot.getStyleClass().add("dialog-foot");
        foot.setAlignment(Pos.CENTER_RIGHT);
        var heading = Texts.heading(title);
        heading.getStyleClass().add("dialog-title");
        heading.setWrapText(true);
        node.getChildren().addAll(heading, new Middle(body), foot);
    }

    /** What is between title and buttons: scrolls where the window is too low for all of it. */
    private static final class Middle extends ScrollPane {
        Middle(Node content) {
            super(content);
            setFitToWidth(true);
            setHbarPolicy(ScrollBarPolicy.NEVER);
            setMinHeight(LOWEST);
            getStyleClass().add("bare-scroll");
        }

        /** As high as the lines are that its width makes of the words. */
        @Override
        public Orientation getContentBias() {
            return Orientation.HORIZONTAL;
        }
    }

    /** Makes room for a long line, as of a key. */
    public DialogCard wide() {
        node.setMaxWidth(WIDE);
        node.setPrefWidth(WIDE);
        return this;
    }

    /** Adds to the body, below what is there. */
    public DialogCard add(Node... nodes) {
        body.getChildren().addAll(nodes);
        return this;
    }

    /** Adds buttons to the foot, the default one last. */
    public DialogCard buttons(Button... buttons) {
        foot.getChildren().addAll(buttons);
        return this;
    }

    /** Adds a sign of work under way, before the buttons. */
    DialogCard wheel(Node wheel) {
        foot.getChildren().addFirst(wheel);
        return this;
    }

    /** What has the focus at first. */
    public DialogCard focus(Node first) {
        firstFocus = first;
        return this;
    }

    /** What Esc and closing from outside do besides closing. */
    public DialogCard onCancel(Runnable action) {
        onCancel = action;
        return this;
    }

    /** Only its own buttons close it. */
    public DialogCard mustBeAnswered() {
        cancellable = false;
        return this;
    }

    VBox node() {
        return node;
    }

    Node firstFocus() {
        return firstFocus;
    }

    boolean cancellable() {
        return cancellable;
    }

    void cancelled() {
        onCancel.run();
    }
}
