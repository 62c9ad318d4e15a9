package com.neuralrouter.desktop.ui;

import atlantafx.base.theme.Styles;

import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.i18n.TroubleText;

import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A failure told so that one can act on it: what happened, what to do, the code and the request id
 * to quote, and the details for the clipboard.
 */
public final class ProblemView extends HBox {
    private final FlowPane buttons = new FlowPane(8, 8);
    private final String id;
    private final ViewContext context;

    public ProblemView(String id, ViewContext context, Trouble trouble) {
        this.id = id;
        this.context = context;
        var text = TroubleText.of(trouble, context.messages());
        setId(id);
        getStyleClass().add("problem");
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(text.sentence() + " " + text.advice());
        var icon = new FontIcon(Tone.DANGER.icon());
        icon.getStyleClass().add("problem-icon");
        var sentence = Texts.heading(text.sentence());
        sentence.setWrapText(true);
        sentence.setId(id + ".sentence");
        buttons.setAlignment(Pos.CENTER_LEFT);
        var copy =
                Buttons.plain(
                        id + ".copy",
                        context.text("ui.copy_details"),
                        () -> {
                            context.clip().put(text.details());
                            context.notices().info("ui.copied");
                        });
        copy.getStyleClass().add(Styles.SMALL);
        buttons.getChildren().add(copy);
        var words = new VBox(6, sentence, Texts.body(text.advice()), facts(text), buttons);
        VBox.setMargin(buttons, new javafx.geometry.Insets(6, 0, 0, 0));
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(icon, words);
    }

    /** With a button that tries again. */
    public ProblemView retry(Runnable action) {
        var button = Buttons.plain(id + ".retry", context.text("ui.retry"), action);
        button.getStyleClass().add(Styles.SMALL);
        buttons.getChildren().addFirst(button);
        return this;
    }

    private FlowPane facts(TroubleText text) {
        var facts = new FlowPane(16, 2);
        facts.getChildren().add(fact("ui.code", text.code()));
        if (!text.requestId().isEmpty()) {
            facts.getChildren().add(fact("ui.request_id", text.requestId()));
        }
        return facts;
    }

    private HBox fact(String key, String value) {
        var row = new HBox(6, Texts.caption(context.text(key)), Texts.mono(value));
        row.setAlignment(Pos.BASELINE_LEFT);
        return row;
    }
}
