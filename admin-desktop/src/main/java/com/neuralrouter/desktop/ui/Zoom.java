package com.neuralrouter.desktop.ui;

import javafx.application.Platform;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Shows a window's content in the size that its user wants. It never becomes so large that less of
 * it has room than in the smallest window: nothing is cut off by it.
 */
public final class Zoom {
    /** What the smallest window has within its frame. */
    private static final double LEAST_WIDTH = 1000;

    private static final double LEAST_HEIGHT = 590;
    private static final double PERCENT = 100;
    private static final double FONT_SIZE = 13;

    private final Region content;
    private final ObservableValue<Integer> wanted;
    private final Scale scale = new Scale(1, 1, 0, 0);
    private final DoubleProperty inForce = new SimpleDoubleProperty(1);
    private final Pane node =
            new Pane() {
                @Override
                protected void layoutChildren() {
                    fit(getWidth(), getHeight());
                }
            };
    private String sheet = "";

    /** In the size that the value says, in percent. */
    public Zoom(Region content, ObservableValue<Integer> wanted) {
        this.content = content;
        this.wanted = wanted;
        content.setManaged(false);
        content.getTransforms().add(scale);
        node.getChildren().add(content);
        wanted.addListener((_, _, _) -> node.requestLayout());
        inForce.addListener((_, _, factor) ->
                Platform.runLater(() -> dressPopups(Math.round(factor.doubleValue() * FONT_SIZE))));
    }

    public Region node() {
        return node;
    }

    private void fit(double width, double height) {
        double most = Math.max(1, Math.min(width / LEAST_WIDTH, height / LEAST_HEIGHT));
        double factor = Math.min(wanted.getValue() / PERCENT, most);
        scale.setX(factor);
        scale.setY(factor);
        content.resizeRelocate(0, 0, width / factor, height / factor);
        inForce.set(factor);
    }

    /** What opens above the window, as lists of choices and tooltips, is no part of its content. */
    private void dressPopups(long fontSize) {
        var rule = ".combo-box-popup, .context-menu, .tooltip { -fx-font-size: %dpx; }";
        var wanted = sheet(rule.formatted(fontSize));
        var scene = node.getScene();
        if (scene == null || wanted.equals(sheet)) {
            return;
        }
        scene.getStylesheets().remove(sheet);
        scene.getStylesheets().add(wanted);
        sheet = wanted;
    }

    private static String sheet(String rules) {
        return "data:text/css;base64,"
                + Base64.getEncoder().encodeToString(rules.getBytes(StandardCharsets.US_ASCII));
    }
}
