package com.neuralrouter.server.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long content is kept: not at all, while it is being worked on, or for a number of days. They
 * are in order: {@code zero < transient < 1d < 2d …}.
 *
 * @param step 0 for zero, 1 for transient, 1 + n for n days
 */
public record Retention(int step) implements Comparable<Retention> {
    /** Nothing is kept anywhere. */
    public static final Retention ZERO = new Retention(0);

    /** Kept while the answer is being made, and gone after that. */
    public static final Retention TRANSIENT = new Retention(1);

    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");
    private static final int MOST_DAYS = 36_500;

    public Retention {
        if (step < 0 || step > MOST_DAYS + 1) {
            throw new IllegalArgumentException("retention step " + step + " is out of range");
        }
    }

    public static Retention days(int days) {
        return new Retention(days + 1);
    }

    /** How many days; 0 for less than one. */
    public int wholeDays() {
        return Math.max(0, step - 1);
    }

    /** Reads {@code zero}, {@code transient} or {@code 30d}; throws for anything else. */
    public static Retention of(String text) {
        if (text.equals("zero")) {
            return ZERO;
        }
        if (text.equals("transient")) {
            return TRANSIENT;
        }
        Matcher days = DAYS.matcher(text);
        if (!days.matches() || Integer.parseInt(days.group(1)) > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "must be zero, transient, or days as in 30d, at most " + MOST_DAYS + "d");
        }
        return days(Integer.parseInt(days.group(1)));
    }

    @Override
    public int compareTo(Retention other) {
        return Integer.compare(step, other.step);
    }

    Retention atMost(Retention other) {
        return step <= other.step ? this : other;
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
        return switch (step) {
            case 0 -> "zero";
            case 1 -> "transient";
            default -> step - 1 + "d";
        };
    }
}
