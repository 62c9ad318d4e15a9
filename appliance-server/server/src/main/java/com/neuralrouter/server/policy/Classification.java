package com.neuralrouter.server.policy;

import java.util.Locale;

/**
 * How much the data of a request may be seen by, least first. What carries no label counts as
 * {@link #RESTRICTED}: nothing gains by leaving the label away.
 */
public enum Classification {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    /** What a request without a label is. */
    public static final Classification UNLABELLED = RESTRICTED;

    /** Its name in policies, headers and answers. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Throws {@link IllegalArgumentException} that says which labels there are. */
    public static Classification of(String wire) {
        for (Classification each : values()) {
            if (each.wire().equals(wire)) {
                return each;
            }
        }
        throw new IllegalArgumentException("must be public, internal, confidential or restricted");
    }

    /** The stricter of the two. */
    public Classification atLeast(Classification other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The laxer of the two. */
    Classification atMost(Classification other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
