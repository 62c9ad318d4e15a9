package com.neuralrouter.desktop.ui;

import atlantafx.base.theme.Styles;

import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** The kinds of buttons there are. Each has an id, so that tests and help can name it. */
public final class Buttons {
    private Buttons() {}

    /** The one thing that a screen or a dialog is for. */
    public static Button primary(String id, String text, Runnable action) {
        var button = plain(id, text, action);
        button.getStyleClass().add(Styles.ACCENT);
        return button;
    }

    /** As {@link #primary}, where it takes something away. */
    public static Button danger(String id, String text, Runnable action) {
        var button = plain(id, text, action);
        button.getStyleClass().add(Styles.DANGER);
        return button;
    }

    /** Anything else. */
    public static Button plain(String id, String text, Runnable action) {
        var button = new Button(text);
        button.setId(id);
        button.setMnemonicParsing(false);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /** An icon alone; the text is its tooltip and what a screen reader says. */
    public static Button icon(String id, Ikon icon, String text, Runnable action) {
        var button = new Button(null, new FontIcon(icon));
        button.setId(id);
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        button.setAccessibleText(text);
        button.setTooltip(new Tooltip(text));
        button.setOnAction(_ -> action.run());
        return button;
    }

    /**
     * Greys a button out while what it does is not allowed; it stays visible, and says why to who
     * asks.
     */
    public static Button allowedWhile(
            ObservableBooleanValue allowed, ViewContext context, Button button) {
        return allowedWhile(allowed, new SimpleBooleanProperty(true), context, button);
    }

    /** The same, and greyed out too while it can't be done at the moment. */
    public static Button allowedWhile(
            ObservableBooleanValue allowed,
            ObservableBooleanValue ready,
            ViewContext context,
            Button button) {
        button.disableProperty().bind(Bindings.not(Bindings.and(allowed, ready)));
        button.accessibleHelpProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> allowed.get() ? "" : context.text(Allowed.reasonOf(allowed)),
                                allowed));
        return button;
    }

    /** Puts an icon before a button's text. */
    public static Button with(Ikon icon, Button button) {
        button.setGraphic(new FontIcon(icon));
        return button;
    }
}
