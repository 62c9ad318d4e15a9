package com.neuralrouter.desktop.ui;

import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;

import java.util.Map;

/** The operating system's clipboard. */
public final class SystemClip implements Clip {
    @Override
    public void put(String text) {
        Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text));
    }

    @Override
    public void clearIfHolding(String text) {
        var clipboard = Clipboard.getSystemClipboard();
        if (text.equals(clipboard.getString())) {
            // Some platforms keep the old content when given nothing, so an empty text is put.
            clipboard.setContent(Map.of(DataFormat.PLAIN_TEXT, ""));
        }
    }
}
