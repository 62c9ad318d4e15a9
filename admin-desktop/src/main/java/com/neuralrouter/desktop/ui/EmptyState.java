package com.neuralrouter.desktop.ui;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** What a list shows while it has nothing: what belongs here, why, and the way to the first one. */
public final class EmptyState extends VBox {
    private static final double WIDTH = 440;

    public EmptyState(Ikon icon, String title, String text) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        var picture = new FontIcon(icon);
        picture.getStyleClass().add("empty-state-icon");
        var sentence = Texts.muted(text);
        sentence.setMaxWidth(WIDTH);
        sentence.setTextAlignment(TextAlignment.CENTER);
        sentence.setAlignment(Pos.CENTER);
        getChildren().addAll(picture, Texts.heading(title), sentence);
    }

    /** With a button below. */
    public EmptyState action(Button button) {
        getChildren().add(button);
        return this;
    }
}
