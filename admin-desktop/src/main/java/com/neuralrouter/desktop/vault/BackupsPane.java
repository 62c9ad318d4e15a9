package com.neuralrouter.desktop.vault;

import com.neuralrouter.contract.Backup;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DataTable;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.EmptyState;
import com.neuralrouter.desktop.ui.ListPane;
import com.neuralrouter.desktop.ui.StateView;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.Tile;
import com.neuralrouter.desktop.ui.ViewContext;
import com.neuralrouter.desktop.vault.Stock.Kept;

import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;

import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The backups, how old the newest are, whether they are known to be good, and work on them. */
final class BackupsPane {
    private static final double KINDS = Backup.Kind.values().length;

    private final BackupsViewModel model;
    private final ViewContext context;
    private final BooleanBinding mayManage;
    private final BooleanBinding ready;
    private final WarningBox warnings;
    private final Tile data;
    private final Tile keys;
    private final Tile drill;
    private final ProgressBar progress = new ProgressBar();
    private final Label work = Texts.body("");
    private final HBox run = new HBox(12, progress, work);
    private final DataTable<Kept> table;
    private final StateView<Stock> node;

    BackupsPane(BackupsViewModel model, BooleanBinding mayManage, ViewContext context) {
        this.model = model;
        this.mayManage = mayManage;
        this.context = context;
        ready = model.isReady();
        warnings = new WarningBox("vault.backups.warning", context);
        data = new Tile("vault.data", text("data"));
        keys = new Tile("vault.key_backup", text("key_backup"));
        drill = new Tile("vault.drill", text("drill"));
        progress.setId("vault.run.progress");
        progress.setAccessibleText(text("run"));
        work.setId("vault.run");
        run.setAlignment(Pos.CENTER_LEFT);
        table =
                new DataTable<>("vault.backups.table", context, text("backups"), columns())
                        .identifiedBy(kept -> kept.backup().name())
                        .spare("name", "version", "size", "verified")
                        .placeholder(empty());
        var content =
                new TabBody(
                        new ListPane<>(table, this::detail),
                        warnings,
                        Tile.row(data, keys, drill),
                        run);
        node =
                new StateView<>("vault.backups.state", context, model.loader(), model::start)
                        .givenUpBy(model::stop)
                        .content(content, this::show);
    }

    Node node() {
        return node;
    }

    /** A button that makes a backup now. */
    Button backUpButton(String id) {
        var button =
                Buttons.with(
                        Material2AL.BACKUP, Buttons.primary(id, text("back_up"), model::backUp));
        return Buttons.allowedWhile(mayManage, ready, context, button);
    }

    private void show(Stock stock) {
        warnings.show(model.warnings(stock));
        tell(data, stock, Backup.Kind.DATA);
        tell(keys, stock, Backup.Kind.KEYS);
        tellDrill(stock.history());
        tellRun(stock.running());
        table.show(model.rows(stock));
    }

    private void tell(Tile tile, Stock stock, Backup.Kind kind) {
        stock.newest(kind)
                .ifPresentOrElse(
                        newest ->
                                tile.show(
                                        ago(newest.createdAt()),
                                        text(
                                                "newest",
                                                context.formats().bytes(newest.bytes()),
                                                stock.verifiedAt(newest)
                                                        .map(at -> text("verified", ago(at)))
                                                        .orElseGet(() -> text("verified.none")))),
                        () -> tile.show(text("newest.none"), text("newest.none.text")));
    }

    private void tellDrill(History history) {
        history.drill()
                .ifPresentOrElse(
                        last ->
                                drill.show(
                                        text(last.passed() ? "drill.passed" : "drill.failed"),
                                        ago(last.at())),
                        () ->
                                drill.show(
                                        text(history.whole() ? "drill.none" : "drill.unknown"),
                                        text("drill.command")));
    }

    private void tellRun(Optional<BackupRun> running) {
        run.setVisible(running.isPresent());
        run.setManaged(running.isPresent());
        running.ifPresent(now -> {
            int whole = now.backups().size();
            switch (now.operation()) {
                case CREATE -> {
                    progress.setProgress(
                            whole == 0 ? ProgressBar.INDETERMINATE_PROGRESS : whole / KINDS);
                    work.setText(text("run.creating", whole, ago(now.startedAt())));
                }
                case VERIFY -> {
                    progress.setProgress(ProgressBar.INDETERMINATE_PROGRESS);
                    work.setText(text("run.verifying", ago(now.startedAt())));
                }
            }
        });
    }

    private List<Column<Kept>> columns() {
        var formats = context.formats();
        return List.of(
                Column.of(
                                "made",
                                text("column.made"),
                                195,
                                Look.TEXT,
                                (Kept each) -> formats.moment(each.backup().createdAt()))
                        .sortedBy(each -> each.backup().createdAt()),
                Column.of("kind", text("column.kind"), 90, Look.TEXT, each -> kind(each.backup())),
                Column.of(
                                "size",
                                text("column.size"),
                                100,
                                Look.NUMBER,
                                (Kept each) -> formats.bytes(each.backup().bytes()))
                        .sortedBy(each -> each.backup().bytes()),
                Column.of("verified", text("column.verified"), 140, Look.TEXT, this::verified)
                        .sortedBy(each -> each.verifiedAt().orElse(Instant.MIN)),
                Column.of(
                        "version",
                        text("column.product"),
                        140,
                        Look.MUTED,
                        each -> each.backup().productVersion()),
                Column.of(
                        "name", text("column.name"), 300, Look.MONO, each -> each.backup().name()));
    }

    private DetailPane detail(Kept kept) {
        var backup = kept.backup();
        var formats = context.formats();
        var verify =
                Buttons.with(
                        Material2OutlinedMZ.VERIFIED,
                        Buttons.plain(
                                "vault.backups.verify",
                                text("backups.verify"),
                                () -> model.verify(backup)));
        return new DetailPane("vault.backups.detail", context, kind(backup))
                .fact(text("column.made"), formats.dateTime(backup.createdAt()))
                .fact(text("column.size"), formats.bytes(backup.bytes()))
                .fact(text("column.verified"), verified(kept))
                .fact(text("contains"), text("contains." + ending(backup)))
                .fact(text("column.product"), backup.productVersion())
                .fact(text("schema"), formats.number(backup.schemaVersion()))
                .copyable("name", text("column.name"), backup.name())
                .actions(Buttons.allowedWhile(mayManage, ready, context, verify));
    }

    private EmptyState empty() {
        return new EmptyState(Material2AL.BACKUP, text("empty.title"), text("empty.text"))
                .action(backUpButton("vault.empty.back_up"));
    }

    private String verified(Kept kept) {
        return kept.verifiedAt().map(this::ago).orElseGet(() -> text("verified.dash"));
    }

    private String kind(Backup backup) {
        return text("kind." + ending(backup));
    }

    private static String ending(Backup backup) {
        return switch (backup.kind()) {
            case DATA -> "data";
            case KEYS -> "keys";
        };
    }

    private String ago(Instant at) {
        return context.formats().ago(at, Instant.now(context.clock()));
    }

    private String text(String key, Object... values) {
        return context.text("vault." + key, values);
    }
}
