package com.neuralrouter.desktop.vault;

import com.neuralrouter.desktop.ui.Tone;

import java.util.List;

/**
 * Something about keys or backups that somebody should look at.
 *
 * @param key of the sentence
 * @param values what the sentence says
 */
record Warning(Tone tone, String key, List<Object> values) {
    Warning {
        values = List.copyOf(values);
    }

    static Warning of(Tone tone, String key, Object... values) {
        return new Warning(tone, key, List.of(values));
    }
}
