package com.neuralrouter.desktop.credentials;

import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.desktop.shell.Session;
import com.neuralrouter.desktop.shell.WorkspaceBody;
import com.neuralrouter.desktop.shell.WorkspacePicker;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.TypedConfirmDialog;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

import org.kordamp.ikonli.material2.Material2AL;

import java.util.List;

/** Shows the chosen workspace's provider credentials, sets, replaces and deletes them. */
public final class CredentialsView {
    private final CredentialsViewModel model;
    private final Session session;
    private final ViewContext context;
    private final BooleanBinding mayManage;
    private final BooleanBinding mayPut;

    public CredentialsView(CredentialsViewModel model, Session session) {
        this.model = model;
        this.session = session;
        context = session.view();
        mayManage = session.connection().may(Permission.CREDENTIALS_MANAGE);
        var scope = session.workspaces();
        mayPut =
                mayManage.and(
                        Bindings.createBooleanBinding(
                                () ->
                                        scope.selected().get().isPresent()
                                                && model.providers().known().isPresent(),
                                scope.selected(),
                                model.providers().state()));
    }

    /** The screen; made once. */
    public Screen screen() {
        var scope = session.workspaces();
        return new ListScreen<>("credentials", context, model, Material2AL.LOCK, columns())
                .identifiedBy(Credential::providerId)
                .spare("label", "changed")
                .detail(this::detail)
                .inside(list ->
                        WorkspaceBody.of("credentials", context, scope, session.navigator(), list))
                .tools(new WorkspacePicker("credentials.workspace", context, scope))
                .primary("put", Material2AL.ADD, mayPut, this::openForm);
    }

    private List<Column<Credential>> columns() {
        return List.of(
                Column.of(
                        "provider",
                        text("column.provider"),
                        200,
                        Look.STRONG,
                        Credential::providerName),
                Column.of("label", text("column.label"), 260, Look.MUTED, Credential::label),
                Column.of(
                        "last_four",
                        text("column.last_four"),
                        130,
                        Look.MONO,
                        each -> "…" + each.lastFour()),
                Column.of(
                                "changed",
                                text("column.changed"),
                                140,
                                Look.TEXT,
                                (Credential each) -> context.formats().date(each.changedAt()))
                        .sortedBy(Credential::changedAt));
    }

    private DetailPane detail(Credential credential) {
        var replace =
                Buttons.with(
                        Material2AL.AUTORENEW,
                        Buttons.plain(
                                "credentials.replace",
                                text("replace"),
                                () -> openReplace(credential)));
        var delete =
                Buttons.with(
                        Material2AL.DELETE,
                        Buttons.danger(
                                "credentials.delete", text("delete"), () -> askDelete(credential)));
        return new DetailPane("credentials.detail", context, credential.providerName())
                .fact(
                        text("column.label"),
                        credential.label().isEmpty() ? text("no_label") : credential.label())
                .fact(text("column.last_four"), "…" + credential.lastFour())
                .fact(text("created"), context.formats().dateTime(credential.createdAt()))
                .fact(text("column.changed"), context.formats().dateTime(credential.changedAt()))
                .copyable("id", text("id"), credential.id().toString())
                .actions(
                        Buttons.allowedWhile(mayPut, context, replace),
                        Buttons.allowedWhile(mayManage, context, delete));
    }

    private void openForm() {
        session.workspaces()
                .selected()
                .get()
                .ifPresent(workspace -> new CredentialForm(model, context).openNew(workspace));
    }

    private void openReplace(Credential credential) {
        session.workspaces()
                .selected()
                .get()
                .ifPresent(workspace ->
                        new CredentialForm(model, context).openFor(workspace, credential));
    }

    private void askDelete(Credential credential) {
        var submission = model.submission();
        TypedConfirmDialog.open(
                context,
                "credentials.delete.confirm",
                new TypedConfirmDialog.Question(
                        text("delete.title", credential.providerName()),
                        text("delete.consequence"),
                        credential.providerName(),
                        text("delete")),
                submission,
                close -> model.delete(submission, credential, close));
    }

    private String text(String key, Object... values) {
        return context.text("credentials." + key, values);
    }
}
