package com.neuralrouter.desktop.witness;

import java.time.Instant;
import java.util.Objects;

/**
 * Somebody has saved the evidence of an alarm and says so in full words.
 *
 * @param sentence what was typed
 * @param evidence where the evidence was saved
 * @param sha256 of that file, in hex
 */
public record Acknowledgement(Instant at, String sentence, String evidence, String sha256) {

    public Acknowledgement {
        // What is read from a file may lack it.
        Objects.requireNonNull(sentence);
    }
}
