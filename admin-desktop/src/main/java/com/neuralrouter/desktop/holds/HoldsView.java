package com.neuralrouter.desktop.holds;

import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.TypedConfirmDialog;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.TextField;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows legal holds, places and lifts them, and erases a name from the readable entries. */
public final class HoldsView {
    private static final Duration DAY = Duration.ofDays(1);

    private final HoldsViewModel model;
    private final ViewContext context;
    private final BooleanBinding mayManage;

    public HoldsView(HoldsViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.context = context;
        mayManage = connection.may(Permission.AUDIT_MANAGE);
    }

    /** The screen; made once. */
    public Screen screen() {
        var erase =
                Buttons.with(
                        Material2OutlinedAL.BACKSPACE,
                        Buttons.plain("holds.erase", text("erase"), this::askErase));
        return new ListScreen<>("holds", context, model, Material2AL.GAVEL, columns())
                .identifiedBy(LegalHold::id)
                .spare("placed", "entries")
                .detail(this::detail)
                .searched(model.search())
                .action(
                        Buttons.allowedWhile(mayManage, context, erase),
                        new UiCommand(
                                "holds.erase",
                                "holds.erase",
                                new Shortcut.None(),
                                mayManage,
                                this::askErase))
                .primary("place", Material2AL.ADD, mayManage, this::askPlace);
    }

    private List<Column<LegalHold>> columns() {
        return List.of(
                Column.of("name", text("column.name"), 200, Look.STRONG, LegalHold::name),
                Column.pills("state", text("column.state"), 120, this::word, HoldsView::tone),
                Column.of("entries", text("column.entries"), 395, Look.TEXT, this::entries),
                Column.of(
                                "placed",
                                text("column.placed"),
                                190,
                                Look.MUTED,
                                (LegalHold each) -> context.formats().moment(each.placedAt()))
                        .sortedBy(LegalHold::placedAt));
    }

    private DetailPane detail(LegalHold hold) {
        var formats = context.formats();
        var pane =
                new DetailPane("holds.detail", context, hold.name())
                        .node(text("column.state"), new StatusPill(tone(hold), word(hold)))
                        .fact(text("workspace"), orAny(hold.workspace(), "workspace.any"))
                        .fact(text("actor"), orAny(hold.actor(), "actor.any"))
                        .fact(text("since"), day(hold.since()).orElseGet(() -> text("since.any")))
                        .fact(text("until"), lastDay(hold).orElseGet(() -> text("until.any")))
                        .fact(text("column.placed"), formats.dateTime(hold.placedAt()));
        var liftedAt = hold.liftedAt();
        if (liftedAt != null) {
            pane.fact(text("lifted_at"), formats.dateTime(liftedAt));
        }
        pane.copyable("id", text("id"), hold.id().toString());
        if (HoldsViewModel.isInForce(hold)) {
            var lift =
                    Buttons.with(
                            Material2OutlinedAL.LOCK_OPEN,
                            Buttons.danger("holds.lift", text("lift"), () -> askLift(hold)));
            pane.actions(Buttons.allowedWhile(mayManage, context, lift));
        }
        return pane;
    }

    private void askPlace() {
        var submission = model.submission();
        var name = field("name");
        var workspace = field("workspace");
        var actor = field("actor");
        var since = field("since");
        var until = field("until");
        new FormDialog(context, "holds.place.form", text("place.title"), submission)
                .say(text("place.text"))
                .checked("name", "holds.place.name", name, HoldDraft::nameProblem)
                .beginLine()
                .checked("workspace", "holds.place.workspace", workspace, _ -> Optional.empty())
                .checked("actor", "holds.place.actor", actor, _ -> Optional.empty())
                .endLine()
                .beginLine()
                .checked("since", "holds.place.since", since, HoldDraft::dayProblem)
                .checked("until", "holds.place.until", until, HoldDraft::dayProblem)
                .open(
                        text("place"),
                        name,
                        close ->
                                model.place(
                                        submission,
                                        new HoldDraft(
                                                name.getText(),
                                                workspace.getText(),
                                                actor.getText(),
                                                since.getText(),
                                                until.getText()),
                                        close));
    }

    private static TextField field(String name) {
        var field = new TextField();
        field.setId("holds.place." + name);
        return field;
    }

    private void askLift(LegalHold hold) {
        var submission = model.submission();
        TypedConfirmDialog.open(
                context,
                "holds.lift.confirm",
                new TypedConfirmDialog.Question(
                        text("lift.title", hold.name()),
                        text("lift.consequence"),
                        hold.name(),
                        text("lift")),
                submission,
                close -> model.lift(submission, hold, close));
    }

    private void askErase() {
        var submission = model.submission();
        var words = new TextField();
        words.setId("holds.erase.text");
        var again = new TextField();
        again.setId("holds.erase.again");
        new FormDialog(context, "holds.erase.form", text("erase.title"), submission)
                .say(text("erase.say"))
                .checked("text", "holds.erase.words", words, model::textProblem)
                .checked("again", "holds.erase.again", again, _ -> Optional.empty())
                .incompleteWhile(Bindings.notEqual(words.textProperty(), again.textProperty()))
                .takesAway()
                .open(
                        text("erase.submit"),
                        words,
                        close -> model.erase(submission, words.getText(), close));
    }

    /** What it is on, in one line. */
    private String entries(LegalHold hold) {
        var parts =
                Stream.of(
                                Optional.ofNullable(hold.workspace())
                                        .map(name -> text("entries.workspace", name)),
                                Optional.ofNullable(hold.actor())
                                        .map(id -> text("entries.actor", id)),
                                day(hold.since()).map(day -> text("entries.since", day)),
                                lastDay(hold).map(day -> text("entries.until", day)))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", "));
        return parts.isEmpty() ? text("entries.all") : parts;
    }

    private String orAny(@Nullable String value, String key) {
        return value == null ? text(key) : value;
    }

    private Optional<String> day(@Nullable Instant at) {
        return Optional.ofNullable(at).map(context.formats()::date);
    }

    /** The first time that it is not on is the end of the day before. */
    private Optional<String> lastDay(LegalHold hold) {
        return Optional.ofNullable(hold.until()).map(end -> context.formats().date(end.minus(DAY)));
    }

    private String word(LegalHold hold) {
        return text(HoldsViewModel.isInForce(hold) ? "state.in_force" : "state.lifted");
    }

    private static Tone tone(LegalHold hold) {
        return HoldsViewModel.isInForce(hold) ? Tone.SUCCESS : Tone.NEUTRAL;
    }

    private String text(String key, Object... values) {
        return context.text("holds." + key, values);
    }
}
