package com.neuralrouter.server.site;

import com.neuralrouter.contract.LimitLevel;

import org.jspecify.annotations.Nullable;

/**
 * Who has limits or budgets, by the names that a document has.
 *
 * @param workspace of a workspace and a key
 * @param name of a key or a route; empty for others
 */
record AllowanceOwner(LimitLevel level, @Nullable String workspace, String name) {
    static final AllowanceOwner SITE = new AllowanceOwner(LimitLevel.SITE, null, "");

    static AllowanceOwner workspace(String name) {
        return new AllowanceOwner(LimitLevel.WORKSPACE, name, "");
    }

    static AllowanceOwner key(String workspace, String name) {
        return new AllowanceOwner(LimitLevel.KEY, workspace, name);
    }

    static AllowanceOwner route(String name) {
        return new AllowanceOwner(LimitLevel.ROUTE, null, name);
    }

    /** As a person reads it. */
    String words() {
        return switch (level) {
            case SITE -> "site";
            case WORKSPACE -> String.valueOf(workspace);
            case KEY -> workspace + " / " + name;
            case ROUTE -> "route " + name;
        };
    }
}
