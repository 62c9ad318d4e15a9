package com.neuralrouter.desktop.support;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A screen as a user sees it: what a page object of one screen is made of. Nodes are found by id
 * alone, never by their words. (Ids have dots, which a style selector would read as classes.)
 */
public class Page {
    private static final int DEADLINE_SECONDS = 5;

    protected final FxRobot robot;

    public Page(FxRobot robot) {
        this.robot = robot;
    }

    /** The visible node of that id; waits for it. */
    public <N extends Node> N find(String id, Class<N> type) {
        await(() -> shows(id));
        return type.cast(robot.lookup((Node node) -> named(node, id)).query());
    }

    /** Whether there is a visible node of that id. */
    public boolean shows(String id) {
        return robot.lookup((Node node) -> named(node, id)).tryQuery().isPresent();
    }

    /** Clicks it once it is there and can be used. */
    public void click(String id) {
        var node = find(id, Node.class);
        await(() -> !node.isDisabled());
        robot.clickOn(node);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Types into it, in place of what is there. */
    public void type(String id, String text) {
        robot.clickOn(find(id, Node.class));
        robot.push(KeyCode.SHORTCUT, KeyCode.A).push(KeyCode.DELETE).write(text);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** The words of a label or a button. */
    public String text(String id) {
        return find(id, Labeled.class).getText();
    }

    /** How many rows a table has; waits until it has that many. */
    public void hasRows(String id, int rows) {
        var table = (TableView<?>) find(id, TableView.class);
        await(() -> table.getItems().size() == rows);
        assertThat(table.getItems()).hasSize(rows);
    }

    /** Selects a row. */
    public void select(String id, int row) {
        var table = (TableView<?>) find(id, TableView.class);
        robot.interact(() -> {
            table.requestFocus();
            table.getSelectionModel().clearAndSelect(row);
        });
    }

    /** Waits for the condition, a few seconds at the most. */
    public void await(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS, condition::getAsBoolean);
        } catch (TimeoutException e) {
            throw new AssertionError("did not happen in " + DEADLINE_SECONDS + " s", e);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static boolean named(Node node, String id) {
        return id.equals(node.getId()) && treeVisible(node);
    }

    private static boolean treeVisible(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
