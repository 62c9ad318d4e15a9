package com.neuralrouter.desktop.ui;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** One fact at a glance: its name, a figure, and a sentence below. */
public final class Tile extends VBox {
    private static final double GAP = 16;

    private final Label figure = Texts.figure("");
    private final Label note = new Label();

    /** The figure has the id. */
    public Tile(String id, String name) {
        figure.setId(id);
        note.setId(id + ".note");
        note.getStyleClass().add("tile-note");
        note.setWrapText(true);
        getStyleClass().addAll("card", "tile");
        setMaxHeight(Double.MAX_VALUE);
        var caption = Texts.caption(name);
        caption.setWrapText(true);
        getChildren().addAll(caption, figure, note);
    }

    /** Shows that. */
    public Tile show(String newFigure, String newNote) {
        figure.setText(newFigure);
        note.setText(newNote);
        return this;
    }

    /** With something below the sentence. */
    public Tile with(Node below) {
        getChildren().add(below);
        return this;
    }

    /** Tiles side by side, all as wide. */
    public static GridPane row(Tile... tiles) {
        var grid = new GridPane(GAP, GAP);
        for (Tile _ : tiles) {
            var constraints = new ColumnConstraints();
            constraints.setPercentWidth(100.0 / tiles.length);
            grid.getColumnConstraints().add(constraints);
        }
        grid.addRow(0, tiles);
        return grid;
    }
}
