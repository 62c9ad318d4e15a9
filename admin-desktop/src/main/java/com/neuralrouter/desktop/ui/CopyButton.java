package com.neuralrouter.desktop.ui;

import atlantafx.base.theme.Styles;

import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;

import java.util.function.Supplier;

/** Puts a text into the clipboard and shows for a moment that it did. */
public final class CopyButton extends Button {
    private static final Duration CONFIRMATION = Duration.millis(1500);

    private final FontIcon icon = new FontIcon(Material2AL.CONTENT_COPY);
    private final ViewContext context;

    /**
     * An icon alone.
     *
     * @param what names what is copied, for the tooltip and the screen reader
     */
    public CopyButton(String id, ViewContext context, String what, Supplier<String> text) {
        this.context = context;
        setId(id);
        setGraphic(icon);
        getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "copy-button");
        setAccessibleText(what);
        setTooltip(new Tooltip(what));
        setOnAction(_ -> copy(text.get(), what));
    }

    private void copy(String text, String what) {
        context.clip().put(text);
        icon.setIconCode(Material2AL.CHECK);
        setAccessibleText(context.text("ui.copied"));
        var pause = new PauseTransition(CONFIRMATION);
        pause.setOnFinished(_ -> {
            icon.setIconCode(Material2AL.CONTENT_COPY);
            setAccessibleText(what);
        });
        pause.play();
    }
}
