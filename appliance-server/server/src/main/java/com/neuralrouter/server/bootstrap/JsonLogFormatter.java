package com.neuralrouter.server.bootstrap;

import tools.jackson.core.io.JsonStringEncoder;

import java.text.MessageFormat;
import java.time.Instant;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Writes one JSON object for each log record, on one line, for journald or a log collector. Of a
 * throwable it writes the classes and where they came from, never its message: that may quote a
 * row, a file or a request.
 */
public final class JsonLogFormatter extends Formatter {
    private static final int FRAMES = 12;

    @Override
    public String format(LogRecord record) {
        var line = new StringBuilder("{\"at\":\"").append(at(record)).append('"');
        member(line, "level", level(record.getLevel()));
        member(line, "logger", String.valueOf(record.getLoggerName()));
        member(line, "message", message(record));
        if (record.getThrown() != null) {
            member(line, "thrown", trace(record.getThrown()));
        }
        return line.append("}\n").toString();
    }

    private static Instant at(LogRecord record) {
        return record.getInstant();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static String message(LogRecord record) {
        String message = String.valueOf(record.getMessage());
        Object[] parameters = record.getParameters();
        if (parameters == null || parameters.length == 0) {
            return message;
        }
        try {
            return MessageFormat.format(message, parameters);
        } catch (IllegalArgumentException _) {
            // A sentence with a brace of its own: better unfilled than lost.
            return message;
        }
    }

    private static String trace(Throwable thrown) {
        var trace = new StringBuilder();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            trace.append(trace.isEmpty() ? "" : " caused by ").append(at.getClass().getName());
            StackTraceElement[] frames = at.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                trace.append(" < ").append(frames[i]);
            }
        }
        return trace.toString();
    }

    private static void member(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":\"");
        line.append(JsonStringEncoder.getInstance().quoteAsCharArray(value)).append('"');
    }
}
