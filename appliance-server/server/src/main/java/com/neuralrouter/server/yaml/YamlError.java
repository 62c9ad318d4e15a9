package com.neuralrouter.server.yaml;

import java.util.Comparator;

/**
 * One thing that is wrong in a YAML file, where it is, and what to do.
 *
 * @param file as the person named it
 * @param line counted from 1
 * @param column counted from 1
 */
public record YamlError(String file, int line, int column, String message)
        implements Comparable<YamlError> {

    private static final Comparator<YamlError> IN_READING_ORDER =
            Comparator.comparing(YamlError::file)
                    .thenComparingInt(YamlError::line)
                    .thenComparingInt(YamlError::column)
                    .thenComparing(YamlError::message);

    @Override
    public int compareTo(YamlError other) {
        return IN_READING_ORDER.compare(this, other);
    }

    /** The form that editors and terminals make a link of. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
