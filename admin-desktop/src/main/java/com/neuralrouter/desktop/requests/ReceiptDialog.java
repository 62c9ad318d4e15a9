package com.neuralrouter.desktop.requests;

import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.CopyButton;
import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.ProblemView;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.witness.EntryProof;
import com.neuralrouter.desktop.witness.ProofWords;
import com.neuralrouter.desktop.witness.ReceiptVerdict;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.util.Optional;

/**
 * Proves that a request is in the audit log as it is shown, and checks a receipt that an app has of
 * it. The appliance does not keep receipts, only their hashes: who has one pastes it.
 */
final class ReceiptDialog {
    private static final double GAP = 12;
    private static final int ROWS = 4;

    private final RequestsViewModel model;
    private final ViewContext context;
    private final RequestSummary request;
    private final DialogCard card;
    private final VBox proof = new VBox(GAP);
    private final VBox verdict = new VBox(GAP);
    private final TextArea pasted = new TextArea();
    private final Button check;

    private ReceiptDialog(RequestsViewModel model, ViewContext context, RequestSummary request) {
        this.model = model;
        this.context = context;
        this.request = request;
        card = new DialogCard("receipt", text("title")).wide();
        check = Buttons.primary("receipt.check", text("check"), this::check);
        check.setDefaultButton(true);
        pasted.setId("receipt.pasted");
        pasted.getStyleClass().add("mono-input");
        pasted.setPrefRowCount(ROWS);
        pasted.setWrapText(true);
        check.disableProperty().bind(pasted.textProperty().map(String::isBlank));
    }

    static void open(RequestsViewModel model, ViewContext context, RequestSummary request) {
        new ReceiptDialog(model, context, request).show();
    }

    private void show() {
        var close =
                Buttons.plain(
                        "receipt.close",
                        context.text("ui.close"),
                        () -> context.dialogs().close(card));
        proof.getChildren().add(Texts.muted(text("under_way")));
        card.add(proof).buttons(close).focus(close);
        context.dialogs().show(card);
        model.prove(request, this::show);
    }

    private void show(EntryProof proven) {
        proof.getChildren().setAll(ProofWords.of("receipt", context, proven));
        if (proven instanceof EntryProof.Proven known) {
            show(ReceiptVerdict.hashIn(known.leaf()));
        }
    }

    private void show(Optional<String> hash) {
        if (hash.isEmpty()) {
            proof.getChildren().add(Texts.body(text("none")));
            return;
        }
        var copy =
                new CopyButton(
                        "receipt.hash.copy", context, context.text("ui.copy"), hash::orElseThrow);
        var line = new HBox(GAP, Texts.mono(hash.orElseThrow()), copy);
        line.setAlignment(Pos.CENTER_LEFT);
        proof.getChildren()
                .addAll(
                        new VBox(3, Texts.caption(text("hash")), line),
                        new FormField(text("pasted"), text("pasted.hint"), pasted),
                        verdict);
        card.buttons(check);
        pasted.requestFocus();
    }

    private void check() {
        model.check(pasted.getText(), request, this::show);
    }

    private void show(ReceiptVerdict came) {
        verdict.getChildren().setAll(words(came));
    }

    private Node words(ReceiptVerdict came) {
        return switch (came) {
            case ReceiptVerdict.Genuine(var receipt) ->
                    new VBox(
                            GAP,
                            banner(Tone.SUCCESS, text("genuine")),
                            new ReceiptFacts(context, receipt));
            case ReceiptVerdict.Forged() -> banner(Tone.DANGER, text("forged"));
            case ReceiptVerdict.OfAnother(String other) ->
                    banner(Tone.WARNING, text("of_another", other));
            case ReceiptVerdict.NotInLog() -> banner(Tone.DANGER, text("not_in_log"));
            case ReceiptVerdict.Unproven() -> banner(Tone.DANGER, text("unproven"));
            case ReceiptVerdict.Unavailable(var trouble) ->
                    new ProblemView("receipt.verdict.problem", context, trouble);
        };
    }

    private static Banner banner(Tone tone, String words) {
        return new Banner("receipt.verdict", tone, words);
    }

    private String text(String key, Object... values) {
        return context.text("requests.receipt." + key, values);
    }
}
