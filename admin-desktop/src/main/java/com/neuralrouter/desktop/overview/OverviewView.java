package com.neuralrouter.desktop.overview;

import atlantafx.base.theme.Styles;

import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.desktop.i18n.Formats;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.CopyButton;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.ScreenFrame;
import com.neuralrouter.desktop.ui.StateView;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tile;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** Shows a site at a glance: four figures, what needs somebody, and what is left to set up. */
public final class OverviewView implements Screen {
    private static final double MEDIAN = 0.5;
    private static final double MOST = 0.95;
    private static final double BAR = 18;

    private final OverviewViewModel model;
    private final ViewContext context;
    private final Formats formats;
    private final VBox column = new VBox(20);
    private final ScreenFrame node;

    public OverviewView(OverviewViewModel model, ViewContext context) {
        this.model = model;
        this.context = context;
        formats = context.formats();
        var scroll = new ScrollPane(column);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("bare-scroll");
        // The bar stands in the screen's margin, so that cards end where the title's line ends.
        column.setPadding(new Insets(0, BAR, 0, 0));
        StackPane.setMargin(scroll, new Insets(0, -BAR, 0, 0));
        node =
                new ScreenFrame("overview", text("title"), text("subtitle"))
                        .actions(
                                Buttons.icon(
                                        "overview.refresh",
                                        Material2MZ.REFRESH,
                                        context.text("ui.refresh"),
                                        model::refresh))
                        .body(
                                new StateView<>(
                                                "overview.state",
                                                context,
                                                model.overview(),
                                                model::refresh)
                                        .content(scroll, this::show));
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

    private void show(Overview overview) {
        column.getChildren().setAll(tiles(overview));
        if (!overview.settled()) {
            column.getChildren().add(checklist(overview));
        }
        column.getChildren().addAll(attention(overview), connection(overview));
    }

    private GridPane tiles(Overview overview) {
        var requests = overview.window().size();
        var count = (overview.windowIsCut() ? "> " : "") + formats.number(requests);
        long healthy = overview.upstreams(HealthState.HEALTHY);
        var answered = requests > overview.failures() + overview.refusals();
        return Tile.row(
                tile(
                        "requests",
                        count,
                        context.text(
                                "overview.tile.requests.note",
                                overview.failures(),
                                overview.refusals())),
                tile(
                        "latency",
                        answered ? formats.latency(overview.firstByteMicros(MEDIAN)) : "–",
                        answered
                                ? context.text(
                                        "overview.tile.latency.note",
                                        formats.latency(overview.firstByteMicros(MOST)))
                                : text("tile.latency.none")),
                tile(
                        "upstreams",
                        context.text(
                                "overview.tile.upstreams.figure",
                                healthy,
                                overview.upstreams().size()),
                        context.text(
                                "overview.tile.upstreams.note",
                                overview.upstreams(HealthState.FAILING),
                                overview.upstreams(HealthState.UNKNOWN))),
                tile(
                        "workspaces",
                        formats.number(overview.workspaces().size()),
                        context.text("overview.tile.workspaces.note", overview.routes().size())));
    }

    private Tile tile(String name, String figure, String note) {
        return new Tile("overview.tile." + name, text("tile." + name)).show(figure, note);
    }

    private VBox checklist(Overview overview) {
        var card = card("overview.checklist", text("checklist"), text("checklist.text"));
        var list = new VBox();
        for (Overview.Task task : overview.checklist()) {
            var icon =
                    icon(
                            task.done()
                                    ? Material2AL.CHECK_CIRCLE
                                    : Material2MZ.RADIO_BUTTON_UNCHECKED,
                            task.done() ? "done" : "open");
            list.getChildren()
                    .add(
                            row(
                                    icon,
                                    context.text(task.key()),
                                    context.text(task.key() + ".text"),
                                    task.done()
                                            ? new HBox()
                                            : goTo("overview.checklist", task.where())));
        }
        return framed(card, list);
    }

    private VBox attention(Overview overview) {
        var card = card("overview.attention", text("attention"), "");
        var list = new VBox();
        for (Overview.Attention each : overview.attention()) {
            list.getChildren()
                    .add(
                            row(
                                    icon(Material2AL.ERROR, "warning"),
                                    context.text(each.key(), each.values().toArray()),
                                    "",
                                    goTo("overview.attention", each.where())));
        }
        if (list.getChildren().isEmpty()) {
            list.getChildren()
                    .add(
                            row(
                                    icon(Material2AL.CHECK_CIRCLE, "done"),
                                    text("attention.none"),
                                    "",
                                    new HBox()));
        }
        return framed(card, list);
    }

    private VBox connection(Overview overview) {
        var status = overview.status();
        var card = card("overview.connection", text("connect"), text("connect.text"));
        var url = Texts.mono(status.inferenceUrl());
        url.setId("overview.url");
        var copy =
                new CopyButton(
                        "overview.url.copy", context, text("connect.copy"), status::inferenceUrl);
        var line = new HBox(8, url, copy);
        line.setAlignment(Pos.CENTER_LEFT);
        card.getChildren()
                .addAll(
                        line,
                        Texts.caption(
                                context.text(
                                        "overview.running",
                                        status.version(),
                                        formats.dateTime(status.startedAt()),
                                        status.installation())));
        return card;
    }

    private VBox card(String id, String title, String text) {
        var head = new VBox(4, Texts.heading(title));
        if (!text.isEmpty()) {
            head.getChildren().add(Texts.muted(text));
        }
        var card = new VBox(head);
        card.setId(id);
        card.getStyleClass().add("card");
        return card;
    }

    private static VBox framed(VBox card, VBox list) {
        if (list.getChildren().getFirst() instanceof HBox first) {
            first.getStyleClass().add("first");
        }
        card.getChildren().add(list);
        return card;
    }

    private static HBox row(Node icon, String title, String text, Node action) {
        var name = Texts.body(title);
        name.getStyleClass().add("row-title");
        var words = new VBox(2, name);
        if (!text.isEmpty()) {
            words.getChildren().add(Texts.muted(text));
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setAlignment(Pos.CENTER_LEFT);
        var row = new HBox(icon, words, action);
        row.getStyleClass().add("list-row");
        return row;
    }

    private static FontIcon icon(Ikon code, String style) {
        var icon = new FontIcon(code);
        icon.getStyleClass().addAll("row-icon", style);
        return icon;
    }

    private Button goTo(String prefix, Destination destination) {
        Button button =
                Buttons.with(
                        Material2OutlinedAL.ARROW_FORWARD,
                        Buttons.plain(
                                prefix + "." + destination.id(),
                                context.text(destination.titleKey()),
                                () -> model.go(destination)));
        button.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private String text(String key) {
        return context.text("overview." + key);
    }
}
