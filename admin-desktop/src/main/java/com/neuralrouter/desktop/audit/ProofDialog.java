package com.neuralrouter.desktop.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.ProblemView;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.witness.EntryProof;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** Says in plain words whether an entry is in the log, and lets the proof be saved. */
final class ProofDialog {
    private final AuditViewModel model;
    private final ViewContext context;
    private final AuditEntry entry;
    private final DialogCard card;
    private final VBox result = new VBox(12);
    private final Button save;
    private String file = "";

    private ProofDialog(AuditViewModel model, ViewContext context, AuditEntry entry) {
        this.model = model;
        this.context = context;
        this.entry = entry;
        card =
                new DialogCard("proof", text("title", context.formats().number(entry.sequence())))
                        .wide();
        save = Buttons.primary("proof.save", text("save"), this::save);
        save.setDisable(true);
    }

    static void open(AuditViewModel model, ViewContext context, AuditEntry entry) {
        new ProofDialog(model, context, entry).show();
    }

    private void show() {
        var close =
                Buttons.plain(
                        "proof.close",
                        context.text("ui.close"),
                        () -> context.dialogs().close(card));
        result.getChildren().add(Texts.muted(text("under_way")));
        card.add(result).buttons(close, save).focus(close);
        context.dialogs().show(card);
        model.prove(entry, this::show);
    }

    private void show(EntryProof proof) {
        result.getChildren().setAll(words(proof));
        if (proof instanceof EntryProof.Proven proven) {
            file = proven.file();
            save.setDisable(false);
        }
    }

    private Node words(EntryProof proof) {
        var formats = context.formats();
        return switch (proof) {
            case EntryProof.Proven(long index, var tree, String _) ->
                    banner(
                            Tone.SUCCESS,
                            text(
                                    "proven",
                                    formats.number(index + 1),
                                    formats.number(tree.size()),
                                    tree.origin()));
            case EntryProof.Wrong() -> banner(Tone.DANGER, text("wrong"));
            case EntryProof.Differs(String leaf) ->
                    new VBox(8, banner(Tone.DANGER, text("differs")), wrapped(leaf));
            case EntryProof.Alarmed() -> banner(Tone.DANGER, text("alarmed"));
            case EntryProof.Unavailable(var trouble) ->
                    new ProblemView("proof.problem", context, trouble);
        };
    }

    private static Node wrapped(String leaf) {
        var text = Texts.mono(leaf);
        text.setWrapText(true);
        return text;
    }

    private static Banner banner(Tone tone, String words) {
        return new Banner("proof.result", tone, words);
    }

    private void save() {
        context.files()
                .choose(text("save"), "entry-" + entry.sequence() + ".tlog-proof")
                .ifPresent(target ->
                        model.save(
                                file,
                                target,
                                () ->
                                        result.getChildren()
                                                .setAll(
                                                        banner(
                                                                Tone.SUCCESS,
                                                                text("saved", target.toString()))),
                                trouble ->
                                        result.getChildren()
                                                .setAll(
                                                        new ProblemView(
                                                                "proof.problem",
                                                                context,
                                                                trouble))));
    }

    private String text(String key, Object... values) {
        return context.text("audit.proof." + key, values);
    }
}
