package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.i18n.TroubleText;
import com.neuralrouter.desktop.ui.Banner;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.witness.AlarmBanner;
import com.neuralrouter.desktop.witness.LogDialog;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Parent;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The window while it is connected: sidebar, header, the screen that was gone to, and the status
 * bar. Screens are made when they are first gone to, and kept.
 */
public final class ShellView {
    private static final ObservableBooleanValue ALWAYS = new SimpleBooleanProperty(true);

    /** The keys 1 to 9 go to the first destinations; the others are reached by the palette. */
    private static final int DIGITS = 9;

    private final Session session;
    private final ViewContext context;
    private final Map<Destination, Function<Session, Screen>> factories;
    private final Map<Destination, Screen> screens = new EnumMap<>(Destination.class);
    private final CommandRegistry commands = new CommandRegistry();
    private final BorderPane node = new BorderPane();
    private final BorderPane middle = new BorderPane();
    private final VBox top = new VBox();
    private final VBox line = new VBox();
    private final StatusBar statusBar;
    private Optional<Screen> shown = Optional.empty();

    /** The map says how each screen is made; what is not in it can't be gone to. */
    public ShellView(Session session, Map<Destination, Function<Session, Screen>> factories) {
        this.session = session;
        this.factories = new EnumMap<>(factories);
        context = session.view();
        registerCommands();
        top.getChildren()
                .addAll(
                        new Header(session, commands).node(),
                        new AlarmBanner(session.witness(), context).node(),
                        line);
        middle.setTop(top);
        node.getStyleClass().add("shell");
        node.setLeft(new Sidebar(session, factories.keySet()).node());
        node.setCenter(middle);
        statusBar = new StatusBar(session);
        node.setBottom(statusBar.node());
        node.addEventFilter(KeyEvent.KEY_PRESSED, commands::handle);
        session.navigator().current().addListener((_, _, now) -> show(now));
        session.navigator().guardedBy(() -> shown.map(Screen::mayLeave).orElse(true));
        session.connection().state().addListener((_, before, now) -> follow(before, now));
    }

    public Parent node() {
        return node;
    }

    /** Begins to show the current destination. */
    public void start() {
        show(session.navigator().current().get());
    }

    /** Leaves the screen that is shown; the connection is about to be left. */
    public void stop() {
        shown.ifPresent(Screen::hidden);
        shown = Optional.empty();
        statusBar.stop();
        context.dialogs().closeAll();
    }

    /** What can be done at the moment. */
    public CommandRegistry commands() {
        return commands;
    }

    private void show(Destination destination) {
        var factory = factories.get(destination);
        if (factory == null) {
            return;
        }
        shown.ifPresent(Screen::hidden);
        var screen = screens.computeIfAbsent(destination, _ -> factory.apply(session));
        shown = Optional.of(screen);
        middle.setCenter(screen.node());
        commands.screen(screen.commands());
        screen.shown();
    }

    private void follow(Connection before, Connection now) {
        line.getChildren().clear();
        switch (now) {
            case Connection.Connecting() -> {}
            case Connection.Online(Instant _) -> {
                session.witness().check();
                if (before instanceof Connection.Reconnecting) {
                    shown.ifPresent(Screen::refresh);
                }
            }
            case Connection.Reconnecting(Trouble trouble) ->
                    line.getChildren().add(banner(Tone.WARNING, "shell.reconnecting", trouble));
            case Connection.Refused(Trouble trouble) ->
                    line.getChildren().add(banner(Tone.DANGER, "shell.refused", trouble));
        }
    }

    private Banner banner(Tone tone, String key, Trouble trouble) {
        var sentence = TroubleText.of(trouble, context.messages()).sentence();
        var banner = new Banner("shell.banner", tone, context.text(key, sentence));
        banner.getStyleClass().add("wide");
        return banner.action(
                Buttons.plain(
                        "shell.banner.retry",
                        context.text("ui.retry"),
                        session.connection()::refresh));
    }

    private void registerCommands() {
        int digit = 1;
        for (Destination each : factories.keySet()) {
            commands.add(
                    new UiCommand(
                            "go." + each.id(),
                            each.titleKey(),
                            keys(each, digit),
                            session.connection().may(each.permission()),
                            () -> session.navigator().go(each)));
            digit++;
        }
        command("palette", "Shortcut+K", () -> CommandPalette.open(context, commands));
        command("shortcuts", "F1", () -> ShortcutSheet.open(context, commands));
        command("refresh", "F5", () -> shown.ifPresent(Screen::refresh));
        command("back", "Alt+Left", session.navigator()::back);
        command("forward", "Alt+Right", session.navigator()::forward);
        command("log", "Shortcut+L", () -> LogDialog.open(session.witness(), context));
        command("theme", "Shortcut+Shift+L", session.preferences().themes()::toggle);
        commands.add(
                new UiCommand(
                        "leave",
                        "shell.leave",
                        new Shortcut.None(),
                        ALWAYS,
                        session.preferences().leave()));
    }

    private static Shortcut keys(Destination destination, int digit) {
        if (destination == Destination.SETTINGS) {
            return Shortcut.of("Shortcut+Comma");
        }
        return digit <= DIGITS ? Shortcut.of("Shortcut+" + digit) : new Shortcut.None();
    }

    private void command(String id, String keys, Runnable action) {
        commands.add(new UiCommand(id, "shell.command." + id, Shortcut.of(keys), ALWAYS, action));
    }
}
