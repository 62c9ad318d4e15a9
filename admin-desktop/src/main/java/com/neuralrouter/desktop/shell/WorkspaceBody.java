package com.neuralrouter.desktop.shell;

import com.neuralrouter.desktop.ui.Buttons;
import com.neuralrouter.desktop.ui.EmptyState;
import com.neuralrouter.desktop.ui.StateView;
import com.neuralrouter.desktop.ui.ViewContext;

import javafx.scene.Node;

import java.util.List;

/**
 * The body of a screen about what belongs to a workspace: the given content, unless there is no
 * workspace, or the list of them can't be read.
 */
public final class WorkspaceBody {
    private WorkspaceBody() {}

    /** Around that content; the id names the screen. */
    public static Node of(
            String id,
            ViewContext context,
            WorkspaceScope scope,
            Navigator navigator,
            Node content) {
        return new StateView<>(
                        id + ".workspaces.state", context, scope.workspaces(), scope::refresh)
                .content(content, _ -> {})
                .whenEmpty(List::isEmpty, () -> none(id, context, navigator));
    }

    private static EmptyState none(String id, ViewContext context, Navigator navigator) {
        return new EmptyState(
                        Destination.WORKSPACES.icon(),
                        context.text("shell.workspace.none"),
                        context.text("shell.workspace.none.text"))
                .action(
                        Buttons.primary(
                                id + ".workspaces.open",
                                context.text("shell.workspace.none.open"),
                                () -> navigator.go(Destination.WORKSPACES)));
    }
}
