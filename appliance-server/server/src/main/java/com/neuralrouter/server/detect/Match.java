package com.neuralrouter.server.detect;

/**
 * Something that was found, {@code raw[from..to)} of a text as it was written.
 *
 * @param detector which of the detectors that were run
 */
public record Match(int detector, int from, int to) {}
