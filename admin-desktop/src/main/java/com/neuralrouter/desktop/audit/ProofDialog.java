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
import com.neuralrouter.desktop.witness.ProofWords;

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
        result.getChildren().setAll(ProofWords.of("proof", context, proof));
        if (proof instanceof EntryProof.Proven proven) {
            file = proven.file();
            save.setDisable(false);
        }
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
