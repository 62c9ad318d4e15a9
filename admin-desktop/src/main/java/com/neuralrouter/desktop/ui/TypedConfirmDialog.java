package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.task.Submission;

import javafx.scene.control.TextField;

import java.util.function.Consumer;

/**
 * Asks before something is done that can't be undone: says what will stop, and enables its button
 * only when the thing's name has been typed. Stays open until the appliance has acknowledged.
 */
public final class TypedConfirmDialog {
    private TypedConfirmDialog() {}

    /**
     * Opens it.
     *
     * @param send is given what to run when it was acknowledged, which closes the dialog
     */
    public static void open(
            ViewContext context,
            String id,
            Question question,
            Submission submission,
            Consumer<Runnable> send) {
        submission.reset();
        var card = new DialogCard(id, question.title());
        var typed = new TextField();
        typed.setId(id + ".name");
        var field = new FormField(context.text("ui.typed.prompt", question.name()), "", typed);
        var foot =
                new SubmitFoot(
                        context,
                        id,
                        submission,
                        Buttons.danger(
                                id + ".confirm",
                                question.action(),
                                () -> send.accept(() -> context.dialogs().close(card))));
        foot.disableWhile(typed.textProperty().isNotEqualTo(question.name()));
        foot.putInto(card.add(Texts.body(question.consequence()), field)).focus(typed);
        context.dialogs().show(card);
    }

    /**
     * What is asked.
     *
     * @param consequence what stops working, in numbers where there are any
     * @param name what must be typed
     * @param action the word on the button: a verb
     */
    public record Question(String title, String consequence, String name, String action) {}
}
