package com.neuralrouter.desktop.workspaces;

import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.DeleteWorkspace;
import com.neuralrouter.contract.ProposedChange;
import com.neuralrouter.contract.ProposedChange.WorkspaceDeletion;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.client.AdminClient;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Navigator;
import com.neuralrouter.desktop.shell.WorkspaceScope;
import com.neuralrouter.desktop.task.Loader;
import com.neuralrouter.desktop.task.Submission;
import com.neuralrouter.desktop.task.Tasks;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.ui.Proposals;
import com.neuralrouter.desktop.ui.SearchedList;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the screen of workspaces knows and can do. Window's thread only. */
public final class WorkspacesViewModel extends SearchedList<Workspace> {
    /** As in {@link Workspace}: told while one types, and checked again by the appliance. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final AdminClient client;
    private final Tasks tasks;
    private final WorkspaceScope scope;
    private final Notices notices;
    private final Navigator navigator;

    public WorkspacesViewModel(
            AdminClient client,
            Tasks tasks,
            WorkspaceScope scope,
            Notices notices,
            Navigator navigator) {
        this.client = client;
        this.tasks = tasks;
        this.scope = scope;
        this.notices = notices;
        this.navigator = navigator;
    }

    @Override
    public Loader<List<Workspace>> loader() {
        return scope.workspaces();
    }

    @Override
    public void refresh() {
        scope.refresh();
    }

    @Override
    protected String[] words(Workspace workspace) {
        return new String[] {workspace.name(), workspace.description()};
    }

    /** The key of what is wrong with a name as it was typed so far; empty if nothing is. */
    public Optional<String> nameProblem(String name) {
        if (NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of("workspaces.create.name.wrong");
    }

    /** For one form or confirmation: keep it as long as that is open. */
    public Submission submission() {
        return new Submission(tasks, "change workspaces");
    }

    /** Creates it, shows it in the list and runs {@code done} when it was acknowledged. */
    public void create(Submission submission, String name, String description, Runnable done) {
        var draft = new CreateWorkspace(name.strip(), description.strip());
        submission.send(
                () -> client.createWorkspace(draft),
                created -> {
                    scope.add(created);
                    notices.success("workspaces.created", created.name());
                    done.run();
                });
    }

    /**
     * Deletes it and all that belongs to it; it is gone from the list when acknowledged. Where that
     * takes a second person it can be proposed.
     */
    public void delete(Submission submission, Workspace workspace, Runnable done) {
        new Proposals(client.policies(), notices)
                .offer(
                        submission,
                        ProposedChange.of(new WorkspaceDeletion(workspace.id(), workspace.name())),
                        _ -> done.run());
        submission.send(
                () -> client.deleteWorkspace(workspace.id(), new DeleteWorkspace(workspace.name())),
                _ -> {
                    scope.remove(workspace);
                    notices.success("workspaces.deleted", workspace.name());
                    done.run();
                });
    }

    /** Goes to what belongs to it. */
    public void open(Workspace workspace, Destination destination) {
        scope.select(workspace);
        navigator.go(destination);
    }
}
