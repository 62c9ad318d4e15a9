package com.neuralrouter.server.limit;

import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.workspace.WorkspaceStore;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.stream.Collectors;

/** What administrators call the subjects of limits and of budgets. Read for one request. */
public final class SubjectNames {
    private final Map<WorkspaceId, String> workspaces;

    public SubjectNames(SiteReads reads, WorkspaceStore store) {
        this.workspaces =
                reads.read(store::all).stream()
                        .collect(Collectors.toMap(Workspace::id, Workspace::name));
    }

    /** Of the workspace that it is, or is in; null if there is none. */
    public @Nullable String workspace(Subject subject) {
        WorkspaceId id = subject.workspace();
        return id == null ? null : workspaces.getOrDefault(id, id.toString());
    }

    /** Of a key or a route; null for others. */
    public static @Nullable String own(Subject subject) {
        return subject.name().isEmpty() ? null : subject.name();
    }
}
