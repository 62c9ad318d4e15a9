package com.neuralrouter.server.limit;

import com.neuralrouter.contract.LimitLevel;
import com.neuralrouter.contract.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** A {@link Subject} as columns: {@code level}, {@code workspace_id}, {@code name}. */
public final class SubjectColumns {
    private SubjectColumns() {}

    public static @Nullable UUID workspace(Subject subject) {
        WorkspaceId workspace = subject.workspace();
        return workspace == null ? null : workspace.value();
    }

    public static Subject subject(String level, @Nullable UUID workspace, String name) {
        return new Subject(
                LimitLevel.valueOf(level),
                workspace == null ? null : new WorkspaceId(workspace),
                name);
    }
}
