package com.neuralrouter.desktop.usage;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.UsageQuery.Period;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.contract.UsageReport.UsageSums;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tile;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows what requests came to, and writes it as a file. */
public final class UsageView {
    private static final Insets BELOW = new Insets(0, 0, 16, 0);

    private final UsageViewModel model;
    private final ViewContext context;
    private final ConnectionModel connection;
    private final Tile cost;
    private final Tile requests;
    private final Tile tokens;
    private final Label behind = Texts.muted("");

    public UsageView(UsageViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.connection = connection;
        this.context = context;
        cost = new Tile("usage.tile.cost", text("column.cost"));
        requests = new Tile("usage.tile.requests", text("column.requests"));
        tokens = new Tile("usage.tile.tokens", text("column.tokens"));
        behind.setId("usage.behind");
        behind.getStyleClass().add("table-foot");
    }

    /** The screen; made once. */
    public Screen screen() {
        var mayExport = connection.may(Permission.USAGE_EXPORT).and(model.exporting().not());
        var export =
                Buttons.with(
                        Material2OutlinedMZ.SAVE_ALT,
                        Buttons.primary("usage.export", text("export"), this::export));
        return new ListScreen<>("usage", context, model, Material2AL.BAR_CHART, columns())
                .spare("begins", "failed", "output", "input", "requests")
                .onlyWhile("begins", Bindings.notEqual(model.period(), Period.TOTAL))
                .detail(this::detail)
                .tools(
                        choice("range", "range.", model.range(), UsageViewModel.Range.values()),
                        choice("by", "by.", model.by(), UsageViewModel.By.values()),
                        choice("period", "period.", model.period(), Period.values()))
                .searched(model.search())
                .action(
                        Buttons.allowedWhile(mayExport, context, export),
                        new UiCommand(
                                "usage.export",
                                "usage.export",
                                Shortcut.of("Shortcut+E"),
                                mayExport,
                                this::export))
                .alsoShow(this::tell)
                .foot(behind, _ -> {})
                .inside(this::belowTiles);
    }

    private Node belowTiles(Node list) {
        var tiles = Tile.row(cost, requests, tokens);
        var body = new BorderPane(list);
        body.setTop(tiles);
        BorderPane.setMargin(tiles, BELOW);
        return body;
    }

    private void tell(UsageReport read) {
        var formats = context.formats();
        var totals = read.totals();
        cost.show(
                totals.isEmpty()
                        ? text("none")
                        : totals.stream().map(this::money).collect(Collectors.joining(" + ")),
                text("tile.cost", totals.stream().mapToLong(UsageSums::unpriced).sum()));
        requests.show(
                sum(totals.stream().mapToLong(UsageSums::requests).sum()),
                text("tile.requests", totals.stream().mapToLong(UsageSums::failed).sum()));
        tokens.show(
                sum(
                        totals.stream()
                                .mapToLong(each -> each.inputTokens() + each.outputTokens())
                                .sum()),
                text("tile.tokens", totals.stream().mapToLong(UsageSums::estimated).sum()));
        behind.setText(
                read.behind() == 0
                        ? text(
                                "between",
                                formats.moment(read.since()),
                                formats.moment(read.until()))
                        : text("behind", read.behind()));
    }

    private String sum(long value) {
        return context.formats().number(value);
    }

    private <T extends Enum<T>> Choice<T> choice(
            String name, String words, ObjectProperty<T> value, T[] all) {
        var choice =
                new Choice<T>(
                        "usage." + name,
                        each -> text(words + each.name().toLowerCase(Locale.ROOT)));
        choice.setAccessibleText(text(name));
        choice.getItems().setAll(all);
        choice.valueProperty().bindBidirectional(value);
        return choice;
    }

    private List<Column<UsageRow>> columns() {
        return List.of(
                Column.of("what", text("column.what"), 220, Look.STRONG, this::what),
                Column.of("begins", text("column.begins"), 170, Look.MUTED, this::begins),
                number("cost", 110, row -> money(row.sums()), row -> row.sums().costMicros()),
                number(
                        "requests",
                        100,
                        row -> sum(row.sums().requests()),
                        row -> row.sums().requests()),
                number("failed", 105, row -> sum(row.sums().failed()), row -> row.sums().failed()),
                number(
                        "input",
                        115,
                        row -> sum(row.sums().inputTokens()),
                        row -> row.sums().inputTokens()),
                number(
                        "output",
                        115,
                        row -> sum(row.sums().outputTokens()),
                        row -> row.sums().outputTokens()));
    }

    private Column<UsageRow> number(
            String name,
            double width,
            Function<UsageRow, String> words,
            ToLongFunction<UsageRow> value) {
        return Column.of(name, text("column." + name), width, Look.NUMBER, words)
                .sortedBy(value::applyAsLong);
    }

    private DetailPane detail(UsageRow row) {
        var sums = row.sums();
        var formats = context.formats();
        var pane = new DetailPane("usage.detail", context, what(row));
        fact(pane, "workspace", row.workspace());
        fact(pane, "api_key", row.apiKey());
        fact(pane, "model", row.model());
        fact(pane, "provider", row.provider());
        if (row.begins() != null) {
            pane.fact(text("column.begins"), begins(row));
        }
        return pane.fact(text("column.cost"), money(sums))
                .fact(text("unpriced"), sum(sums.unpriced()))
                .fact(text("column.requests"), sum(sums.requests()))
                .fact(text("column.failed"), sum(sums.failed()))
                .fact(text("column.input"), sum(sums.inputTokens()))
                .fact(text("cached"), sum(sums.cachedInputTokens()))
                .fact(text("cache_write"), sum(sums.cacheWriteTokens()))
                .fact(text("column.output"), sum(sums.outputTokens()))
                .fact(text("reasoning"), sum(sums.reasoningTokens()))
                .fact(text("estimated"), sum(sums.estimated()))
                .fact(
                        text("duration"),
                        sums.requests() == 0
                                ? text("none")
                                : formats.latency(sums.durationMicros() / sums.requests()));
    }

    private void fact(DetailPane pane, String name, @Nullable String value) {
        if (value != null) {
            pane.fact(text("dimension." + name), value);
        }
    }

    private String what(UsageRow row) {
        var names =
                Stream.of(row.workspace(), row.apiKey(), row.model(), row.provider())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" · "));
        return names.isEmpty() ? text("all") : names;
    }

    private String begins(UsageRow row) {
        var begins = row.begins();
        if (begins == null) {
            return text("none");
        }
        return model.period().get() == Period.DAY
                ? context.formats().date(begins)
                : context.formats().moment(begins);
    }

    private String money(UsageSums sums) {
        return context.formats().money(sums.costMicros(), sums.currency());
    }

    private void export() {
        context.files().choose(text("export"), model.fileName()).ifPresent(model::export);
    }

    private String text(String key, Object... values) {
        return context.text("usage." + key, values);
    }
}
