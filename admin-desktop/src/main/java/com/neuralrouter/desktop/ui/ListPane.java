package com.neuralrouter.desktop.ui;

import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;

import java.util.function.Function;

/**
 * A table with the details of its selected row at the right; without a selection the table alone.
 */
public final class ListPane<T> extends BorderPane {
    private static final Insets GAP = new Insets(0, 0, 0, 16);

    /** The function makes the details of one item. */
    public ListPane(DataTable<T> table, Function<T, ? extends Node> detail) {
        setCenter(table.node());
        table.node()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, item) -> {
                    if (item == null) {
                        setRight(null);
                        return;
                    }
                    var pane = detail.apply(item);
                    BorderPane.setMargin(pane, GAP);
                    setRight(pane);
                });
    }
}
