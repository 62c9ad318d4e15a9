package com.neuralrouter.desktop.ui;

import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The layer over the window in which dialogs appear. Dialogs may be stacked; the focus stays inside
 * the uppermost, Esc cancels it, and when it is gone the focus returns to where it was.
 */
public final class DialogLayer {
    private static final Insets MARGIN = new Insets(16);

    private final StackPane node = new StackPane();
    private final Deque<Open> open = new ArrayDeque<>();
    private final ChangeListener<@Nullable Node> keepFocus = (_, _, owner) -> keepFocus(owner);

    private record Open(DialogCard card, StackPane scrim, Optional<Node> focusBefore) {}

    public DialogLayer() {
        node.setVisible(false);
        node.setPickOnBounds(false);
        node.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        node.sceneProperty()
                .addListener((_, before, scene) -> {
                    if (before != null) {
                        before.focusOwnerProperty().removeListener(keepFocus);
                    }
                    if (scene != null) {
                        scene.focusOwnerProperty().addListener(keepFocus);
                    }
                });
    }

    /** The layer; above everything but the toasts. */
    public StackPane node() {
        return node;
    }

    /** Whether a dialog is open. */
    public boolean isOpen() {
        return !open.isEmpty();
    }

    /** Opens it over whatever is open. */
    public void show(DialogCard card) {
        var scene = node.getScene();
        var before = scene == null ? null : scene.getFocusOwner();
        var shade = new Region();
        shade.getStyleClass().add("scrim-shade");
        var scrim = new StackPane(shade, card.node());
        StackPane.setMargin(card.node(), MARGIN);
        open.push(new Open(card, scrim, Optional.ofNullable(before)));
        node.getChildren().add(scrim);
        node.setVisible(true);
        // What scrolls has its content only when it has its skin; keys pressed now are the
        // dialog's.
        scrim.applyCss();
        scrim.layout();
        card.firstFocus().requestFocus();
        // A node that was just added may not take the focus before the next layout.
        Platform.runLater(() -> {
            if (isTop(card) && !owns(card, scene == null ? null : scene.getFocusOwner())) {
                card.firstFocus().requestFocus();
            }
        });
    }

    /** Closes that dialog, and whatever is above it. */
    public void close(DialogCard card) {
        if (open.stream().noneMatch(each -> each.card() == card)) {
            return;
        }
        var top = open.pop();
        node.getChildren().remove(top.scrim());
        node.setVisible(!open.isEmpty());
        top.focusBefore().ifPresent(Node::requestFocus);
        if (top.card() != card) {
            close(card);
        }
    }

    /** Closes all, as when the connection is left. */
    public void closeAll() {
        while (!open.isEmpty()) {
            close(open.peek().card());
        }
    }

    private void keyPressed(KeyEvent event) {
        var top = open.peek();
        if (event.getCode() == KeyCode.ESCAPE && top != null && top.card().cancellable()) {
            event.consume();
            top.card().cancelled();
            close(top.card());
        }
    }

    private boolean isTop(DialogCard card) {
        var top = open.peek();
        return top != null && top.card() == card;
    }

    private static boolean owns(DialogCard card, @Nullable Node owner) {
        for (Node each = owner; each != null; each = each.getParent()) {
            if (each == card.node()) {
                return true;
            }
        }
        return false;
    }

    private void keepFocus(@Nullable Node owner) {
        var top = open.peek();
        if (top != null && owner != null && !owns(top.card(), owner)) {
            top.card().firstFocus().requestFocus();
        }
    }
}
