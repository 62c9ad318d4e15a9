package com.neuralrouter.desktop.requests;

import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Asks why somebody wants to read what a workspace had kept of a request, and then shows it. It is
 * nowhere else in the desktop, and gone when it is closed.
 */
final class ContentDialog {
    private static final int ROWS = 9;

    /** More than anybody reads here; the window stays quick. */
    private static final int MOST = 200_000;

    private final RequestsViewModel model;
    private final ViewContext context;

    private ContentDialog(RequestsViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
    }

    static void open(RequestsViewModel model, ViewContext context, RequestSummary request) {
        new ContentDialog(model, context).ask(request);
    }

    private void ask(RequestSummary request) {
        var submission = model.submission();
        var reason = new TextField();
        reason.setId("requests.content.reason");
        new FormDialog(context, "requests.content.form", text("title"), submission)
                .say(text("say"))
                .checked(
                        "reason",
                        "requests.content.reason",
                        reason,
                        RequestsViewModel::reasonProblem)
                .open(
                        text("submit"),
                        reason,
                        close ->
                                model.readContent(
                                        submission,
                                        request,
                                        reason.getText(),
                                        content -> {
                                            close.run();
                                            show(content);
                                        }));
    }

    private void show(Optional<KeptContent> content) {
        var card = new DialogCard("content", text("title")).wide();
        var close =
                Buttons.plain(
                        "content.close",
                        context.text("ui.close"),
                        () -> context.dialogs().close(card));
        content.ifPresentOrElse(
                kept -> fill(card, kept), () -> card.add(Texts.body(text("nothing"))));
        card.buttons(close).focus(close);
        context.dialogs().show(card);
    }

    private void fill(DialogCard card, KeptContent content) {
        var head = content.head();
        card.add(
                new Banner(
                        "content.kept",
                        Tone.INFO,
                        text(
                                "kept",
                                context.formats().dateTime(head.keptAt()),
                                context.formats().dateTime(head.expiresAt()))));
        if (head.cut()) {
            card.add(new Banner("content.cut", Tone.WARNING, text("cut")));
        }
        if (head.bytes() > MOST) {
            card.add(new Banner("content.long", Tone.WARNING, text("long")));
        }
        card.add(
                field("content.request", text("request"), content.requestBody()),
                field("content.answer", text("answer"), content.answerBody()));
    }

    private static FormField field(String id, String label, String base64) {
        var area = new TextArea(beginning(base64));
        area.setId(id);
        area.setEditable(false);
        area.setWrapText(true);
        area.setPrefRowCount(ROWS);
        area.getStyleClass().add("mono-input");
        return new FormField(label, "", area);
    }

    private static String beginning(String base64) {
        var text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        return text.length() <= MOST ? text : text.substring(0, MOST);
    }

    private String text(String key, Object... values) {
        return context.text("requests.content." + key, values);
    }
}
