package com.neuralrouter.desktop.ui;

import javafx.scene.control.ComboBox;
import javafx.scene.control.skin.ComboBoxListViewSkin;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** One of several, in words; the list that opens has the control's name for screen readers too. */
public final class Choice<T> extends ComboBox<T> {

    /** Each value is shown by what the function says of it. */
    public Choice(String id, Function<? super T, String> words) {
        setId(id);
        setMinWidth(USE_PREF_SIZE);
        setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable T value) {
                        return value == null ? "" : words.apply(value);
                    }

                    @Override
                    public @Nullable T fromString(String text) {
                        return null;
                    }
                });
        skinProperty()
                .addListener((_, _, skin) -> {
                    if (skin instanceof ComboBoxListViewSkin<?> list) {
                        list.getPopupContent()
                                .accessibleTextProperty()
                                .bind(accessibleTextProperty());
                    }
                });
    }
}
