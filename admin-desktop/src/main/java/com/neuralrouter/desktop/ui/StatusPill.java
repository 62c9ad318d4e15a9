package com.neuralrouter.desktop.ui;

import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import org.kordamp.ikonli.javafx.FontIcon;

/** A state in one word: an icon and the word on a tinted ground. */
public final class StatusPill extends HBox {
    private final FontIcon icon = new FontIcon();
    private final Label word = new Label();

    public StatusPill(Tone tone, String text) {
        getStyleClass().add("pill");
        word.getStyleClass().add("pill-word");
        icon.getStyleClass().add("pill-icon");
        setAlignment(Pos.CENTER);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.TEXT);
        getChildren().addAll(icon, word);
        show(tone, text);
    }

    /** Shows another state. */
    public void show(Tone tone, String text) {
        for (Tone each : Tone.values()) {
            getStyleClass().remove("pill-" + each.style());
        }
        getStyleClass().add("pill-" + tone.style());
        icon.setIconCode(tone.icon());
        word.setText(text);
        setAccessibleText(text);
    }
}
