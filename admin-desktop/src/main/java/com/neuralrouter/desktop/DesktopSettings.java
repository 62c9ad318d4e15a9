package com.neuralrouter.desktop;

import com.neuralrouter.desktop.shell.Preferences.Language;
import com.neuralrouter.desktop.ui.theme.ThemeChoice;

import java.util.Locale;

/** What one user set for this program, kept in {@link DesktopFolder}. */
record DesktopSettings(ThemeChoice theme, Language language, int textSize) {

    /** The language of the words. */
    Locale locale() {
        return switch (language) {
            case SYSTEM -> Locale.getDefault();
            case ENGLISH -> Locale.ENGLISH;
            case GERMAN -> Locale.GERMAN;
        };
    }
}
