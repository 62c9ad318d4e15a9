package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.task.Submission;

import java.util.function.Consumer;

/** Asks before something is done of which one may think again. */
public final class ConfirmDialog {
    private ConfirmDialog() {}

    /**
     * Opens one about what is lost on this device: whoever presses Enter without reading loses
     * nothing.
     *
     * @param action the word on the button: a verb, never "OK"
     */
    public static void open(
            ViewContext context,
            String id,
            String title,
            String consequence,
            String action,
            Runnable confirmed) {
        var card = new DialogCard(id, title);
        var cancel =
                Buttons.plain(
                        id + ".cancel",
                        context.text("ui.cancel"),
                        () -> context.dialogs().close(card));
        var confirm =
                Buttons.danger(
                        id + ".confirm",
                        action,
                        () -> {
                            context.dialogs().close(card);
                            confirmed.run();
                        });
        card.add(Texts.body(consequence)).buttons(cancel, confirm).focus(cancel);
        context.dialogs().show(card);
    }

    /**
     * Opens one that stays open until the appliance has acknowledged, and says why it was refused.
     *
     * @param send is given what to run when it was acknowledged, which closes the dialog
     */
    public static void send(
            ViewContext context,
            String id,
            Question question,
            Submission submission,
            Consumer<Runnable> send) {
        submission.reset();
        var card = new DialogCard(id, question.title());
        var confirm =
                Buttons.primary(
                        id + ".confirm",
                        question.action(),
                        () -> send.accept(() -> context.dialogs().close(card)));
        new SubmitFoot(context, id, submission, confirm)
                .putInto(card.add(Texts.body(question.consequence())))
                .focus(confirm);
        context.dialogs().show(card);
    }

    /**
     * What is asked.
     *
     * @param consequence what happens then
     * @param action the word on the button: a verb
     */
    public record Question(String title, String consequence, String action) {}
}
