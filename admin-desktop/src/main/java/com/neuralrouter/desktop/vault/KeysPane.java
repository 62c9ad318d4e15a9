package com.neuralrouter.desktop.vault;

import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.VaultStatus.WorkspaceKey;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.ConfirmDialog;
import com.neuralrouter.desktop.ui.DataTable;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.ListPane;
import com.neuralrouter.desktop.ui.StateView;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tile;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.ProgressBar;

import org.kordamp.ikonli.material2.Material2AL;

import java.util.List;

/** The seal, the root key and the workspaces' keys: how old they are, and what is being rotated. */
final class KeysPane {
    private final KeysViewModel model;
    private final ViewContext context;
    private final BooleanBinding mayManage;
    private final WarningBox warnings;
    private final Tile seal;
    private final Tile root;
    private final Tile rotation;
    private final ProgressBar progress = new ProgressBar(0);
    private final DataTable<WorkspaceKey> table;
    private final StateView<VaultStatus> node;

    KeysPane(KeysViewModel model, BooleanBinding mayManage, ViewContext context) {
        this.model = model;
        this.mayManage = mayManage;
        this.context = context;
        warnings = new WarningBox("vault.keys.warning", context);
        seal = new Tile("vault.seal", text("seal"));
        root = new Tile("vault.root", text("root"));
        progress.setId("vault.rotation.progress");
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setAccessibleText(text("rotation"));
        rotation = new Tile("vault.rotation", text("rotation")).with(progress);
        table =
                new DataTable<>("vault.keys.table", context, text("keys.table"), columns())
                        .identifiedBy(WorkspaceKey::workspaceId)
                        .spare("version", "since")
                        .placeholder(Texts.muted(text("keys.none")));
        var content =
                new TabBody(
                        new ListPane<>(table, this::detail),
                        warnings,
                        Tile.row(seal, root, rotation));
        node =
                new StateView<>("vault.keys.state", context, model.loader(), model::start)
                        .givenUpBy(model::stop)
                        .content(content, this::show);
    }

    Node node() {
        return node;
    }

    /** Asks before the root key is rotated. */
    void askRotateRoot() {
        var submission = model.submission();
        ConfirmDialog.send(
                context,
                "vault.rotate.confirm",
                new ConfirmDialog.Question(
                        text("rotate.title"), text("rotate.consequence"), text("rotate")),
                submission,
                close -> model.rotateRoot(submission, close));
    }

    private void show(VaultStatus status) {
        var formats = context.formats();
        warnings.show(KeysViewModel.warnings(status));
        var kind = "vault.seal." + status.seal();
        boolean known = context.messages().has(kind);
        seal.show(
                known ? context.text(kind) : status.seal(),
                known ? context.text(kind + ".text") : text("seal.unknown"));
        root.show(
                text("version", status.rootKeyVersion()),
                text("root.since", formats.date(status.rootKeyCreatedAt())));
        boolean rotating = KeysViewModel.rotating(status);
        rotation.show(
                rotating
                        ? text("rotation.left", formats.number(status.pending()))
                        : text("rotation.none"),
                text(rotating ? "rotation.left.text" : "rotation.none.text"));
        progress.setVisible(rotating);
        progress.setManaged(rotating);
        progress.setProgress(model.progress(status));
        table.show(model.rows(status));
    }

    private List<Column<WorkspaceKey>> columns() {
        return List.of(
                Column.of(
                        "workspace",
                        text("column.workspace"),
                        180,
                        Look.STRONG,
                        WorkspaceKey::workspace),
                Column.of(
                                "version",
                                text("column.version"),
                                110,
                                Look.TEXT,
                                (WorkspaceKey key) -> text("version", key.version()))
                        .sortedBy(WorkspaceKey::version),
                Column.of(
                                "since",
                                text("column.since"),
                                150,
                                Look.TEXT,
                                (WorkspaceKey key) -> context.formats().date(key.createdAt()))
                        .sortedBy(WorkspaceKey::createdAt),
                Column.pills("state", text("column.state"), 150, this::state, KeysPane::tone));
    }

    private DetailPane detail(WorkspaceKey key) {
        var rotate =
                Buttons.with(
                        Material2AL.AUTORENEW,
                        Buttons.plain(
                                "vault.keys.rotate", text("keys.rotate"), () -> askRotate(key)));
        return new DetailPane("vault.keys.detail", context, key.workspace())
                .node(text("column.state"), new StatusPill(tone(key), state(key)))
                .fact(text("column.version"), text("version", key.version()))
                .fact(text("column.since"), context.formats().dateTime(key.createdAt()))
                .fact(text("keys.older"), context.formats().number(key.olderVersions()))
                .copyable("id", text("keys.id"), key.workspaceId().toString())
                .actions(Buttons.allowedWhile(mayManage, context, rotate));
    }

    private void askRotate(WorkspaceKey key) {
        var submission = model.submission();
        ConfirmDialog.send(
                context,
                "vault.keys.rotate.confirm",
                new ConfirmDialog.Question(
                        text("keys.rotate.title", key.workspace()),
                        text("keys.rotate.consequence"),
                        text("keys.rotate")),
                submission,
                close -> model.rotate(submission, key, close));
    }

    private String state(WorkspaceKey key) {
        return text(KeysViewModel.rotating(key) ? "keys.rotating" : "keys.settled");
    }

    private static Tone tone(WorkspaceKey key) {
        return KeysViewModel.rotating(key) ? Tone.INFO : Tone.SUCCESS;
    }

    private String text(String key, Object... values) {
        return context.text("vault." + key, values);
    }
}
