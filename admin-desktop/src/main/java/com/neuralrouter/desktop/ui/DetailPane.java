package com.neuralrouter.desktop.ui;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What is known of the selected thing: a title, facts by name, and what can be done with it. */
public final class DetailPane extends BorderPane {
    /** What it would like to have. */
    static final double WIDTH = 356;

    /** Its words still stand whole in this. */
    static final double LEAST_WIDTH = 272;

    private final String id;
    private final ViewContext context;
    private final VBox column = new VBox();

    public DetailPane(String id, ViewContext context, String title) {
        this.id = id;
        this.context = context;
        setId(id);
        getStyleClass().add("detail-pane");
        setPrefWidth(WIDTH);
        setMinWidth(LEAST_WIDTH);
        column.getStyleClass().add("detail-column");
        var heading = Texts.heading(title);
        heading.setWrapText(true);
        heading.setId(id + ".title");
        column.getChildren().add(heading);
        var scroll = new ScrollPane(column);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("bare-scroll");
        setCenter(scroll);
    }

    /** A fact in words. */
    public DetailPane fact(String name, String value) {
        return node(name, Texts.body(value));
    }

    /** A fact to be copied: an id, a hash. */
    public DetailPane copyable(String key, String name, String value) {
        var text = Texts.mono(value);
        text.setWrapText(true);
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        var what = context.text("ui.copy") + ": " + name;
        var row =
                new HBox(
                        4,
                        text,
                        new CopyButton(id + "." + key + ".copy", context, what, () -> value));
        row.setAlignment(Pos.CENTER_LEFT);
        return node(name, row);
    }

    /** A fact shown by a node of its own. */
    public DetailPane node(String name, Node value) {
        var caption = Texts.caption(name);
        caption.setWrapText(true);
        column.getChildren().add(new VBox(3, caption, value));
        return this;
    }

    /** What can be done with it, below the facts and always in sight. */
    public DetailPane actions(Button... buttons) {
        var box = new VBox(8, buttons);
        for (Button button : buttons) {
            button.setMaxWidth(Double.MAX_VALUE);
        }
        box.getStyleClass().add("detail-actions");
        setBottom(box);
        return this;
    }
}
