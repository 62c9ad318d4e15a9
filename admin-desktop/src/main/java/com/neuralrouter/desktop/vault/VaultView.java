package com.neuralrouter.desktop.vault;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.ScreenFrame;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

import java.util.List;
import java.util.function.Function;

/** Shows the site's keys and its backups, side by side as two tabs that warn on their own. */
public final class VaultView implements Screen {
    private final KeysViewModel keys;
    private final BackupsViewModel backups;
    private final ViewContext context;
    private final KeysPane keysPane;
    private final BooleanBinding mayRotate;
    private final BooleanBinding mayBackUp;
    private final ScreenFrame node;

    public VaultView(
            KeysViewModel keys,
            BackupsViewModel backups,
            ConnectionModel connection,
            ViewContext context) {
        this.keys = keys;
        this.backups = backups;
        this.context = context;
        var mayManageKeys = connection.may(Permission.KEYS_MANAGE);
        var mayManageBackups = connection.may(Permission.BACKUPS_MANAGE);
        mayRotate = mayManageKeys.and(keys.rootIsReady());
        mayBackUp = mayManageBackups.and(backups.isReady());
        keysPane = new KeysPane(keys, mayManageKeys, context);
        var backupsPane = new BackupsPane(backups, mayManageBackups, context);
        var rotate =
                Buttons.with(
                        Material2AL.AUTORENEW,
                        Buttons.plain("vault.rotate", text("rotate"), keysPane::askRotateRoot));
        var tabs =
                new TabPane(
                        tab("keys", keysPane.node(), keys.loader(), KeysViewModel::warnings),
                        tab("backups", backupsPane.node(), backups.loader(), backups::warnings));
        tabs.setId("vault.tabs");
        tabs.setAccessibleText(text("title"));
        node =
                new ScreenFrame("vault", text("title"), text("subtitle"))
                        .actions(
                                Buttons.icon(
                                        "vault.refresh",
                                        Material2MZ.REFRESH,
                                        context.text("ui.refresh"),
                                        this::refresh),
                                Buttons.allowedWhile(
                                        mayManageKeys, keys.rootIsReady(), context, rotate),
                                backupsPane.backUpButton("vault.back_up"))
                        .body(tabs);
    }

    @Override
    public Parent node() {
        return node;
    }

    @Override
    public void shown() {
        keys.start();
        backups.start();
    }

    @Override
    public void hidden() {
        keys.stop();
        backups.stop();
    }

    @Override
    public void refresh() {
        keys.refresh();
        backups.refresh();
    }

    @Override
    public List<UiCommand> commands() {
        return List.of(
                new UiCommand(
                        "vault.back_up",
                        "vault.back_up",
                        Shortcut.of("Shortcut+N"),
                        mayBackUp,
                        backups::backUp),
                new UiCommand(
                        "vault.rotate",
                        "vault.rotate",
                        new Shortcut.None(),
                        mayRotate,
                        keysPane::askRotateRoot));
    }

    private <T> Tab tab(
            String name, Node content, Loader<T> loader, Function<T, List<Warning>> warnings) {
        var tab = new Tab(text(name), content);
        tab.setId("vault.tab." + name);
        tab.setClosable(false);
        loader.state()
                .addListener((_, _, state) ->
                        state.known()
                                .ifPresent(known -> mark(tab, name, warnings.apply(known).size())));
        return tab;
    }

    /** So that a warning is seen from the other tab too. */
    private void mark(Tab tab, String name, int warnings) {
        if (warnings == 0) {
            tab.setGraphic(null);
            tab.setText(text(name));
            return;
        }
        if (tab.getGraphic() == null) {
            var icon = new FontIcon(Material2AL.ERROR);
            icon.getStyleClass().addAll("row-icon", "warning");
            tab.setGraphic(icon);
        }
        tab.setText(text("tab.warnings", text(name), warnings));
    }

    private String text(String key, Object... values) {
        return context.text("vault." + key, values);
    }
}
