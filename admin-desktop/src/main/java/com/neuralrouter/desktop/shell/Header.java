package com.neuralrouter.desktop.shell;

import atlantafx.base.controls.Popover;

import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ToastLayer;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.application.ColorScheme;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The line above every screen: go anywhere, what was told, the theme, and who is signed in. */
final class Header {
    private static final int NOTICES_SHOWN = 12;

    private final Session session;
    private final ViewContext context;
    private final HBox node = new HBox();
    private final Label initials = new Label("");
    private final Label name = new Label("");
    private final Label role = Texts.caption("");

    Header(Session session, CommandRegistry commands) {
        this.session = session;
        context = session.view();
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        node.getStyleClass().add("header");
        node.setAlignment(Pos.CENTER_LEFT);
        node.getChildren()
                .addAll(
                        commandBox(commands),
                        gap,
                        notices(),
                        theme(),
                        help(commands),
                        me(),
                        leave());
        session.connection()
                .status()
                .state()
                .addListener((_, _, load) ->
                        load.known().map(ApplianceStatus::you).ifPresent(this::show));
    }

    HBox node() {
        return node;
    }

    private Button commandBox(CommandRegistry commands) {
        var box =
                Buttons.with(
                        Material2OutlinedMZ.SEARCH,
                        Buttons.plain(
                                "shell.palette",
                                context.text("shell.palette.prompt"),
                                () -> CommandPalette.open(context, commands)));
        box.getStyleClass().add("command-box");
        return box;
    }

    private Button notices() {
        var bell =
                Buttons.icon(
                        "shell.notices",
                        Material2OutlinedMZ.NOTIFICATIONS_NONE,
                        context.text("shell.notices"),
                        () -> {});
        bell.setOnAction(_ -> showNotices(bell));
        return bell;
    }

    private void showNotices(Node below) {
        var list = new VBox(12);
        list.setPrefWidth(340);
        list.setId("shell.notices.list");
        if (context.notices().all().isEmpty()) {
            list.getChildren().add(Texts.muted(context.text("shell.notices.none")));
        }
        context.notices().all().stream()
                .limit(NOTICES_SHOWN)
                .forEach(notice -> list.getChildren().add(line(notice)));
        var popover = new Popover(list);
        popover.setTitle(context.text("shell.notices"));
        popover.setHeaderAlwaysVisible(true);
        popover.setArrowLocation(Popover.ArrowLocation.TOP_CENTER);
        popover.show(below);
    }

    private VBox line(Notices.Notice notice) {
        var now = Instant.now(context.clock());
        return new VBox(
                2,
                Texts.body(ToastLayer.sentence(context, notice)),
                Texts.caption(context.formats().ago(notice.at(), now)));
    }

    private Button theme() {
        var themes = session.preferences().themes();
        var button =
                Buttons.icon(
                        "shell.theme",
                        Material2OutlinedMZ.NIGHTS_STAY,
                        context.text("shell.theme"),
                        themes::toggle);
        var icon = (FontIcon) button.getGraphic();
        themes.inForce()
                .subscribe(scheme ->
                        icon.setIconCode(
                                scheme == ColorScheme.DARK
                                        ? Material2OutlinedMZ.WB_SUNNY
                                        : Material2OutlinedMZ.NIGHTS_STAY));
        return button;
    }

    private Button help(CommandRegistry commands) {
        return Buttons.icon(
                "shell.shortcuts",
                Material2OutlinedAL.HELP_OUTLINE,
                context.text("shell.shortcuts"),
                () -> ShortcutSheet.open(context, commands));
    }

    private HBox me() {
        var mark = new StackPane(initials);
        mark.getStyleClass().add("me-mark");
        name.getStyleClass().add("me-name");
        name.setId("shell.me");
        role.setId("shell.role");
        var words = new VBox(name, role);
        words.setAlignment(Pos.CENTER_LEFT);
        var me = new HBox(mark, words);
        me.getStyleClass().add("me");
        me.visibleProperty().bind(name.textProperty().isNotEmpty());
        return me;
    }

    private Button leave() {
        return Buttons.icon(
                "shell.leave",
                Material2OutlinedAL.EXIT_TO_APP,
                context.text("shell.leave"),
                session.preferences().leave());
    }

    private void show(ApplianceStatus.You you) {
        name.setText(you.name());
        role.setText(context.text("shell.role." + you.role().name().toLowerCase(Locale.ROOT)));
        initials.setText(
                Arrays.stream(you.name().split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .limit(2)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT))
                        .collect(Collectors.joining()));
    }
}
