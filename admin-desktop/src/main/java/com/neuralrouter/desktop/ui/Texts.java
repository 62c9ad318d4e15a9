package com.neuralrouter.desktop.ui;

import javafx.scene.control.Label;

/** Labels of the type scale: the only sizes and weights in the window. */
public final class Texts {
    private Texts() {}

    /** The one title of a screen. */
    public static Label title(String text) {
        return styled(text, "text-title");
    }

    /** The title of a section, a card or a dialog. */
    public static Label heading(String text) {
        return styled(text, "text-heading");
    }

    /** Running text that may wrap. */
    public static Label body(String text) {
        var label = styled(text, "text-body");
        label.setWrapText(true);
        return label;
    }

    /** Running text of less weight that may wrap. */
    public static Label muted(String text) {
        var label = styled(text, "text-muted");
        label.setWrapText(true);
        return label;
    }

    /** The name of a fact or of a group, small. */
    public static Label caption(String text) {
        return styled(text, "text-caption");
    }

    /** An id, a hash, a path, a code. */
    public static Label mono(String text) {
        return styled(text, "text-mono");
    }

    /** The large figure of a tile. */
    public static Label figure(String text) {
        return styled(text, "text-figure");
    }

    private static Label styled(String text, String style) {
        var label = new Label(text);
        label.getStyleClass().add(style);
        return label;
    }
}
