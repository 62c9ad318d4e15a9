package com.neuralrouter.desktop.incidents;

import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.Incident.Event;
import com.neuralrouter.contract.Incident.State;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows incidents with their timelines, and acknowledges, annotates and closes them. */
public final class IncidentsView {
    private static final int LINES = 4;

    private final IncidentsViewModel model;
    private final ViewContext context;
    private final BooleanBinding mayManage;

    public IncidentsView(
            IncidentsViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.context = context;
        mayManage = connection.may(Permission.INCIDENTS_MANAGE);
    }

    /** The screen; made once. */
    public Screen screen() {
        return new ListScreen<>("incidents", context, model, Material2MZ.REPORT_PROBLEM, columns())
                .identifiedBy(Incident::id)
                .spare("what", "rule", "opened")
                .detail(this::detail)
                .searched(model.search());
    }

    private List<Column<Incident>> columns() {
        return List.of(
                Column.pills("state", text("column.state"), 140, this::word, IncidentsView::tone),
                Column.of("subject", text("column.subject"), 150, Look.STRONG, Incident::subject),
                Column.of("rule", text("column.rule"), 150, Look.TEXT, this::rule),
                Column.of(
                        "what",
                        text("column.what"),
                        280,
                        Look.MUTED,
                        each -> each.timeline().getFirst().text()),
                Column.of(
                                "opened",
                                text("column.opened"),
                                195,
                                Look.TEXT,
                                (Incident each) -> context.formats().moment(each.openedAt()))
                        .sortedBy(Incident::openedAt));
    }

    private DetailPane detail(Incident each) {
        var events = new VBox(10);
        events.setId("incidents.timeline");
        each.timeline().forEach(event -> events.getChildren().add(card(event)));
        var pane =
                new DetailPane("incidents.detail", context, each.subject())
                        .node(text("column.state"), new StatusPill(tone(each), word(each)))
                        .fact(text("column.rule"), rule(each))
                        .node(text("timeline"), events)
                        .copyable("id", text("id"), each.id().toString());
        return each.state() == State.CLOSED ? pane : pane.actions(actions(each));
    }

    private Node card(Event event) {
        var card =
                new VBox(
                        2,
                        Texts.body(text("event." + lower(event.kind()), event.actor())),
                        Texts.muted(context.formats().dateTime(event.at())));
        if (!event.text().isEmpty()) {
            var words = Texts.body(event.text());
            words.setWrapText(true);
            card.getChildren().add(words);
        }
        card.getStyleClass().addAll("card", "upstream");
        return card;
    }

    private Button[] actions(Incident each) {
        var buttons = new ArrayList<Button>();
        if (each.state() == State.OPEN) {
            var submission = model.submission();
            buttons.add(
                    Buttons.with(
                            Material2AL.DONE,
                            Buttons.primary(
                                    "incidents.acknowledge",
                                    text("acknowledge"),
                                    () -> model.acknowledge(submission, each))));
        }
        buttons.add(
                Buttons.with(
                        Material2AL.EDIT,
                        Buttons.plain("incidents.note", text("note"), () -> askNote(each))));
        buttons.add(
                Buttons.with(
                        Material2AL.DONE_ALL,
                        Buttons.plain("incidents.close", text("close"), () -> askClose(each))));
        buttons.forEach(button -> Buttons.allowedWhile(mayManage, context, button));
        return buttons.toArray(Button[]::new);
    }

    private void askNote(Incident each) {
        var submission = model.submission();
        TextArea words = area("incidents.note.text");
        new FormDialog(
                        context,
                        "incidents.note.form",
                        text("note.title", each.subject()),
                        submission)
                .checked("text", "incidents.note.words", words, model::noteProblem)
                .open(
                        text("note"),
                        words,
                        close -> model.note(submission, each, words.getText(), close));
    }

    private void askClose(Incident each) {
        var submission = model.submission();
        TextArea words = area("incidents.close.text");
        new FormDialog(
                        context,
                        "incidents.close.form",
                        text("close.title", each.subject()),
                        submission)
                .say(text("close.say"))
                .field(
                        "text",
                        new FormField(text("close.words"), text("note.words.hint"), words)
                                .optional(context))
                .open(
                        text("close"),
                        words,
                        close -> model.close(submission, each, words.getText(), close));
    }

    private static TextArea area(String id) {
        var area = new TextArea();
        area.setId(id);
        area.setPrefRowCount(LINES);
        area.setWrapText(true);
        return area;
    }

    private String rule(Incident each) {
        var key = "incidents.rule." + each.rule();
        return context.messages().has(key) ? context.text(key) : each.rule();
    }

    private String word(Incident each) {
        return text("state." + lower(each.state()));
    }

    private static Tone tone(Incident each) {
        return switch (each.state()) {
            case OPEN -> Tone.DANGER;
            case ACKNOWLEDGED -> Tone.WARNING;
            case RESOLVED -> Tone.SUCCESS;
            case CLOSED -> Tone.NEUTRAL;
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private String text(String key, Object... values) {
        return context.text("incidents." + key, values);
    }
}
