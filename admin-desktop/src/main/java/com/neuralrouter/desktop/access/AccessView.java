package com.neuralrouter.desktop.access;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.AccessList.Access;
import com.neuralrouter.contract.AccessList.Kind;
import com.neuralrouter.contract.AccessList.Remark;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.desktop.access.AccessViewModel.Part;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2MZ;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows who and what has access, says what to look at, and confirms that somebody has. */
public final class AccessView {
    private static final Insets BELOW = new Insets(0, 0, 16, 0);

    private final AccessViewModel model;
    private final ViewContext context;
    private final ConnectionModel connection;
    private final StackPane standing = new StackPane();

    public AccessView(AccessViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.connection = connection;
        this.context = context;
    }

    /** The screen; made once. */
    public Screen screen() {
        return new ListScreen<>("access", context, model, Material2MZ.VERIFIED_USER, columns())
                .identifiedBy(Access::id)
                .spare("since", "last_used", "until", "kind", "grants", "remarks")
                .detail(this::detail)
                .searched(model.search())
                .tools(part())
                .primary(
                        "confirm",
                        Material2MZ.VERIFIED_USER,
                        connection.may(Permission.AUDIT_MANAGE).and(model.isKnown()),
                        this::ask)
                .alsoShow(this::tellReview)
                .inside(this::belowReview);
    }

    private Node belowReview(Node list) {
        var body = new BorderPane(list);
        body.setTop(standing);
        BorderPane.setMargin(standing, BELOW);
        return body;
    }

    private void tellReview(AccessList read) {
        var banner =
                switch (AccessViewModel.review(read)) {
                    case NEVER -> banner(Tone.WARNING, text("review.never"));
                    case CHANGED -> banner(Tone.WARNING, text("review.changed", last(read)));
                    case CURRENT -> banner(Tone.SUCCESS, text("review.current", last(read)));
                };
        standing.getChildren().setAll(banner);
    }

    private static Banner banner(Tone tone, String words) {
        return new Banner("access.review", tone, words);
    }

    private String last(AccessList read) {
        return text("review.last", when(read.reviewedAt()), String.valueOf(read.reviewedBy()));
    }

    private Choice<Part> part() {
        var choice = new Choice<Part>("access.part", each -> text("part." + lower(each)));
        choice.setAccessibleText(text("part"));
        choice.getItems().setAll(Part.values());
        choice.valueProperty().bindBidirectional(model.part());
        return choice;
    }

    private List<Column<Access>> columns() {
        return List.of(
                Column.of("name", text("column.name"), 170, Look.STRONG, Access::name),
                Column.of("kind", text("column.kind"), 115, Look.TEXT, each -> kind(each.kind())),
                Column.of("grants", text("column.grants"), 215, Look.TEXT, this::grants),
                Column.nodes(
                        "remarks", text("column.remarks"), 285, this::remarks, this::remarkPills),
                Column.of(
                                "last_used",
                                text("column.last_used"),
                                115,
                                Look.TEXT,
                                (Access each) -> when(each.lastUsed()))
                        .sortedBy(each -> key(each.lastUsed())),
                Column.of(
                                "until",
                                text("column.until"),
                                115,
                                Look.TEXT,
                                (Access each) -> when(each.until()))
                        .sortedBy(each -> key(each.until())),
                Column.of(
                                "since",
                                text("column.since"),
                                115,
                                Look.MUTED,
                                (Access each) -> when(each.since()))
                        .sortedBy(Access::since));
    }

    private DetailPane detail(Access each) {
        var pane =
                new DetailPane("access.detail", context, each.name())
                        .fact(text("column.kind"), kind(each.kind()))
                        .fact(text("grants." + lower(each.kind())), grants(each));
        each.remarks()
                .forEach(remark -> pane.fact(word(remark), text("remark.advice." + lower(remark))));
        return pane.fact(text("column.since"), when(each.since()))
                .fact(
                        text("column.until"),
                        each.until() == null ? text("no_end") : when(each.until()))
                .fact(
                        text("column.last_used"),
                        each.lastUsed() == null ? text("not_known") : when(each.lastUsed()))
                .copyable("id", text("id"), each.id())
                .actions(
                        Buttons.with(
                                Material2OutlinedAL.ARROW_FORWARD,
                                Buttons.plain(
                                        "access.open",
                                        text(
                                                "open",
                                                context.text(
                                                        AccessViewModel.where(each.kind())
                                                                .titleKey())),
                                        () -> model.open(each))));
    }

    private void ask() {
        model.loader().known().ifPresent(this::ask);
    }

    private void ask(AccessList looked) {
        var submission = model.submission();
        var note = new TextField();
        note.setId("access.confirm.note");
        long remarked = looked.access().stream().filter(each -> !each.remarks().isEmpty()).count();
        new FormDialog(context, "access.confirm.form", text("confirm.title"), submission)
                .say(text("confirm.text", looked.access().size(), remarked))
                .checked("note", "access.confirm.note", note, model::noteProblem)
                .open(
                        text("confirm"),
                        note,
                        close -> model.confirm(submission, looked, note.getText(), close));
    }

    private String grants(Access each) {
        var role = "shell.role." + each.grants().toLowerCase(Locale.ROOT);
        return each.kind() == Kind.DEVICE && context.messages().has(role)
                ? context.text(role)
                : each.grants();
    }

    private String remarks(Access each) {
        return each.remarks().stream().map(this::word).collect(Collectors.joining(", "));
    }

    private Node remarkPills(Access each) {
        var pills = new HBox(4);
        pills.setAlignment(Pos.CENTER_LEFT);
        each.remarks()
                .forEach(remark ->
                        pills.getChildren().add(new StatusPill(tone(remark), word(remark))));
        return pills;
    }

    private static Tone tone(Remark remark) {
        return switch (remark) {
            case OWNER -> Tone.INFO;
            case UNUSED, NO_END, OLD -> Tone.WARNING;
        };
    }

    private String word(Remark remark) {
        return text("remark." + lower(remark));
    }

    private String kind(Kind kind) {
        return text("kind." + lower(kind));
    }

    private String when(@Nullable Instant at) {
        return at == null ? text("none") : context.formats().date(at);
    }

    /** What has no time comes last. */
    private static Instant key(@Nullable Instant at) {
        return at == null ? Instant.MAX : at;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private String text(String key, Object... values) {
        return context.text("access." + key, values);
    }
}
