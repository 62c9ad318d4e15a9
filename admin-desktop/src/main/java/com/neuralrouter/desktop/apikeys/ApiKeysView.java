package com.neuralrouter.desktop.apikeys;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.shell.Session;
import com.neuralrouter.desktop.shell.WorkspaceBody;
import com.neuralrouter.desktop.shell.WorkspacePicker;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DataTable;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.EmptyState;
import com.neuralrouter.desktop.ui.ListPane;
import com.neuralrouter.desktop.ui.RevealOnceDialog;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.ScreenFrame;
import com.neuralrouter.desktop.ui.SearchField;
import com.neuralrouter.desktop.ui.StateView;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.TypedConfirmDialog;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

import java.time.Instant;
import java.util.List;

/** Shows the chosen workspace's API keys, creates them and revokes them. */
public final class ApiKeysView implements Screen {
    private final ApiKeysViewModel model;
    private final Session session;
    private final ViewContext context;
    private final BooleanBinding mayManage;
    private final BooleanBinding mayCreate;
    private final DataTable<ApiKey> table;
    private final ScreenFrame node;

    public ApiKeysView(ApiKeysViewModel model, Session session) {
        this.model = model;
        this.session = session;
        context = session.view();
        mayManage = session.connection().may(Permission.API_KEYS_MANAGE);
        var scope = session.workspaces();
        mayCreate =
                mayManage.and(
                        Bindings.createBooleanBinding(
                                () -> scope.selected().get().isPresent(), scope.selected()));
        table =
                new DataTable<>("apikeys.table", context, text("title"), columns())
                        .identifiedBy(ApiKey::id)
                        .spare("created");
        node =
                new ScreenFrame("apikeys", text("title"), text("subtitle"))
                        .actions(
                                Buttons.icon(
                                        "apikeys.refresh",
                                        Material2MZ.REFRESH,
                                        context.text("ui.refresh"),
                                        model::refresh),
                                createButton("apikeys.create"))
                        .tools(tools())
                        .body(
                                WorkspaceBody.of(
                                        "apikeys", context, scope, session.navigator(), list()));
        model.search()
                .addListener((_, _, _) ->
                        model.keys().known().ifPresent(all -> table.show(model.matching(all))));
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

    @Override
    public List<UiCommand> commands() {
        return List.of(
                new UiCommand(
                        "apikeys.create",
                        "apikeys.create",
                        Shortcut.of("Shortcut+N"),
                        mayCreate,
                        this::openForm));
    }

    private HBox tools() {
        var tools =
                new HBox(
                        24,
                        new WorkspacePicker("apikeys.workspace", context, session.workspaces()),
                        new SearchField("apikeys.search", text("search"), model.search()));
        tools.setAlignment(Pos.CENTER_LEFT);
        return tools;
    }

    private StateView<List<ApiKey>> list() {
        return new StateView<>("apikeys.state", context, model.keys(), model::refresh)
                .content(
                        new ListPane<>(table, this::detail), all -> table.show(model.matching(all)))
                .whenEmpty(List::isEmpty, this::empty);
    }

    private List<Column<ApiKey>> columns() {
        return List.of(
                Column.of("name", text("column.name"), 170, Look.STRONG, ApiKey::name),
                Column.of("key", text("column.key"), 190, Look.MONO, ApiKeysView::shortForm),
                Column.pills("state", text("column.state"), 110, this::state, ApiKeysView::tone),
                Column.of(
                                "created",
                                text("column.created"),
                                120,
                                Look.TEXT,
                                (ApiKey key) -> context.formats().date(key.createdAt()))
                        .sortedBy(ApiKey::createdAt),
                Column.of(
                                "expires",
                                text("column.expires"),
                                120,
                                Look.TEXT,
                                (ApiKey key) -> date(key.expiresAt()))
                        .sortedBy(key -> orLast(key.expiresAt())),
                Column.of(
                                "used",
                                text("column.used"),
                                130,
                                Look.TEXT,
                                (ApiKey key) -> lastUsed(key))
                        .sortedBy(key -> orFirst(key.lastUsedAt())));
    }

    private DetailPane detail(ApiKey key) {
        var expiresAt = key.expiresAt();
        var revokedAt = key.revokedAt();
        var pane =
                new DetailPane("apikeys.detail", context, key.name())
                        .node(text("column.state"), new StatusPill(tone(key), state(key)))
                        .copyable("prefix", text("prefix"), key.prefix())
                        .fact(text("last_four"), key.lastFour())
                        .fact(text("column.created"), context.formats().dateTime(key.createdAt()))
                        .fact(
                                text("column.expires"),
                                expiresAt == null
                                        ? text("never")
                                        : context.formats().dateTime(expiresAt));
        if (revokedAt != null) {
            pane.fact(text("revoked_at"), context.formats().dateTime(revokedAt));
        }
        var revoke =
                Buttons.with(
                        Material2AL.BLOCK,
                        Buttons.danger("apikeys.revoke", text("revoke"), () -> askRevoke(key)));
        pane.fact(text("column.used"), lastUsed(key))
                .copyable("id", text("id"), key.id().toString());
        if (key.state() == ApiKey.State.ACTIVE) {
            pane.actions(Buttons.allowedWhile(mayManage, context, revoke));
        }
        return pane;
    }

    private EmptyState empty() {
        return new EmptyState(Material2MZ.VPN_KEY, text("empty.title"), text("empty.text"))
                .action(createButton("apikeys.empty.create"));
    }

    private Button createButton(String id) {
        var button =
                Buttons.with(Material2AL.ADD, Buttons.primary(id, text("create"), this::openForm));
        return Buttons.allowedWhile(mayCreate, context, button);
    }

    private void openForm() {
        session.workspaces()
                .selected()
                .get()
                .ifPresent(workspace ->
                        new ApiKeyForm(model, context)
                                .open(workspace, created -> reveal(workspace, created)));
    }

    private void reveal(Workspace workspace, CreatedApiKey created) {
        RevealOnceDialog.open(
                context,
                "apikeys.reveal",
                text("reveal.title"),
                text("reveal.text", created.key().name(), workspace.name()),
                created.secret(),
                () -> context.notices().success("apikeys.created", created.key().name()));
    }

    private void askRevoke(ApiKey key) {
        var submission = model.submission();
        TypedConfirmDialog.open(
                context,
                "apikeys.revoke.confirm",
                new TypedConfirmDialog.Question(
                        text("revoke.title", key.name()),
                        text("revoke.consequence", lastUsed(key)),
                        key.name(),
                        text("revoke")),
                submission,
                close -> model.revoke(submission, key, close));
    }

    private static String shortForm(ApiKey key) {
        return key.prefix() + "…" + key.lastFour();
    }

    private String lastUsed(ApiKey key) {
        var at = key.lastUsedAt();
        return at == null
                ? text("never_used")
                : context.formats().ago(at, Instant.now(context.clock()));
    }

    private String date(@Nullable Instant at) {
        return at == null ? text("never") : context.formats().date(at);
    }

    private static Instant orLast(@Nullable Instant at) {
        return at == null ? Instant.MAX : at;
    }

    private static Instant orFirst(@Nullable Instant at) {
        return at == null ? Instant.MIN : at;
    }

    private String state(ApiKey key) {
        return switch (key.state()) {
            case ACTIVE -> text("state.active");
            case EXPIRED -> text("state.expired");
            case REVOKED -> text("state.revoked");
        };
    }

    private static Tone tone(ApiKey key) {
        return switch (key.state()) {
            case ACTIVE -> Tone.SUCCESS;
            case EXPIRED -> Tone.WARNING;
            case REVOKED -> Tone.NEUTRAL;
        };
    }

    private String text(String key, Object... values) {
        return context.text("apikeys." + key, values);
    }
}
