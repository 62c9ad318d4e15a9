package com.neuralrouter.desktop.ui;

import atlantafx.base.controls.CustomTextField;

import javafx.beans.property.StringProperty;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2MZ;

/** Narrows a list to what has the typed text; Esc empties it. */
public final class SearchField extends CustomTextField {
    private static final double WIDTH = 320;

    public SearchField(String id, String prompt, StringProperty text) {
        setId(id);
        setPromptText(prompt);
        setAccessibleText(prompt);
        setLeft(new FontIcon(Material2MZ.SEARCH));
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        textProperty().bindBidirectional(text);
        setOnKeyPressed(event -> {
            if (event.getCode() == javafx.scene.input.KeyCode.ESCAPE && !getText().isEmpty()) {
                clear();
                event.consume();
            }
        });
    }
}
