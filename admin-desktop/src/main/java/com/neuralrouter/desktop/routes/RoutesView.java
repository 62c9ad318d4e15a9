package com.neuralrouter.desktop.routes;

import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.Route.Upstream;
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
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.material2.Material2AL;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows the models that apps can ask for, and where each leads, in order and with its health. */
public final class RoutesView {
    private static final String ALL = "*";

    private final RoutesViewModel model;
    private final ViewContext context;

    public RoutesView(RoutesViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
    }

    /** The screen; made once. */
    public Screen screen() {
        return new ListScreen<>("routes", context, model, Material2AL.ALT_ROUTE, columns())
                .identifiedBy(Route::id)
                .spare("name", "strategy", "workspaces", "upstreams")
                .detail(this::detail)
                .belowEmpty(this::command)
                .searched(model.search());
    }

    private List<Column<Route>> columns() {
        return List.of(
                Column.of("model", text("column.model"), 150, Look.STRONG, Route::model),
                Column.of("name", text("column.name"), 130, Look.TEXT, Route::name),
                Column.of(
                        "strategy",
                        text("column.strategy"),
                        150,
                        Look.TEXT,
                        route -> strategy(route.strategy())),
                Column.of(
                        "workspaces", text("column.workspaces"), 170, Look.MUTED, this::workspaces),
                Column.nodes(
                        "upstreams",
                        text("column.upstreams"),
                        320,
                        RoutesView::inOrder,
                        this::chain),
                Column.pills(
                        "health",
                        text("column.health"),
                        130,
                        route -> word(RoutesViewModel.serving(route)),
                        route -> tone(RoutesViewModel.serving(route))));
    }

    /** The upstreams as they are tried, each with its own health. */
    private Node chain(Route route) {
        var chain = new HBox(6);
        chain.setAlignment(Pos.CENTER_LEFT);
        for (Upstream upstream : route.upstreams()) {
            var state = upstream.health().state();
            if (!chain.getChildren().isEmpty()) {
                chain.getChildren().add(Texts.muted("→"));
            }
            var pill = new StatusPill(UpstreamCard.tone(state), upstream.providerName());
            pill.setAccessibleText(
                    upstream.providerName() + ": " + UpstreamCard.word(context, state));
            chain.getChildren().add(pill);
        }
        return chain;
    }

    private DetailPane detail(Route route) {
        var serving = RoutesViewModel.serving(route);
        var upstreams = new VBox(8);
        for (int i = 0; i < route.upstreams().size(); i++) {
            upstreams
                    .getChildren()
                    .add(
                            new UpstreamCard(
                                    "routes.detail.upstream." + (i + 1),
                                    context,
                                    i + 1,
                                    route.upstreams().get(i)));
        }
        return new DetailPane("routes.detail", context, route.model())
                .node(text("column.health"), new StatusPill(tone(serving), word(serving)))
                .fact(text("column.name"), route.name())
                .fact(text("column.strategy"), strategy(route.strategy()))
                .fact(text("column.workspaces"), workspaces(route))
                .node(text("upstreams"), upstreams)
                .fact(text("created"), context.formats().dateTime(route.createdAt()))
                .copyable("id", text("id"), route.id().toString());
    }

    /** What teaches how routes come about. */
    private HBox command() {
        var command = Texts.mono(RoutesViewModel.APPLY);
        command.setId("routes.empty.command");
        var line =
                new HBox(
                        8,
                        command,
                        new CopyButton(
                                "routes.empty.copy",
                                context,
                                text("empty.copy"),
                                () -> RoutesViewModel.APPLY));
        line.setAlignment(Pos.CENTER);
        return line;
    }

    private String workspaces(Route route) {
        return route.workspaces().contains(ALL)
                ? text("workspaces.all")
                : String.join(", ", route.workspaces());
    }

    private String strategy(Route.Strategy strategy) {
        return text("strategy." + strategy.name().toLowerCase(Locale.ROOT));
    }

    private static String inOrder(Route route) {
        return route.upstreams().stream()
                .map(Upstream::providerName)
                .collect(Collectors.joining(" → "));
    }

    private String word(RoutesViewModel.Serving serving) {
        return text("serving." + serving.name().toLowerCase(Locale.ROOT));
    }

    private static Tone tone(RoutesViewModel.Serving serving) {
        return switch (serving) {
            case WELL -> Tone.SUCCESS;
            case DEGRADED -> Tone.WARNING;
            case NOT -> Tone.DANGER;
            case UNUSED -> Tone.NEUTRAL;
        };
    }

    private String text(String key, Object... values) {
        return context.text("routes." + key, values);
    }
}
