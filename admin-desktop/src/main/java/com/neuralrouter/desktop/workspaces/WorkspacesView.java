package com.neuralrouter.desktop.workspaces;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DataTable;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.EmptyState;
import com.neuralrouter.desktop.ui.FormDialog;
import com.neuralrouter.desktop.ui.FormField;
import com.neuralrouter.desktop.ui.ListPane;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.ScreenFrame;
import com.neuralrouter.desktop.ui.SearchField;
import com.neuralrouter.desktop.ui.StateView;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.UiCommand;
import com.neuralrouter.desktop.ui.UiCommand.Shortcut;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;

import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

import java.util.List;

/** Shows the site's workspaces and takes the name of a new one. */
public final class WorkspacesView implements Screen {
    private final WorkspacesViewModel model;
    private final ViewContext context;
    private final BooleanBinding mayManage;
    private final DataTable<Workspace> table;
    private final ScreenFrame node;

    public WorkspacesView(
            WorkspacesViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.context = context;
        mayManage = connection.may(Permission.WORKSPACES_MANAGE);
        table =
                new DataTable<>("workspaces.table", context, text("title"), columns())
                        .onOpen(workspace -> model.open(workspace, Destination.API_KEYS));
        var list = new ListPane<>(table, this::detail);
        var search = new SearchField("workspaces.search", text("search"), model.search());
        node =
                new ScreenFrame("workspaces", text("title"), text("subtitle"))
                        .actions(
                                Buttons.icon(
                                        "workspaces.refresh",
                                        Material2MZ.REFRESH,
                                        context.text("ui.refresh"),
                                        model::refresh),
                                createButton("workspaces.create"))
                        .tools(search)
                        .body(
                                new StateView<>(
                                                "workspaces.state",
                                                context,
                                                model.workspaces(),
                                                model::refresh)
                                        .content(list, all -> table.show(model.matching(all)))
                                        .whenEmpty(List::isEmpty, this::empty));
        model.search()
                .addListener((_, _, _) ->
                        model.workspaces()
                                .known()
                                .ifPresent(all -> table.show(model.matching(all))));
    }

    @Override
    public Parent node() {
        return node;
    }

    @Override
    public void shown() {
        model.refresh();
    }

    @Override
    public void hidden() {
        model.workspaces().cancel();
    }

    @Override
    public List<UiCommand> commands() {
        return List.of(
                new UiCommand(
                        "workspaces.create",
                        "workspaces.create",
                        Shortcut.of("Shortcut+N"),
                        mayManage,
                        this::openForm));
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
                                        () -> model.open(workspace, Destination.CREDENTIALS))));
    }

    private EmptyState empty() {
        return new EmptyState(Material2AL.GROUP_WORK, text("empty.title"), text("empty.text"))
                .action(createButton("workspaces.empty.create"));
    }

    private Button createButton(String id) {
        var button =
                Buttons.with(Material2AL.ADD, Buttons.primary(id, text("create"), this::openForm));
        return Buttons.allowedWhile(mayManage, context, button);
    }

    private void openForm() {
        var submission = model.submission();
        var name = new TextField();
        name.setId("workspaces.create.name");
        var description = new TextArea();
        description.setId("workspaces.create.description");
        description.setPrefRowCount(2);
        description.setWrapText(true);
        var nameField = new FormField(text("create.name"), text("create.name.hint"), name);
        name.textProperty()
                .addListener((_, _, typed) ->
                        nameField.error(
                                typed.isEmpty()
                                        ? ""
                                        : model.nameProblem(typed).map(context::text).orElse("")));
        new FormDialog(context, "workspaces.create.form", text("create.title"), submission)
                .say(text("create.text"))
                .field("name", nameField)
                .field(
                        "description",
                        new FormField(
                                        text("create.description"),
                                        text("create.description.hint"),
                                        description)
                                .optional(context))
                .incompleteWhile(
                        Bindings.createBooleanBinding(
                                () -> model.nameProblem(name.getText()).isPresent(),
                                name.textProperty()))
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
