package com.neuralrouter.server.bootstrap;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One key of {@code appliance.yaml}: the one place that says how it is written, what it may be and
 * what it is for. {@link ApplianceConfigReader} reads by it, {@link ConfigFile} writes the default
 * file from it, and so is {@code docs/reference/configuration.md}.
 *
 * @param path the keys from the top of the file, joined by dots
 * @param least the smallest value: a number, bytes, milliseconds, or characters of a text
 * @param most the largest, in the same unit
 * @param standard what holds where the file says nothing, as it is written in the file
 * @param about what it does, in one sentence or two
 */
record ConfigKey(String path, Form form, long least, long most, String standard, String about) {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB)?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
    private static final Map<String, Long> BYTES =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /** How a value is written. */
    enum Form {
        TEXT,
        ADDRESS,
        NUMBER,
        SIZE,
        DURATION
    }

    /** The part of {@link #path} before the last dot; empty for a key on top. */
    String section() {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    /** The part of {@link #path} after the last dot. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The range in words. */
    String range() {
        return switch (form) {
            case TEXT -> least + " to " + most + " characters";
            case ADDRESS -> "an IP address or a host name of this machine";
            case NUMBER -> least + " to " + most;
            case SIZE -> size(least) + " to " + size(most) + ", in B, KiB, MiB or GiB";
            case DURATION -> duration(least) + " to " + duration(most) + ", in ms, s, m, h or d";
        };
    }

    /**
     * Reads what is written: a String, an Integer (bytes for a size) or a Duration, according to
     * {@link #form}. Throws {@link IllegalArgumentException} with a message for the person who
     * wrote it.
     */
    Object parse(String written) {
        return switch (form) {
            case TEXT -> text(written);
            case ADDRESS -> address(written);
            case NUMBER -> {
                if (!written.matches("-?[0-9]{1,12}")) {
                    throw new IllegalArgumentException("'" + written + "' is no whole number");
                }
                yield Math.toIntExact(inRange(Long.parseLong(written), written));
            }
            case SIZE -> {
                Matcher matcher =
                        matching(SIZE, written, "size", "B, KiB, MiB or GiB, as in 20MiB");
                String unit = matcher.group(2) == null ? "B" : matcher.group(2);
                yield Math.toIntExact(inRange(amount(matcher, BYTES, unit), written));
            }
            case DURATION -> {
                Matcher matcher =
                        matching(DURATION, written, "duration", "ms, s, m, h or d, as in 30s");
                yield Duration.ofMillis(
                        inRange(amount(matcher, MILLIS, matcher.group(2)), written));
            }
        };
    }

    private String text(String written) {
        int length = written.codePointCount(0, written.length());
        boolean control = written.codePoints().anyMatch(Character::isISOControl);
        if (length < least || length > most || control) {
            throw new IllegalArgumentException(
                    "must have " + range() + " and no control characters");
        }
        return written;
    }

    private static String address(String written) {
        if (!HOST.matcher(written).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + written
                            + "' is no address; write an IP address or a host name of this"
                            + " machine, as in 0.0.0.0 for all of its IPv4 addresses");
        }
        return written;
    }

    private static Matcher matching(Pattern pattern, String written, String what, String units) {
        Matcher matcher = pattern.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + written + "' is no " + what + "; write a number and " + units);
        }
        return matcher;
    }

    private static long amount(Matcher matcher, Map<String, Long> units, String unit) {
        return Long.parseLong(matcher.group(1)) * units.getOrDefault(unit, 1L);
    }

    private long inRange(long amount, String written) {
        if (amount < least || amount > most) {
            throw new IllegalArgumentException(written + " is outside the range " + range());
        }
        return amount;
    }

    /** A number of bytes in the largest unit that divides it. */
    static String size(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long inUnit = BYTES.getOrDefault(unit, 1L);
            if (bytes >= inUnit && bytes % inUnit == 0) {
                return bytes / inUnit + unit;
            }
        }
        return bytes + "B";
    }

    /** Milliseconds in the largest unit that divides them. */
    static String duration(long millis) {
        for (String unit : new String[] {"h", "m", "s"}) {
            long inUnit = MILLIS.getOrDefault(unit, 1L);
            if (millis >= inUnit && millis % inUnit == 0) {
                return millis / inUnit + unit;
            }
        }
        return millis + "ms";
    }
}
