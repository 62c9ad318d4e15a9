package com.neuralrouter.desktop.routes;

import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.Route.Upstream;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.CopyButton;
import com.neuralrouter.desktop.ui.DataTable;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.EmptyState;
import com.neuralrouter.desktop.ui.ListPane;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.ScreenFrame;
import com.neuralrouter.desktop.ui.SearchField;
import com.neuralrouter.desktop.ui.StateView;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows the models that apps can ask for, and where each leads, in order and with its health. */
public final class RoutesView implements Screen {
    private static final String ALL = "*";

    private final RoutesViewModel model;
    private final ViewContext context;
    private final DataTable<Route> table;
    private final ScreenFrame node;

    public RoutesView(RoutesViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        table =
                new DataTable<>("routes.table", context, text("title"), columns())
                        .identifiedBy(Route::id)
                        .spare("name", "workspaces");
        node =
                new ScreenFrame("routes", text("title"), text("subtitle"))
                        .actions(
                                Buttons.icon(
                                        "routes.refresh",
                                        Material2MZ.REFRESH,
                                        context.text("ui.refresh"),
                                        model::refresh))
                        .tools(new SearchField("routes.search", text("search"), model.search()))
                        .body(
                                new StateView<>(
                                                "routes.state",
                                                context,
                                                model.routes(),
                                                model::refresh)
                                        .content(
                                                new ListPane<>(table, this::detail),
                                                all -> table.show(model.matching(all)))
                                        .whenEmpty(List::isEmpty, this::empty));
        model.search()
                .addListener((_, _, _) ->
                        model.routes().known().ifPresent(all -> table.show(model.matching(all))));
    }

    @Override
    public Parent node() {
        return node;
    }

    @Override
    public void shown() {
        model.start();
    }

    @Override
    public void hidden() {
        model.stop();
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    private List<Column<Route>> columns() {
        return List.of(
                Column.of("model", text("column.model"), 150, Look.STRONG, Route::model),
                Column.of("name", text("column.name"), 130, Look.TEXT, Route::name),
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
                .fact(text("column.workspaces"), workspaces(route))
                .node(text("upstreams"), upstreams)
                .fact(text("created"), context.formats().dateTime(route.createdAt()))
                .copyable("id", text("id"), route.id().toString());
    }

    private EmptyState empty() {
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
        var state = new EmptyState(Material2AL.ALT_ROUTE, text("empty.title"), text("empty.text"));
        state.getChildren().add(line);
        return state;
    }

    private String workspaces(Route route) {
        return route.workspaces().contains(ALL)
                ? text("workspaces.all")
                : String.join(", ", route.workspaces());
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
