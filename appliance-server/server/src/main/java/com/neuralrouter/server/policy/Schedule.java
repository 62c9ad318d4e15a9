package com.neuralrouter.server.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/** Times of the week in one time zone. A moment is in it when it is in one of its windows. */
record Schedule(ZoneId zone, Set<Window> windows) {
    static final int MINUTES_OF_DAY = 24 * 60;
    private static final int SECONDS_OF_DAY = 86_400;

    /** 1970-01-01 was a Thursday. */
    private static final int FIRST_DAY = DayOfWeek.THURSDAY.ordinal();

    Schedule {
        windows = Set.copyOf(windows);
    }

    /**
     * Minutes of a day, on some days.
     *
     * @param days a bit for each day, Monday's the lowest
     * @param from the first minute of the day in it
     * @param to the first minute after it, up to 1440
     */
    record Window(int days, int from, int to) {
        Window {
            if (days < 1 || days > 127 || from < 0 || to > MINUTES_OF_DAY || from >= to) {
                throw new IllegalArgumentException("a window of no time");
            }
        }
    }

    boolean contains(long epochMillis) {
        long second = Math.floorDiv(epochMillis, 1000L);
        long local =
                second + zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        int day = (int) Math.floorMod(Math.floorDiv(local, SECONDS_OF_DAY) + FIRST_DAY, 7L);
        int minute = (int) Math.floorMod(local, (long) SECONDS_OF_DAY) / 60;
        for (Window window : windows) {
            if ((window.days & 1 << day) != 0 && minute >= window.from && minute < window.to) {
                return true;
            }
        }
        return false;
    }
}
