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
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.RevealOnceDialog;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.TypedConfirmDialog;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

import java.time.Instant;
import java.util.List;

/** Shows the chosen workspace's API keys, creates them and revokes them. */
public final class ApiKeysView {
    private final ApiKeysViewModel model;
    private final Session session;
    private final ViewContext context;
    private final BooleanBinding mayManage;
    private final BooleanBinding mayCreate;

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
    }

    /** The screen; made once. */
    public Screen screen() {
        var scope = session.workspaces();
        return new ListScreen<>("apikeys", context, model, Material2MZ.VPN_KEY, columns())
                .identifiedBy(ApiKey::id)
                .spare("created", "used", "expires", "key")
                .detail(this::detail)
                .inside(list ->
                        WorkspaceBody.of("apikeys", context, scope, session.navigator(), list))
                .tools(new WorkspacePicker("apikeys.workspace", context, scope))
                .searched(model.search())
                .primary("create", Material2AL.ADD, mayCreate, this::openForm);
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
