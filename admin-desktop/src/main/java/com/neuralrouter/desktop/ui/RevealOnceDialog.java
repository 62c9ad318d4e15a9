package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.task.Cancellable;

import javafx.scene.control.CheckBox;
import javafx.scene.control.TextArea;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Shows a secret that is never shown again. It can be copied; the clipboard is cleared after a
 * minute. Only who says that it is stored can close it.
 */
public final class RevealOnceDialog {
    private static final Duration CLIPBOARD_LIFE = Duration.ofSeconds(60);

    /** As many as fit into a wide dialog. */
    private static final int CHARACTERS_PER_ROW = 68;

    private RevealOnceDialog() {}

    /**
     * Opens it.
     *
     * @param explanation what the secret is for and who should get it
     * @param closed what to do when it was closed
     */
    public static void open(
            ViewContext context,
            String id,
            String title,
            String explanation,
            String secret,
            Runnable closed) {
        var card = new DialogCard(id, title).wide().mustBeAnswered();
        var shown = new TextArea(secret);
        shown.setId(id + ".secret");
        shown.setEditable(false);
        shown.setWrapText(true);
        shown.setPrefRowCount(secret.length() > CHARACTERS_PER_ROW ? 2 : 1);
        shown.getStyleClass().add("secret-once");
        shown.setAccessibleText(title);
        var told = Texts.muted("");
        told.setId(id + ".told");
        told.managedProperty().bind(told.textProperty().isNotEmpty());
        var stored = new CheckBox(context.text("ui.reveal.stored"));
        stored.setId(id + ".stored");
        var copy =
                Buttons.plain(
                        id + ".copy",
                        context.text("ui.copy"),
                        () -> {
                            copy(context, secret);
                            told.setText(context.text("ui.reveal.clipboard"));
                        });
        var close =
                Buttons.primary(
                        id + ".close",
                        context.text("ui.close"),
                        () -> {
                            shown.clear();
                            context.dialogs().close(card);
                            closed.run();
                        });
        close.disableProperty().bind(stored.selectedProperty().not());
        card.add(Texts.body(explanation), shown)
                .add(new Banner(id + ".once", Tone.WARNING, context.text("ui.reveal.once")))
                .add(told, stored)
                .buttons(copy, close)
                .focus(copy);
        context.dialogs().show(card);
    }

    private static void copy(ViewContext context, String secret) {
        context.clip().put(secret);
        var timer = new AtomicReference<>(Cancellable.NOTHING);
        timer.set(
                context.ticker()
                        .every(
                                CLIPBOARD_LIFE,
                                () -> {
                                    context.clip().clearIfHolding(secret);
                                    timer.get().cancel();
                                }));
    }
}
