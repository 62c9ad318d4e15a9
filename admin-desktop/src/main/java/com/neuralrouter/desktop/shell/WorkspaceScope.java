package com.neuralrouter.desktop.shell;

import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.client.Pages;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Tasks;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The site's workspaces, and the one that screens about a workspace's belongings show. Shared by
 * those screens, so that one choice holds for all. Window's thread only.
 */
public final class WorkspaceScope {
    private final AdminClient client;
    private final Loader<List<Workspace>> workspaces;
    private final ReadOnlyObjectWrapper<Optional<Workspace>> selected =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    public WorkspaceScope(AdminClient client, Tasks tasks, Clock clock) {
        this.client = client;
        workspaces = new Loader<>(tasks, clock, "workspaces");
        workspaces
                .state()
                .addListener((_, _, state) -> state.known().ifPresent(this::keepSelection));
    }

    /** All of them by name. */
    public Loader<List<Workspace>> workspaces() {
        return workspaces;
    }

    /** Reads them again. */
    public void refresh() {
        workspaces.load(() ->
                Pages.all(client::workspaces)
                        .map(list ->
                                list.stream()
                                        .sorted(Comparator.comparing(Workspace::name))
                                        .toList()));
    }

    /** The chosen one; empty while there is none at all. */
    public ReadOnlyObjectProperty<Optional<Workspace>> selected() {
        return selected.getReadOnlyProperty();
    }

    /** Chooses one. */
    public void select(Workspace workspace) {
        selected.set(Optional.of(workspace));
    }

    /** Takes a workspace that was just created into the list, and chooses it. */
    public void add(Workspace created) {
        workspaces.update(list -> {
            var all = new ArrayList<>(list);
            all.add(created);
            all.sort(Comparator.comparing(Workspace::name));
            return List.copyOf(all);
        });
        select(created);
    }

    /** Takes a workspace that was just deleted out of the list. */
    public void remove(Workspace deleted) {
        workspaces.update(
                list -> list.stream().filter(each -> !each.id().equals(deleted.id())).toList());
    }

    private void keepSelection(List<Workspace> list) {
        WorkspaceId before = selected.get().map(Workspace::id).orElse(null);
        selected.set(
                list.stream()
                        .filter(each -> each.id().equals(before))
                        .findFirst()
                        .or(() -> list.stream().findFirst()));
    }
}
