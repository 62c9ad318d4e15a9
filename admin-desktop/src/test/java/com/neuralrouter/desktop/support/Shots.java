package com.neuralrouter.desktop.support;

import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;

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
    private static final Pattern SHOWN = Pattern.compile("[a-z]+-(light|dark)");

    private Shots() {}

    /** Takes one and tells its size in bytes; window's thread only. */
    public static long take(Scene scene, String name) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        var image = SwingFXUtils.fromFXImage(scene.snapshot(null), null);
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
