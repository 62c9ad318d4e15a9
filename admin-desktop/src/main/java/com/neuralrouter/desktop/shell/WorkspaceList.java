package com.neuralrouter.desktop.shell;

import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.task.Loader;

import javafx.beans.value.ChangeListener;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What belongs to the chosen workspace, as a list: read when its screen is shown, and afresh when
 * another workspace is chosen. Owned by a view model, used on the window's thread only.
 */
public final class WorkspaceList<T> {
    private final WorkspaceScope scope;
    private final Loader<List<T>> loader;
    private final BiFunction<WorkspaceId, String, Answer<Page<T>>> call;
    private final ChangeListener<Optional<Workspace>> follow = (_, _, _) -> read();
    private Optional<WorkspaceId> shownOf = Optional.empty();

    /** The call reads one page of one workspace's list; it is given the cursor. */
    public WorkspaceList(
            WorkspaceScope scope,
            Loader<List<T>> loader,
            BiFunction<WorkspaceId, String, Answer<Page<T>>> call) {
        this.scope = scope;
        this.loader = loader;
        this.call = call;
    }

    public Loader<List<T>> loader() {
        return loader;
    }

    /** Begins to follow the choice, and reads. */
    public void start() {
        scope.selected().removeListener(follow);
        scope.selected().addListener(follow);
        refresh();
    }

    /** Stops following and reading. */
    public void stop() {
        scope.selected().removeListener(follow);
        loader.cancel();
    }

    /** Reads again; the workspaces too, where they are not known. */
    public void refresh() {
        if (scope.selected().get().isEmpty()) {
            scope.refresh();
        }
        read();
    }

    private void read() {
        scope.selected()
                .get()
                .map(Workspace::id)
                .ifPresent(workspace -> {
                    boolean same = shownOf.equals(Optional.of(workspace));
                    shownOf = Optional.of(workspace);
                    if (same) {
                        loader.load(() -> readAll(workspace));
                    } else {
                        loader.loadAfresh(() -> readAll(workspace));
                    }
                });
    }

    private Answer<List<T>> readAll(WorkspaceId workspace) {
        return Pages.all(cursor -> call.apply(workspace, cursor));
    }
}
