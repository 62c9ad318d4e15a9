package com.neuralrouter.desktop.ui.theme;

/** Which look the user wants. */
public enum ThemeChoice {
    LIGHT,
    DARK,
    /** Whatever the operating system says, also when it changes at sunset. */
    FOLLOW_OS
}
