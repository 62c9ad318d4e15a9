package com.neuralrouter.server.limit;

import com.neuralrouter.contract.LimitLevel;
import com.neuralrouter.contract.WorkspaceId;

import org.jspecify.annotations.Nullable;

/**
 * Whose requests a limit or a budget is about. A key is known by its name, so that what replaces it
 * goes on where it ended.
 *
 * @param workspace of a workspace and a key
 * @param name of a key or a route; empty for others
 */
public record Subject(LimitLevel level, @Nullable WorkspaceId workspace, String name) {
    public static final Subject SITE = new Subject(LimitLevel.SITE, null, "");

    public Subject {
        boolean inWorkspace = level == LimitLevel.WORKSPACE || level == LimitLevel.KEY;
        boolean named = level == LimitLevel.KEY || level == LimitLevel.ROUTE;
        if (inWorkspace != (workspace != null) || named == name.isEmpty()) {
            throw new IllegalArgumentException("no subject: " + level + ", '" + name + "'");
        }
    }

    public static Subject workspace(WorkspaceId id) {
        return new Subject(LimitLevel.WORKSPACE, id, "");
    }

    /** The keys of that name. */
    public static Subject key(WorkspaceId workspace, String name) {
        return new Subject(LimitLevel.KEY, workspace, name);
    }

    public static Subject route(String name) {
        return new Subject(LimitLevel.ROUTE, null, name);
    }

    /** As it stands in a refusal and in the trail. */
    public String words() {
        return switch (level) {
            case SITE -> "the site";
            case WORKSPACE -> "the workspace";
            case KEY -> "the API key";
            case ROUTE -> "the model";
        };
    }
}
