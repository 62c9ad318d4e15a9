package com.neuralrouter.desktop.ui;

/** The system's clipboard, as far as this window uses it. Window's thread only. */
public interface Clip {
    void put(String text);

    /** Empties the clipboard if it still holds that text; what somebody else put there stays. */
    void clearIfHolding(String text);
}
