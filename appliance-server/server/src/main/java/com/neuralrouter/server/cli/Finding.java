package com.neuralrouter.server.cli;

/**
 * One line of what {@code doctor} says: what was looked at, what it found and, if that is not as it
 * should be, what to do.
 */
record Finding(Level level, String subject, String sentence) {

    /** How bad it is. */
    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String subject, String sentence) {
        return new Finding(Level.OK, subject, sentence);
    }

    static Finding warn(String subject, String sentence) {
        return new Finding(Level.WARN, subject, sentence);
    }

    static Finding fail(String subject, String sentence) {
        return new Finding(Level.FAIL, subject, sentence);
    }
}
