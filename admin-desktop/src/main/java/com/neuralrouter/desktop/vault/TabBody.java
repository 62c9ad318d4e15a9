package com.neuralrouter.desktop.vault;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * What is to be known at a glance, and a list below; scrolls where the window is too low for it.
 */
final class TabBody extends ScrollPane {
    private static final double LIST_MIN = 240;

    TabBody(Region list, Node... top) {
        var head = new VBox(16, top);
        head.getStyleClass().add("pane-top");
        head.setMinHeight(Region.USE_PREF_SIZE);
        list.setMinHeight(LIST_MIN);
        var content = new BorderPane(list);
        content.setTop(head);
        setContent(content);
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        getStyleClass().add("bare-scroll");
    }
}
