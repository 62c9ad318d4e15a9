package com.neuralrouter.desktop.requests;

import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Explanation.Attempted;
import com.neuralrouter.contract.Explanation.Candidate;
import com.neuralrouter.contract.Explanation.Connection;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.task.Cancellable;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.DialogCard;
import com.neuralrouter.desktop.ui.ProblemView;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.Locale;

/** Tells why a request went where it went: every upstream with its place, and what was tried. */
final class ExplanationDialog {
    private final ViewContext context;
    private final DialogCard card;
    private final VBox result = new VBox(10);
    private Cancellable asking = Cancellable.NOTHING;

    private ExplanationDialog(ViewContext context) {
        this.context = context;
        card = new DialogCard("requests.explanation", text("title")).wide();
        result.setId("requests.explanation.result");
    }

    static void open(RequestsViewModel model, ViewContext context, RequestSummary request) {
        new ExplanationDialog(context).show(model, request);
    }

    private void show(RequestsViewModel model, RequestSummary request) {
        var close =
                Buttons.plain("requests.explanation.close", context.text("ui.close"), this::close);
        result.getChildren().add(Texts.muted(text("under_way")));
        card.add(result).buttons(close).focus(close).onCancel(this::close);
        context.dialogs().show(card);
        asking = model.explain(request, this::show);
    }

    private void close() {
        asking.cancel();
        context.dialogs().close(card);
    }

    private void show(Answer<Explanation> answer) {
        switch (answer) {
            case Answer.Ok<Explanation>(Explanation explanation) -> show(explanation);
            case Answer.Refused<Explanation>(var trouble) ->
                    result.getChildren()
                            .setAll(
                                    new ProblemView(
                                            "requests.explanation.problem", context, trouble));
        }
    }

    private void show(Explanation explanation) {
        result.getChildren()
                .setAll(
                        Texts.body(
                                text(
                                        "route",
                                        explanation.route(),
                                        strategy(explanation),
                                        explanation.seed())),
                        Texts.caption(text("candidates")));
        explanation.candidates().forEach(each -> result.getChildren().add(candidate(each)));
        result.getChildren().add(Texts.caption(text("attempts")));
        if (explanation.attempts().isEmpty()) {
            result.getChildren()
                    .add(Texts.muted(context.text("requests.explanation.attempts.none")));
        }
        for (int i = 0; i < explanation.attempts().size(); i++) {
            result.getChildren().add(attempt(i, explanation.attempts().get(i)));
        }
    }

    private Node candidate(Candidate each) {
        var pill = new StatusPill(tone(each), word("requests.verdict.", each.verdict()));
        var row =
                row(
                        context.text(
                                each.place() == 0
                                        ? "requests.explanation.candidate.not"
                                        : "requests.explanation.candidate.placed",
                                each.place(),
                                each.provider(),
                                each.upstreamModel()),
                        pill);
        if (each.detail().isEmpty()) {
            return row;
        }
        var condition = Texts.mono(context.text("routes.when", each.detail()));
        condition.setWrapText(true);
        return new VBox(2, row, condition);
    }

    private Node attempt(int number, Attempted each) {
        boolean answered = each.outcome().equals("ANSWERED");
        var formats = context.formats();
        var row =
                row(
                        text(
                                "attempt",
                                each.provider(),
                                formats.latency(each.atMicros()),
                                formats.latency(each.micros())),
                        new StatusPill(
                                answered ? Tone.SUCCESS : Tone.DANGER,
                                word("requests.outcome.attempt.", each.outcome())));
        var lines = new VBox(2, row);
        if (!answered) {
            lines.getChildren().add(Texts.muted(each.result()));
        }
        if (each.connection() != null) {
            var over = Texts.muted(words(each.connection()));
            over.setId("requests.explanation.connection." + number);
            lines.getChildren().add(over);
        }
        return lines;
    }

    private String words(Connection over) {
        if (over.kept()) {
            return context.text("requests.explanation.connection.kept");
        }
        var formats = context.formats();
        return context.text(
                over.tlsMicros() == 0
                        ? "requests.explanation.connection.plain"
                        : "requests.explanation.connection.tls",
                formats.latency(over.lookupMicros()),
                formats.latency(over.tcpMicros()),
                formats.latency(over.tlsMicros()));
    }

    private static HBox row(String words, Node right) {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var row = new HBox(8, Texts.body(words), gap, right);
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    private static Tone tone(Candidate each) {
        return switch (each.verdict()) {
            case "READY", "CANARY", "PROBE" -> Tone.SUCCESS;
            case "FAILING", "LAST_RESORT", "RETURNING" -> Tone.WARNING;
            case "CIRCUIT_OPEN", "SUSPENDED" -> Tone.DANGER;
            default -> Tone.NEUTRAL;
        };
    }

    /** Our word for the appliance's; its own, made readable, where a newer one has others. */
    private String word(String prefix, String constant) {
        var lower = constant.toLowerCase(Locale.ROOT);
        var key = prefix + lower;
        return context.messages().has(key) ? context.text(key) : lower.replace('_', ' ');
    }

    private String strategy(Explanation explanation) {
        return context.text(
                "routes.strategy." + explanation.strategy().name().toLowerCase(Locale.ROOT));
    }

    private String text(String key, Object... values) {
        return context.text("requests.explanation." + key, values);
    }
}
