package com.neuralrouter.desktop.support;

import com.neuralrouter.desktop.ui.Clip;

/** A clipboard of its own, so that tests never touch the machine's. */
public final class RecordingClip implements Clip {
    private volatile String text = "";

    @Override
    public void put(String newText) {
        text = newText;
    }

    @Override
    public void clearIfHolding(String held) {
        if (text.equals(held)) {
            text = "";
        }
    }

    public String text() {
        return text;
    }
}
