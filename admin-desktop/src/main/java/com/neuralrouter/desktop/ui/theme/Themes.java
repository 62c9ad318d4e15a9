package com.neuralrouter.desktop.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.text.Font;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * The theme in force for the whole program. Made once, on the window's thread; the fonts are
 * bundled, so that screens look alike on every system.
 */
public final class Themes {
    private static final List<String> FONTS =
            List.of("Inter-Regular.otf", "Inter-SemiBold.otf", "JetBrainsMono-Regular.ttf");
    private static final double FONT_SIZE = 13;

    /** In what sizes the window can be shown, in percent. */
    public static final List<Integer> SIZES = List.of(90, 100, 110, 125, 150);

    /** The size of who chose none. */
    public static final int USUAL_SIZE = 100;

    private final ObjectProperty<Integer> textSize = new SimpleObjectProperty<>(USUAL_SIZE);

    private final ObjectProperty<ThemeChoice> choice = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<ColorScheme> inForce =
            new ReadOnlyObjectWrapper<>(ColorScheme.LIGHT);

    public Themes(ThemeChoice first, int size) {
        textSize.set(size);
        FONTS.forEach(Themes::load);
        choice.addListener((_, _, _) -> apply());
        Platform.getPreferences().colorSchemeProperty().addListener((_, _, _) -> apply());
        choice.set(first);
    }

    /** What the user wants; setting it changes every window at once. */
    public ObjectProperty<ThemeChoice> choice() {
        return choice;
    }

    /** How large the window's content is, in percent: one of {@link #SIZES}. */
    public ObjectProperty<Integer> textSize() {
        return textSize;
    }

    /** What that comes to at the moment. */
    public ReadOnlyObjectProperty<ColorScheme> inForce() {
        return inForce.getReadOnlyProperty();
    }

    /** Gives a scene our style sheet. */
    public void dress(Scene scene) {
        scene.getStylesheets().add(resource("desktop.css"));
    }

    /** Changes to the other of light and dark. */
    public void toggle() {
        choice.set(inForce.get() == ColorScheme.DARK ? ThemeChoice.LIGHT : ThemeChoice.DARK);
    }

    private void apply() {
        var scheme =
                switch (choice.get()) {
                    case LIGHT -> ColorScheme.LIGHT;
                    case DARK -> ColorScheme.DARK;
                    case FOLLOW_OS -> Platform.getPreferences().getColorScheme();
                };
        inForce.set(scheme);
        var theme = scheme == ColorScheme.DARK ? new PrimerDark() : new PrimerLight();
        Application.setUserAgentStylesheet(theme.getUserAgentStylesheet());
    }

    private static void load(String name) {
        try (var in =
                Objects.requireNonNull(Themes.class.getResourceAsStream("fonts/" + name), name)) {
            if (Font.loadFont(in, FONT_SIZE) == null) {
                throw new IllegalStateException("bundled font can't be used: " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        return Objects.requireNonNull(Themes.class.getResource(name), name).toExternalForm();
    }
}
