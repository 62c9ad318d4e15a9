package com.neuralrouter.desktop.vault;

import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.layout.VBox;

import java.util.List;

/** Warnings one below the other; takes no room while there are none. */
final class WarningBox extends VBox {
    private final ViewContext context;
    private List<Warning> shown = List.of();

    WarningBox(String id, ViewContext context) {
        super(8);
        this.context = context;
        setId(id);
        setManaged(false);
    }

    /** What a screen reader is about to say is left alone while it is still true. */
    void show(List<Warning> warnings) {
        if (warnings.equals(shown)) {
            return;
        }
        shown = warnings;
        getChildren().clear();
        for (Warning each : warnings) {
            getChildren()
                    .add(
                            new Banner(
                                    getId() + "." + (getChildren().size() + 1),
                                    each.tone(),
                                    context.text(each.key(), each.values().toArray())));
        }
        setManaged(!warnings.isEmpty());
    }
}
