package com.neuralrouter.desktop.ui;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What a list is narrowed to: a part of a word, in upper or lower case. */
public final class Search {
    private final StringProperty text = new SimpleStringProperty("");

    /** As it is typed; empty lets everything through. */
    public StringProperty text() {
        return text;
    }

    /** Whether what is searched for is in one of those words; a word may be missing. */
    public boolean finds(@Nullable String... words) {
        var wanted = text.get().strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return true;
        }
        for (String word : words) {
            if (word != null && word.toLowerCase(Locale.ROOT).contains(wanted)) {
                return true;
            }
        }
        return false;
    }
}
