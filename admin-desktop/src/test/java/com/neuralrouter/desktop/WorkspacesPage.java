package com.neuralrouter.desktop;

import com.neuralrouter.desktop.support.Page;

import org.testfx.api.FxRobot;

/** The screen of workspaces as a user sees it. */
final class WorkspacesPage extends Page {
    WorkspacesPage(FxRobot robot) {
        super(robot);
    }

    WorkspacesPage openForm() {
        click("workspaces.create");
        return this;
    }

    WorkspacesPage fill(String name, String description) {
        type("workspaces.create.name", name);
        type("workspaces.create.description", description);
        return this;
    }

    WorkspacesPage submit() {
        click("workspaces.create.form.submit");
        return this;
    }

    boolean formIsOpen() {
        return shows("workspaces.create.form");
    }

    void lists(int rows) {
        hasRows("workspaces.table", rows);
    }
}
