package com.neuralrouter.desktop.ui;

import javafx.scene.layout.VBox;

import java.util.List;

/** What is different, one line for each. */
public final class Differences extends VBox {
    private static final double GAP = 6;

    /** The words stand where nothing is different. */
    public Differences(List<String> differences, String none) {
        super(GAP);
        getStyleClass().add("differences");
        if (differences.isEmpty()) {
            getChildren().add(Texts.muted(none));
        }
        for (String difference : differences) {
            var line = Texts.body(difference);
            line.getStyleClass().add("difference");
            getChildren().add(line);
        }
    }
}
