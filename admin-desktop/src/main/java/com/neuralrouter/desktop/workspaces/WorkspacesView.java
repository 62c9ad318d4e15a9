package com.neuralrouter.desktop.workspaces;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.TypedConfirmDialog;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;

import org.kordamp.ikonli.material2.Material2AL;

import java.util.List;

/** Shows the site's workspaces and takes the name of a new one. */
public final class WorkspacesView {
    private final WorkspacesViewModel model;
    private final ViewContext context;
    private final BooleanBinding mayManage;
    private final BooleanBinding mayDelete;

    public WorkspacesView(
            WorkspacesViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.context = context;
        mayManage = connection.may(Permission.WORKSPACES_MANAGE);
        mayDelete = connection.may(Permission.WORKSPACES_DELETE);
    }

    /** The screen; made once. */
    public Screen screen() {
        return new ListScreen<>("workspaces", context, model, Material2AL.GROUP_WORK, columns())
                .identifiedBy(Workspace::id)
                .spare("description", "created")
                .detail(this::detail)
                .onOpen(workspace -> model.open(workspace, Destination.API_KEYS))
                .searched(model.search())
                .primary("create", Material2AL.ADD, mayManage, this::openForm);
    }

    private List<Column<Workspace>> columns() {
        return List.of(
                Column.of("name", text("column.name"), 200, Look.STRONG, Workspace::name),
                Column.of(
                        "description",
                        text("column.description"),
                        320,
                        Look.MUTED,
                        Workspace::description),
                Column.pills("state", text("column.state"), 130, this::state, this::tone),
                Column.of(
                                "created",
                                text("column.created"),
                                140,
                                Look.TEXT,
                                (Workspace each) -> context.formats().date(each.createdAt()))
                        .sortedBy(Workspace::createdAt));
    }

    private DetailPane detail(Workspace workspace) {
        var delete =
                Buttons.with(
                        Material2AL.DELETE_FOREVER,
                        Buttons.danger(
                                "workspaces.delete", text("delete"), () -> askDelete(workspace)));
        return new DetailPane("workspaces.detail", context, workspace.name())
                .node(text("column.state"), new StatusPill(tone(workspace), state(workspace)))
                .fact(
                        text("column.description"),
                        workspace.description().isEmpty()
                                ? text("no_description")
                                : workspace.description())
                .fact(text("column.created"), context.formats().dateTime(workspace.createdAt()))
                .copyable("id", text("id"), workspace.id().toString())
                .actions(
                        Buttons.with(
                                Destination.API_KEYS.icon(),
                                Buttons.plain(
                                        "workspaces.open.apikeys",
                                        context.text(Destination.API_KEYS.titleKey()),
                                        () -> model.open(workspace, Destination.API_KEYS))),
                        Buttons.with(
                                Destination.CREDENTIALS.icon(),
                                Buttons.plain(
                                        "workspaces.open.credentials",
                                        context.text(Destination.CREDENTIALS.titleKey()),
                                        () -> model.open(workspace, Destination.CREDENTIALS))),
                        Buttons.allowedWhile(mayDelete, context, delete));
    }

    private void askDelete(Workspace workspace) {
        var submission = model.submission();
        TypedConfirmDialog.open(
                context,
                "workspaces.delete.confirm",
                new TypedConfirmDialog.Question(
                        context.text("workspaces.delete.title", workspace.name()),
                        text("delete.consequence"),
                        workspace.name(),
                        text("delete")),
                submission,
                close -> model.delete(submission, workspace, close));
    }

    private void openForm() {
        var submission = model.submission();
        var name = new TextField();
        name.setId("workspaces.create.name");
        var description = new TextArea();
        description.setId("workspaces.create.description");
        description.setPrefRowCount(2);
        description.setWrapText(true);
        new FormDialog(context, "workspaces.create.form", text("create.title"), submission)
                .say(text("create.text"))
                .checked("name", "workspaces.create.name", name, model::nameProblem)
                .field(
                        "description",
                        new FormField(
                                        text("create.description"),
                                        text("create.description.hint"),
                                        description)
                                .optional(context))
                .open(
                        text("create"),
                        name,
                        close ->
                                model.create(
                                        submission, name.getText(), description.getText(), close));
    }

    private String state(Workspace workspace) {
        return switch (workspace.state()) {
            case ACTIVE -> text("state.active");
            case SUSPENDED -> text("state.suspended");
        };
    }

    private Tone tone(Workspace workspace) {
        return switch (workspace.state()) {
            case ACTIVE -> Tone.SUCCESS;
            case SUSPENDED -> Tone.WARNING;
        };
    }

    private String text(String key) {
        return context.text("workspaces." + key);
    }
}
