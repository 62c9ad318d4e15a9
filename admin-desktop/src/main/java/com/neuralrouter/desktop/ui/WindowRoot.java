package com.neuralrouter.desktop.ui;

import javafx.scene.Parent;
import javafx.scene.layout.StackPane;

/** The whole of a window: what it shows, dialogs above that, and toasts above all. */
public final class WindowRoot {
    private final StackPane node = new StackPane();
    private final StackPane content = new StackPane();

    public WindowRoot(ViewContext context) {
        node.getChildren()
                .addAll(content, context.dialogs().node(), new ToastLayer(context).node());
    }

    public StackPane node() {
        return node;
    }

    /** Shows that instead of what it showed. */
    public void show(Parent shown) {
        content.getChildren().setAll(shown);
    }
}
