package com.neuralrouter.server.secret;

import java.io.IOException;

/** A sealed stream is not what was written. The message is the end of a sentence about it. */
public final class StreamRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final long segment;

    /** What is wrong. */
    public enum Fault {
        /** Its end is missing, cut off between two segments. */
        TRUNCATED,
        /** Something follows its last segment. */
        CONTINUED,
        /** A segment of this stream stands where another one belongs. */
        MISPLACED,
        /** A segment was altered, cut, comes from another stream, or the key is another one. */
        ALTERED
    }

    StreamRefused(Fault fault, long segment) {
        this(fault, segment, segment);
    }

    StreamRefused(Fault fault, long segment, long belongsAt) {
        super(sentence(fault, segment, belongsAt));
        this.fault = fault;
        this.segment = segment;
    }

    private static String sentence(Fault fault, long segment, long belongsAt) {
        return switch (fault) {
            case TRUNCATED -> "it is truncated: it ends before segment " + segment;
            case CONTINUED -> "something follows its last segment, at segment " + segment;
            case MISPLACED ->
                    "it is reordered: where segment "
                            + segment
                            + " belongs stands segment "
                            + belongsAt;
            case ALTERED ->
                    "segment "
                            + segment
                            + " was altered, or comes from another backup or another key";
        };
    }

    public Fault fault() {
        return fault;
    }

    /** The first segment that is not as it was written; the first of all is 0. */
    public long segment() {
        return segment;
    }
}
