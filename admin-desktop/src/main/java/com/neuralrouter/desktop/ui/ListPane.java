package com.neuralrouter.desktop.ui;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.geometry.Insets;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;

import java.util.function.Function;

/**
 * A table with the details of its selected row at the right; without a selection the table alone.
 */
public final class ListPane<T> extends BorderPane {
    private static final Insets GAP = new Insets(0, 0, 0, 16);

    /** How much of the width the details have, between what they need and what they like. */
    private static final double SHARE = 0.37;

    private final DoubleBinding detailWidth =
            Bindings.createDoubleBinding(
                    () -> Math.clamp(getWidth() * SHARE, DetailPane.LEAST_WIDTH, DetailPane.WIDTH),
                    widthProperty());

    /** The function makes the details of one item. */
    public ListPane(DataTable<T> table, Function<T, ? extends Region> detail) {
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
                    pane.prefWidthProperty().bind(detailWidth);
                    setRight(pane);
                });
    }
}
