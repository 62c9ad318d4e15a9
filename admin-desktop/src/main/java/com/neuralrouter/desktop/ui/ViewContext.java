package com.neuralrouter.desktop.ui;

import com.neuralrouter.desktop.i18n.Formats;
import com.neuralrouter.desktop.i18n.Messages;
import com.neuralrouter.desktop.task.Ticker;

import java.time.Clock;

/**
 * What every view is given: the words, the clock, and the parts of the window that all of them
 * share. Made once per window, in {@code Desktop}.
 */
public record ViewContext(
        Messages messages,
        Formats formats,
        Clock clock,
        Ticker ticker,
        DialogLayer dialogs,
        Notices notices,
        Clip clip,
        FileTarget files) {

    /** The sentence for the key. */
    public String text(String key, Object... values) {
        return messages.text(key, values);
    }
}
