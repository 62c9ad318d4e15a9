package com.neuralrouter.desktop.audit;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.material2.Material2AL;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Shows the audit trail, the newest entry first, with all that an entry says of the selected. */
public final class AuditView {
    private final AuditViewModel model;
    private final ViewContext context;
    private final Label count = Texts.muted("");
    private final Label log = Texts.muted("");
    private final Button older;

    public AuditView(AuditViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        count.setId("audit.count");
        log.setId("audit.log");
        older =
                Buttons.with(
                        Material2AL.EXPAND_MORE,
                        Buttons.plain("audit.older", text("older"), model::older));
        older.disableProperty().bind(model.loader().busy());
    }

    /** The screen; made once. */
    public Screen screen() {
        return new ListScreen<>("audit", context, model, Material2AL.FACT_CHECK, columns())
                .identifiedBy(AuditEntry::sequence)
                .spare("sequence", "target", "actor", "time")
                .detail(this::detail)
                .tools(new SearchPane(model, context).node())
                .foot(foot(), this::tellCount);
    }

    private VBox foot() {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var line = new HBox(12, count, gap, older);
        line.setAlignment(Pos.CENTER_LEFT);
        var foot = new VBox(4, line, log);
        foot.getStyleClass().add("table-foot");
        model.witness().last().subscribe(_ -> tellLog());
        model.witness().alarm().subscribe(_ -> tellLog());
        return foot;
    }

    private void tellCount(Trail trail) {
        boolean more = trail.older().isPresent();
        older.setVisible(more);
        count.setText(text(more ? "count.part" : "count.all", trail.entries().size()));
    }

    private void tellLog() {
        var formats = context.formats();
        if (model.witness().alarm().get().isPresent()) {
            log.setText(text("log.alarm"));
            return;
        }
        log.setText(
                model.witness()
                        .last()
                        .get()
                        .flatMap(look ->
                                look.outcome()
                                        .checkpoint()
                                        .map(tree ->
                                                text(
                                                        "log.good",
                                                        formats.number(tree.size()),
                                                        formats.time(look.at()),
                                                        witnesses(look.witnesses()))))
                        .orElseGet(() -> text("log.unchecked")));
    }

    private String witnesses(OptionalInt count) {
        return count.isPresent() ? text("log.witnesses", count.getAsInt()) : "";
    }

    private List<Column<AuditEntry>> columns() {
        return List.of(
                Column.of(
                                "sequence",
                                text("column.sequence"),
                                80,
                                Look.NUMBER,
                                (AuditEntry entry) -> context.formats().number(entry.sequence()))
                        .sortedBy(AuditEntry::sequence),
                Column.of(
                                "time",
                                text("column.time"),
                                185,
                                Look.TEXT,
                                (AuditEntry entry) -> context.formats().dateTime(entry.at()))
                        .briefly(148, entry -> context.formats().brief(entry.at()))
                        .sortedBy(AuditEntry::at),
                Column.of(
                        "actor",
                        text("column.actor"),
                        170,
                        Look.STRONG,
                        entry -> entry.actor().name()),
                Column.of("action", text("column.action"), 165, Look.MONO, AuditEntry::action),
                Column.of("target", text("column.target"), 220, Look.TEXT, this::target)
                        .shortFor(AuditEntry::target),
                Column.pills(
                        "outcome", text("column.outcome"), 110, this::outcome, AuditView::tone));
    }

    private DetailPane detail(AuditEntry entry) {
        var formats = context.formats();
        var actor = entry.actor();
        var address = actor.address();
        var workspace = entry.workspace();
        var pane =
                new DetailPane("audit.detail", context, entry.action())
                        .node(text("column.outcome"), new StatusPill(tone(entry), outcome(entry)))
                        .fact(text("column.sequence"), formats.number(entry.sequence()))
                        .fact(text("column.time"), formats.dateTime(entry.at()))
                        .fact(text("utc"), formats.utc(entry.at()))
                        .copyable("request", context.text("ui.request_id"), entry.requestId())
                        .fact(text("column.actor"), actor.name())
                        .fact(text("actor.type"), actorType(actor.type()))
                        .copyable("actor", text("actor.id"), actor.id());
        if (address != null) {
            pane.fact(text("actor.address"), address);
        }
        pane.copyable("target", text("column.target"), entry.target());
        Targets.name(entry, context.messages())
                .ifPresent(name -> pane.fact(text("target.name"), name));
        if (workspace != null) {
            pane.fact(text("workspace"), workspace);
        }
        entry.details().entrySet().stream()
                .filter(detail -> !Targets.isName(entry, detail.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(detail -> pane.fact(text("further", detail.getKey()), detail.getValue()));
        return pane.actions(
                Buttons.with(
                        Material2AL.FACT_CHECK,
                        Buttons.plain(
                                "audit.prove",
                                text("prove"),
                                () -> ProofDialog.open(model, context, entry))));
    }

    /** A word for the kinds we know; a newer appliance may have others. */
    private String actorType(String type) {
        var key = "audit.actor." + type;
        return context.messages().has(key) ? context.text(key) : type;
    }

    private String target(AuditEntry entry) {
        return Targets.shown(entry, context.messages());
    }

    private String outcome(AuditEntry entry) {
        return switch (entry.outcome()) {
            case DONE -> text("outcome.done");
            case REFUSED -> text("outcome.refused");
        };
    }

    private static Tone tone(AuditEntry entry) {
        return switch (entry.outcome()) {
            case DONE -> Tone.SUCCESS;
            case REFUSED -> Tone.WARNING;
        };
    }

    private String text(String key, Object... values) {
        return context.text("audit." + key, values);
    }
}
