package com.neuralrouter.desktop.witness;

import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.i18n.TroubleText;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.CopyButton;
import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.tlog.Checkpoint;
import com.neuralrouter.tlog.NoteVerifier;

import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import java.util.HexFormat;
import java.util.Optional;

/** What this desktop knows of the audit log, with the keys' fingerprints to be compared. */
public final class LogDialog {
    private final WitnessModel model;
    private final ViewContext context;
    private final DialogCard card;
    private final VBox facts = new VBox(12);

    private LogDialog(WitnessModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        card = new DialogCard("log", context.text("witness.log.title")).wide();
    }

    /** Opens it; while an alarm stands, that instead. */
    public static void open(WitnessModel model, ViewContext context) {
        if (model.alarm().get().isPresent()) {
            AlarmDialog.open(model, context);
        } else if (!context.dialogs().isOpen()) {
            new LogDialog(model, context).show();
        }
    }

    private void show() {
        Subscription following = model.last().subscribe(this::showLook);
        var close =
                Buttons.plain(
                        "log.close",
                        context.text("ui.close"),
                        () -> {
                            following.unsubscribe();
                            context.dialogs().close(card);
                        });
        var check = Buttons.primary("log.check", context.text("witness.log.check"), model::check);
        card.add(facts).buttons(close, check).onCancel(following::unsubscribe).focus(check);
        context.dialogs().show(card);
    }

    private void showLook(Optional<WitnessModel.Look> look) {
        facts.getChildren().clear();
        if (look.isEmpty()) {
            facts.getChildren().add(Texts.body(context.text("witness.log.none")));
            return;
        }
        switch (look.get().outcome()) {
            case Outcome.FirstSeen(Remembered log, Optional<Trouble> unsigned) -> {
                facts.getChildren().add(Texts.body(context.text("witness.log.first")));
                show(log, unsigned);
            }
            case Outcome.Consistent(Remembered log, long grownBy, Optional<Trouble> unsigned) -> {
                facts.getChildren().add(Texts.body(context.text("witness.log.good", grownBy)));
                show(log, unsigned);
            }
            case Outcome.Unchecked(Trouble trouble) ->
                    facts.getChildren()
                            .add(
                                    Texts.body(
                                            context.text(
                                                    "witness.log.unchecked",
                                                    TroubleText.of(trouble, context.messages())
                                                            .sentence())));
            case Outcome.Alarmed _ ->
                    facts.getChildren().add(Texts.body(context.text("witness.banner")));
        }
        look.get()
                .good()
                .ifPresent(at ->
                        fact(
                                "checked",
                                context.text("witness.log.checked"),
                                context.formats().utc(at)));
    }

    private void show(Remembered log, Optional<Trouble> unsigned) {
        Checkpoint tree = log.checkpoint();
        fact("name", context.text("witness.log.name"), tree.origin());
        fact("size", context.text("witness.log.size"), context.formats().number(tree.size()));
        fact("root", context.text("witness.log.root"), HexFormat.of().formatHex(tree.root()));
        fact("pinned", context.text("witness.log.pinned"), context.formats().utc(log.pinnedAt()));
        for (NoteVerifier key : log.keys()) {
            fact(
                    "key-" + key.algorithm().jcaName(),
                    context.text("witness.log.key", key.algorithm().jcaName()),
                    Remembered.fingerprint(key));
        }
        facts.getChildren()
                .add(
                        Texts.muted(
                                unsigned.map(trouble ->
                                                context.text(
                                                        "witness.log.unsigned",
                                                        TroubleText.of(trouble, context.messages())
                                                                .sentence()))
                                        .orElseGet(() -> context.text("witness.log.signed"))));
    }

    private void fact(String id, String name, String value) {
        var text = Texts.mono(value);
        text.setId("log." + id);
        text.setWrapText(true);
        var copy =
                new CopyButton(
                        "log." + id + ".copy",
                        context,
                        context.text("ui.copy") + ": " + name,
                        () -> value);
        var row = new HBox(4, text, copy);
        row.setAlignment(Pos.CENTER_LEFT);
        facts.getChildren().add(new VBox(3, Texts.caption(name), row));
    }
}
