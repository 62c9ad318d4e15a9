package com.neuralrouter.server.provider.http;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how long a provider asks to be left alone: {@code retry-after-ms} (OpenAI), {@code
 * x-ms-retry-after-ms} (Azure), or {@code Retry-After} in seconds or as a date (RFC 9110, section
 * 10.2.3).
 */
public final class RetryAfter {
    /** Longer waits are nonsense, and would overflow. */
    private static final long LONGEST_MILLIS = Duration.ofDays(7).toMillis();

    private static final Pattern DURATION =
            Pattern.compile(
                    "(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,7}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)ms)?");
    private static final long[] UNIT_MILLIS = {3_600_000, 60_000, 1_000, 1};

    private RetryAfter() {}

    /** Milliseconds from now; -1 if the head says nothing that can be understood. */
    public static long millis(ResponseHead head, Clock clock) {
        return millis(head.retryAfterMillis(), head.retryAfter(), clock);
    }

    /**
     * The same of an answer that says 429; where it names no time to wait, the limits say when they
     * are reset: {@code x-ratelimit-reset-requests} and {@code x-ratelimit-reset-tokens}, durations
     * as in {@code 1m2.5s} or {@code 120ms} (OpenAI), or {@code anthropic-ratelimit-requests-reset}
     * and {@code anthropic-ratelimit-tokens-reset}, moments as in RFC 3339 (Anthropic). Which of
     * them was hit is not said, so the later one counts.
     */
    public static long ofThrottled(ResponseHead head, Clock clock) {
        long asked = millis(head, clock);
        return asked >= 0
                ? asked
                : Math.max(reset(head.requestsReset(), clock), reset(head.tokensReset(), clock));
    }

    /** A duration, or a moment; -1 if it is neither. */
    static long reset(@Nullable String text, Clock clock) {
        long duration = duration(text);
        if (duration >= 0 || text == null) {
            return duration;
        }
        try {
            long at = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            return Math.clamp(at - clock.millis(), 0, LONGEST_MILLIS);
        } catch (DateTimeException neither) {
            return -1;
        }
    }

    /** A duration of hours, minutes, seconds and milliseconds; -1 if it is none. */
    static long duration(@Nullable String text) {
        Matcher matcher = DURATION.matcher(text == null ? "" : text);
        if (text == null || text.isEmpty() || !matcher.matches()) {
            return -1;
        }
        double millis = 0;
        for (int unit = 0; unit < UNIT_MILLIS.length; unit++) {
            String number = matcher.group(unit + 1);
            millis += number == null ? 0 : Double.parseDouble(number) * UNIT_MILLIS[unit];
        }
        return Math.min((long) Math.ceil(millis), LONGEST_MILLIS);
    }

    static long millis(@Nullable String exact, @Nullable String coarse, Clock clock) {
        long millis = exact == null ? -1 : number(exact);
        if (millis >= 0) {
            return Math.min(millis, LONGEST_MILLIS);
        }
        if (coarse == null) {
            return -1;
        }
        long seconds = number(coarse);
        return seconds >= 0 ? Math.min(seconds * 1_000, LONGEST_MILLIS) : untilDate(coarse, clock);
    }

    /** A number, whose fraction is dropped; -1 if it is none. */
    private static long number(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        if (whole.isEmpty() || whole.length() > 15) {
            return -1;
        }
        for (int i = 0; i < whole.length(); i++) {
            if (whole.charAt(i) < '0' || whole.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(whole);
    }

    private static long untilDate(String text, Clock clock) {
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Math.clamp(date.toInstant().toEpochMilli() - clock.millis(), 0, LONGEST_MILLIS);
        } catch (DateTimeException e) {
            return -1;
        }
    }
}
