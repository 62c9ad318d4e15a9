package com.neuralrouter.desktop.shell;

import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.ui.Choice;
import com.neuralrouter.desktop.ui.Texts;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.geometry.Pos;
import javafx.scene.layout.HBox;

import java.util.List;

/** Chooses the workspace whose belongings a screen shows; all screens share the choice. */
public final class WorkspacePicker extends HBox {
    private final Choice<Workspace> choice;
    private final WorkspaceScope scope;
    private boolean following;

    public WorkspacePicker(String id, ViewContext context, WorkspaceScope scope) {
        this.scope = scope;
        setSpacing(10);
        setAlignment(Pos.CENTER_LEFT);
        choice = new Choice<>(id, Workspace::name);
        choice.setMinWidth(220);
        choice.setAccessibleText(context.text("shell.workspace"));
        getChildren().addAll(Texts.caption(context.text("shell.workspace")), choice);
        scope.workspaces().state().addListener((_, _, state) -> follow());
        scope.selected().addListener((_, _, _) -> follow());
        choice.valueProperty()
                .addListener((_, _, workspace) -> {
                    if (workspace != null && !following) {
                        scope.select(workspace);
                    }
                });
        follow();
    }

    private void follow() {
        following = true;
        try {
            List<Workspace> all = scope.workspaces().known().orElse(List.of());
            if (!choice.getItems().equals(all)) {
                choice.getItems().setAll(all);
            }
            choice.setValue(scope.selected().get().orElse(null));
            choice.setDisable(all.isEmpty());
        } finally {
            following = false;
        }
    }
}
