package com.neuralrouter.desktop.policies;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.i18n.FieldText;
import com.neuralrouter.desktop.shell.ConnectionModel;
import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.Column;
import com.neuralrouter.desktop.ui.Column.Look;
import com.neuralrouter.desktop.ui.DetailPane;
import com.neuralrouter.desktop.ui.ListScreen;
import com.neuralrouter.desktop.ui.Screen;
import com.neuralrouter.desktop.ui.StatusPill;
import com.neuralrouter.desktop.ui.Tone;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.Button;

import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows the versions of the site's, a workspace's or a key's policy, and begins to change it. */
public final class PoliciesView {
    private final PoliciesViewModel model;
    private final ViewContext context;
    private final BooleanBinding mayChange;
    private final Choice<Optional<Workspace>> workspace;
    private final Choice<Optional<ApiKey>> key;

    public PoliciesView(PoliciesViewModel model, ConnectionModel connection, ViewContext context) {
        this.model = model;
        this.context = context;
        mayChange = connection.may(Permission.SITE_APPLY).and(model.isKnown());
        workspace =
                new Choice<>(
                        "policies.workspace",
                        each -> each.map(Workspace::name).orElseGet(() -> text("whose.site")));
        key =
                new Choice<>(
                        "policies.key",
                        each -> each.map(ApiKey::name).orElseGet(() -> text("whose.every_key")));
    }

    /** The screen; made once. */
    public Screen screen() {
        fillWorkspaces();
        fillKeys();
        return new ListScreen<>("policies", context, model, Material2MZ.POLICY, columns())
                .identifiedBy(PolicyVersion::number)
                .spare("rules", "by", "note", "state")
                .detail(this::detail)
                .tools(workspace, key)
                .primary("change", Material2AL.EDIT, mayChange, this::edit);
    }

    private void fillWorkspaces() {
        workspace.setAccessibleText(text("whose"));
        workspace.getItems().setAll(List.of(Optional.empty()));
        workspace.setValue(Optional.empty());
        model.workspaces()
                .state()
                .subscribe(load ->
                        load.known()
                                .ifPresent(all -> {
                                    var chosen = workspace.getValue();
                                    workspace.getItems().setAll(choices(all));
                                    workspace.setValue(chosen);
                                }));
        workspace.setOnAction(_ -> {
            key.setValue(Optional.empty());
            show();
        });
    }

    private void fillKeys() {
        key.setAccessibleText(text("whose.key"));
        key.getItems().setAll(List.of(Optional.empty()));
        key.setValue(Optional.empty());
        key.visibleProperty()
                .bind(workspace.valueProperty().map(each -> each != null && each.isPresent()));
        key.managedProperty().bind(key.visibleProperty());
        model.keys()
                .state()
                .subscribe(load ->
                        load.known()
                                .ifPresent(all -> {
                                    key.getItems().setAll(choices(all));
                                    key.setValue(Optional.empty());
                                }));
        key.setOnAction(_ -> show());
    }

    private static <T> List<Optional<T>> choices(List<T> all) {
        return Stream.concat(Stream.of(Optional.<T>empty()), all.stream().map(Optional::of))
                .toList();
    }

    private void show() {
        var chosen = workspace.getValue();
        var chosenKey = key.getValue();
        if (chosen == null || chosenKey == null) {
            return;
        }
        model.show(
                chosen.map(one ->
                                chosenKey
                                        .<Whose>map(each -> new Whose.OfKey(one, each))
                                        .orElseGet(() -> new Whose.OfWorkspace(one)))
                        .orElseGet(Whose.Site::new));
    }

    private List<Column<PolicyVersion>> columns() {
        return List.of(
                Column.of(
                                "number",
                                text("column.number"),
                                90,
                                Look.STRONG,
                                (PolicyVersion each) -> text("version", each.number()))
                        .sortedBy(PolicyVersion::number),
                Column.pills(
                        "state",
                        text("column.state"),
                        120,
                        each -> text(each.inForce() ? "state.in_force" : "state.older"),
                        each -> each.inForce() ? Tone.SUCCESS : Tone.NEUTRAL),
                Column.of(
                                "at",
                                text("column.at"),
                                190,
                                Look.TEXT,
                                (PolicyVersion each) -> context.formats().moment(each.at()))
                        .sortedBy(PolicyVersion::at),
                Column.of("by", text("column.by"), 180, Look.TEXT, PolicyVersion::by),
                Column.of("note", text("column.note"), 200, Look.MUTED, PolicyVersion::note),
                Column.of(
                                "rules",
                                text("column.rules"),
                                80,
                                Look.NUMBER,
                                (PolicyVersion each) ->
                                        context.formats()
                                                .number(PolicyText.rulesOf(each.policy()).size()))
                        .sortedBy(each -> PolicyText.rulesOf(each.policy()).size()));
    }

    private DetailPane detail(PolicyVersion version) {
        var pane =
                new DetailPane("policies.detail", context, text("version", version.number()))
                        .node(
                                text("column.state"),
                                new StatusPill(
                                        version.inForce() ? Tone.SUCCESS : Tone.NEUTRAL,
                                        text(version.inForce() ? "state.in_force" : "state.older")))
                        .fact(text("column.at"), context.formats().dateTime(version.at()))
                        .fact(text("column.by"), version.by());
        if (!version.note().isEmpty()) {
            pane.fact(text("column.note"), version.note());
        }
        var restores = version.restores();
        if (restores != null) {
            pane.fact(text("restores"), text("version", restores));
        }
        var approval = version.approval();
        if (approval != null) {
            pane.copyable("approval", text("approval"), approval.toString());
        }
        var rules = PolicyText.rulesOf(version.policy());
        var messages = context.messages();
        rules.forEach(rule ->
                pane.fact(
                        FieldText.name(rule.name(), messages),
                        FieldText.value(rule.name(), rule.value(), messages)));
        if (rules.isEmpty()) {
            pane.fact(text("column.rules"), text("rules.none"));
        }
        var tests = version.policy().tests();
        pane.fact(text("tests"), text("tests.count", tests == null ? 0 : tests.size()));
        return pane.copyable("hash", text("hash"), version.hash()).actions(actions(version));
    }

    private Button[] actions(PolicyVersion version) {
        var buttons = new ArrayList<Button>();
        buttons.add(
                Buttons.with(
                        Material2OutlinedAL.COMPARE_ARROWS,
                        Buttons.plain(
                                "policies.compare",
                                text("compare"),
                                () -> CompareDialog.open(model, context, version))));
        if (!version.inForce()) {
            buttons.add(
                    Buttons.allowedWhile(
                            mayChange,
                            context,
                            Buttons.with(
                                    Material2OutlinedMZ.RESTORE,
                                    Buttons.plain(
                                            "policies.restore",
                                            text("restore"),
                                            () ->
                                                    PolicyDialog.open(
                                                            model.restore(version), context)))));
        }
        return buttons.toArray(Button[]::new);
    }

    private void edit() {
        PolicyDialog.open(model.edit(), context);
    }

    private String text(String key, Object... values) {
        return context.text("policies." + key, values);
    }
}
