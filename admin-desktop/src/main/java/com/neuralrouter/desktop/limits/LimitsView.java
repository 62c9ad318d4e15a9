package com.neuralrouter.desktop.limits;

import com.neuralrouter.desktop.limits.Allowance.Kind;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.CopyButton;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;

import org.kordamp.ikonli.material2.Material2MZ;

import java.util.List;
import java.util.Locale;

/** Shows how much of each limit and budget is used. */
public final class LimitsView {
    private static final double BAR = 58;
    private static final double WHOLE = 100.0;

    private final LimitsViewModel model;
    private final ViewContext context;

    public LimitsView(LimitsViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
    }

    /** The screen; made once. */
    public Screen screen() {
        return new ListScreen<>("limits", context, model, Material2MZ.SPEED, columns())
                .identifiedBy(Allowance::key)
                .spare("ends", "used", "standing", "share", "what")
                .detail(this::detail)
                .searched(model.search())
                .belowEmpty(this::command);
    }

    private Node command() {
        var line =
                new HBox(
                        8,
                        Texts.mono(LimitsViewModel.APPLY),
                        new CopyButton(
                                "limits.empty.copy",
                                context,
                                context.text("ui.copy"),
                                () -> LimitsViewModel.APPLY));
        line.setAlignment(Pos.CENTER);
        return line;
    }

    private List<Column<Allowance>> columns() {
        return List.of(
                Column.of("whose", text("column.whose"), 222, Look.STRONG, this::whose),
                Column.of("what", text("column.what"), 165, Look.TEXT, this::what),
                Column.pills(
                        "standing", text("column.standing"), 132, this::word, LimitsView::tone),
                Column.nodes("share", text("column.share"), 132, this::percent, this::share)
                        .sortedBy(Allowance::percent),
                Column.of("used", text("column.used"), 200, Look.NUMBER, this::used)
                        .sortedBy(Allowance::used),
                Column.of("ends", text("column.ends"), 115, Look.MUTED, this::ends));
    }

    private DetailPane detail(Allowance each) {
        var pane =
                new DetailPane("limits.detail", context, what(each))
                        .node(text("column.standing"), new StatusPill(tone(each), word(each)))
                        .fact(text("column.whose"), whose(each))
                        .fact(text("column.used"), used(each))
                        .node(text("column.share"), share(each))
                        .fact(text("meaning"), meaning(each.kind()));
        each.ends()
                .ifPresent(end -> pane.fact(text("column.ends"), context.formats().dateTime(end)));
        return pane;
    }

    private Node share(Allowance each) {
        var line = new HBox(8, bar(each), Texts.caption(percent(each)));
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private Node bar(Allowance each) {
        var bar = new ProgressBar(Math.min(1, each.percent() / WHOLE));
        bar.setPrefWidth(BAR);
        bar.getStyleClass()
                .addAll("share", "share-" + each.standing().name().toLowerCase(Locale.ROOT));
        bar.setAccessibleText(percent(each));
        return bar;
    }

    private String whose(Allowance each) {
        return switch (each.level()) {
            case SITE -> text("whose.site");
            case WORKSPACE -> each.workspace();
            case KEY -> text("whose.key", each.workspace(), each.name());
            case ROUTE -> text("whose.route", each.name());
        };
    }

    private String what(Allowance each) {
        return switch (each.kind()) {
            case REQUESTS -> text("what.requests");
            case TOKENS -> text("what.tokens");
            case CONCURRENT -> text("what.concurrent");
            case BUDGET_MONEY -> text("what.money", each.budget());
            case BUDGET_TOKENS -> text("what.budget_tokens", each.budget());
        };
    }

    private String meaning(Kind kind) {
        return switch (kind) {
            case REQUESTS, TOKENS -> text("meaning.rate");
            case CONCURRENT -> text("meaning.concurrent");
            case BUDGET_MONEY, BUDGET_TOKENS -> text("meaning.budget");
        };
    }

    private String used(Allowance each) {
        return text("used", amount(each, each.used()), amount(each, each.limit()));
    }

    private String amount(Allowance each, long value) {
        return each.kind() == Kind.BUDGET_MONEY
                ? context.formats().amount(value)
                : context.formats().number(value);
    }

    private String percent(Allowance each) {
        return text("percent", context.formats().number(each.percent()));
    }

    private String ends(Allowance each) {
        var now = context.clock().instant();
        return each.ends()
                .map(end -> context.formats().ahead(end, now))
                .orElseGet(() -> text("ends.none"));
    }

    private String word(Allowance each) {
        return text("standing." + each.standing().name().toLowerCase(Locale.ROOT));
    }

    private static Tone tone(Allowance each) {
        return switch (each.standing()) {
            case FREE -> Tone.SUCCESS;
            case NEARLY -> Tone.WARNING;
            case USED_UP -> Tone.DANGER;
        };
    }

    private String text(String key, Object... values) {
        return context.text("limits." + key, values);
    }
}
