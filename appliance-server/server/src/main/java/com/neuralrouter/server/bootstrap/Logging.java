package com.neuralrouter.server.bootstrap;

import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sends what the appliance logs to its standard output, one JSON object a line. */
public final class Logging {

    private Logging() {}

    /** For {@code serve}: INFO and above, and of libraries what is a warning. */
    public static void toLines(PrintStream out) {
        install(out, Level.INFO);
    }

    /** For the other commands, whose output is for a person: nothing but errors. */
    public static void errorsTo(PrintStream err) {
        install(err, Level.SEVERE);
    }

    private static void install(PrintStream out, Level level) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.addHandler(new Lines(out));
        root.setLevel(level.intValue() > Level.WARNING.intValue() ? level : Level.WARNING);
        OURS.setLevel(level);
    }

    /** Held here: a logger that nobody holds is collected together with its level. */
    private static final Logger OURS = Logger.getLogger("com.neuralrouter");

    private static final class Lines extends StreamHandler {
        Lines(PrintStream out) {
            super(out, new JsonLogFormatter());
            setLevel(Level.ALL);
        }

        /** A line is of use when it is there, not when a buffer is full. */
        @Override
        public synchronized void publish(LogRecord record) {
            super.publish(record);
            flush();
        }

        /** Leaves the stream open: it is the process's own, and others go on writing to it. */
        @Override
        public synchronized void close() {
            flush();
        }
    }
}
