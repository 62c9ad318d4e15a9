package com.neuralrouter.desktop.requests;

import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.witness.Receipt;
import com.neuralrouter.desktop.witness.Receipt.Place;

import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a genuine receipt says, claim by claim in plain words. */
final class ReceiptFacts extends GridPane {
    private static final double GAP = 8;
    private static final double NAMES = 150;
    private static final String UNDECLARED = "undeclared";

    private final ViewContext context;
    private int rows;

    ReceiptFacts(ViewContext context, Receipt receipt) {
        this.context = context;
        setId("receipt.facts");
        setHgap(2 * GAP);
        setVgap(GAP);
        var formats = context.formats();
        fact("asked", Texts.body(receipt.asked()));
        fact("ended", Texts.body(text("ended.text", outcome(receipt), receipt.status())));
        fact(
                "served",
                Texts.body(receipt.served().map(this::place).orElseGet(() -> text("nobody"))));
        fact("sent", Texts.body(places(receipt.sent())));
        if (!receipt.copies().isEmpty()) {
            fact("copies", Texts.body(places(receipt.copies())));
        }
        fact("kept", Texts.body(kept(receipt.retention())));
        fact(
                "tokens",
                Texts.body(
                        text(
                                receipt.tokens().estimated() ? "tokens_estimated" : "tokens.text",
                                formats.number(receipt.tokens().input()),
                                formats.number(receipt.tokens().output()))));
        fact("signed", Texts.body(formats.dateTime(receipt.signedAt())));
        fact("policy", wrapped(receipt.policy()));
        fact("issuer", wrapped(receipt.issuer()));
    }

    private void fact(String name, Label value) {
        var caption = Texts.caption(text(name));
        caption.setMinWidth(NAMES);
        value.setWrapText(true);
        GridPane.setHgrow(value, Priority.ALWAYS);
        GridPane.setValignment(caption, VPos.TOP);
        addRow(rows, caption, value);
        rows++;
    }

    private static Label wrapped(String value) {
        var text = Texts.mono(value);
        text.setWrapText(true);
        return text;
    }

    private String outcome(Receipt receipt) {
        var key = "requests.outcome." + receipt.outcome().toLowerCase(Locale.ROOT);
        return context.messages().has(key) ? context.text(key) : receipt.outcome();
    }

    private String places(List<Place> places) {
        return places.isEmpty()
                ? text("nobody")
                : places.stream().map(this::place).collect(Collectors.joining("\n"));
    }

    private String place(Place place) {
        return text(
                        "place",
                        place.provider(),
                        place.model(),
                        declared(place.jurisdiction()),
                        declared(place.region()))
                + text("keeps", declared(place.retention()));
    }

    private String declared(String what) {
        return what.isEmpty() || what.equals(UNDECLARED) ? text("undeclared") : what;
    }

    private String kept(String retention) {
        return retention.equals("zero") ? text("kept_zero") : text("kept_for", retention);
    }

    private String text(String key, Object... values) {
        return context.text("requests.receipt." + key, values);
    }
}
