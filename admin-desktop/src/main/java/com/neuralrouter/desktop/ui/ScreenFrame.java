package com.neuralrouter.desktop.ui;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What all screens share: a title with a sentence under it, actions at the right, and a body. */
public final class ScreenFrame extends BorderPane {
    private final HBox actions = new HBox(8);
    private final VBox head;

    public ScreenFrame(String id, String title, String subtitle) {
        setId(id);
        getStyleClass().add("screen");
        var name = Texts.title(title);
        name.setId(id + ".title");
        var words = new VBox(4, name, Texts.muted(subtitle));
        HBox.setHgrow(words, Priority.ALWAYS);
        actions.setAlignment(Pos.CENTER_RIGHT);
        actions.setMinWidth(USE_PREF_SIZE);
        var line = new HBox(24, words, actions);
        line.setAlignment(Pos.CENTER_LEFT);
        head = new VBox(16, line);
        head.getStyleClass().add("screen-head");
        setTop(head);
    }

    /** Buttons at the right of the title, the most important one last. */
    public ScreenFrame actions(Node... nodes) {
        actions.getChildren().addAll(nodes);
        return this;
    }

    /** A row between title and body, as of filters. */
    public ScreenFrame tools(Node node) {
        head.getChildren().add(node);
        return this;
    }

    public ScreenFrame body(Node node) {
        setCenter(node);
        return this;
    }
}
