package com.neuralrouter.desktop.ui;

import atlantafx.base.theme.Styles;

import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.kordamp.ikonli.javafx.FontIcon;

/** One line across the window or a part of it, about a state that lasts. */
public final class Banner extends HBox {
    private final Label sentence;

    public Banner(String id, Tone tone, String text) {
        setId(id);
        getStyleClass().addAll("banner", "banner-" + tone.style());
        setAlignment(Pos.CENTER_LEFT);
        var icon = new FontIcon(tone.icon());
        icon.getStyleClass().add("banner-icon");
        sentence = Texts.body(text);
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(text);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        getChildren().addAll(icon, sentence, gap);
    }

    /** Says something else. */
    public void say(String text) {
        sentence.setText(text);
        setAccessibleText(text);
    }

    /** With a button at its end. */
    public Banner action(Button button) {
        button.getStyleClass().add(Styles.SMALL);
        button.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().add(button);
        return this;
    }
}
