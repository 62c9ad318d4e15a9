package com.neuralrouter.desktop.ui;

/** Asks before something is done that can be undone, or whose effect is small. */
public final class ConfirmDialog {
    private ConfirmDialog() {}

    /**
     * Opens it.
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
                Buttons.primary(
                        id + ".confirm",
                        action,
                        () -> {
                            context.dialogs().close(card);
                            confirmed.run();
                        });
        confirm.setDefaultButton(true);
        card.add(Texts.body(consequence)).buttons(cancel, confirm).focus(confirm);
        context.dialogs().show(card);
    }
}
