package com.neuralrouter.desktop.support;

import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.transform.Transform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

/**
 * Pictures of screens: always into {@code target/screenshots}, and with {@code -Dscreenshots} into
 * {@code docs/images} too.
 */
public final class Shots {
    /** The documentation shows each screen as it usually is, and enrolment. */
    private static final Pattern SHOWN = Pattern.compile("(?!alarm|log|proof)[a-z]+-(light|dark)");

    private Shots() {}

    /** Takes one and tells its size in bytes; window's thread only. */
    public static long take(Scene scene, String name) {
        return take(scene, name, 1);
    }

    /** The same on a display with so many pixels for one. */
    public static long take(Scene scene, String name, double scale) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        var parameters = new SnapshotParameters();
        parameters.setFill(scene.getFill());
        parameters.setTransform(Transform.scale(scale, scale));
        var image = SwingFXUtils.fromFXImage(scene.getRoot().snapshot(parameters, null), null);
        var file = Path.of("target", "screenshots", name + ".png");
        write(image, file);
        if (System.getProperty("screenshots") != null && SHOWN.matcher(name).matches()) {
            write(image, Path.of("..", "docs", "images", name + ".png"));
        }
        return file.toFile().length();
    }

    private static void write(java.awt.image.BufferedImage image, Path file) {
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
