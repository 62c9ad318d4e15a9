package com.neuralrouter.desktop.i18n;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/**
 * Times and numbers as this reader writes them. Times are shown in the reader's zone and named in
 * UTC where it matters which is meant (tooltips, the status bar, the audit trail).
 */
public final class Formats {
    private static final long MILLION = 1_000_000;

    private final Messages messages;
    private final ZoneId zone;

    /** For that language and that zone. */
    public Formats(Messages messages, ZoneId zone) {
        this.messages = messages;
        this.zone = zone;
    }

    /** Date and time to the second in the reader's zone. */
    public String dateTime(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(messages.locale())
                .withZone(zone)
                .format(at);
    }

    /** Date and time to the minute in the reader's zone: for columns. */
    public String moment(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(messages.locale())
                .withZone(zone)
                .format(at);
    }

    /** Date and time in figures alone, to the minute: for columns with little room. */
    public String brief(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                .withLocale(messages.locale())
                .withZone(zone)
                .format(at);
    }

    /** The time of day to the second in the reader's zone. */
    public String time(Instant at) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM)
                .withLocale(messages.locale())
                .withZone(zone)
                .format(at);
    }

    /** The date alone in the reader's zone. */
    public String date(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(messages.locale())
                .withZone(zone)
                .format(at);
    }

    /** To the second in UTC, ISO 8601, with its zone: for tooltips and what is copied. */
    public String utc(Instant at) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
                .withZone(ZoneOffset.UTC)
                .format(at);
    }

    /** The time of day in UTC, for the status bar's clock. */
    public String utcClock(Instant at) {
        return DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC).format(at);
    }

    /** How long ago, in one unit: "3 minutes ago"; what lies ahead is "now". */
    public String ago(Instant at, Instant now) {
        long seconds = Math.max(0, Duration.between(at, now).toSeconds());
        if (seconds < 10) {
            return messages.text("ui.ago.now");
        }
        if (seconds < 60) {
            return messages.text("ui.ago.seconds", seconds);
        }
        if (seconds < 3600) {
            return messages.text("ui.ago.minutes", seconds / 60);
        }
        if (seconds < 86_400) {
            return messages.text("ui.ago.hours", seconds / 3600);
        }
        return messages.text("ui.ago.days", seconds / 86_400);
    }

    /** How far ahead, in one unit: "in 3 hours"; what is past is "now". */
    public String ahead(Instant at, Instant now) {
        long minutes = Math.max(0, Duration.between(now, at).toMinutes());
        if (minutes == 0) {
            return messages.text("ui.ahead.now");
        }
        if (minutes < 60) {
            return messages.text("ui.ahead.minutes", minutes);
        }
        return minutes < 48 * 60
                ? messages.text("ui.ahead.hours", minutes / 60)
                : messages.text("ui.ahead.days", minutes / (24 * 60));
    }

    /** A whole number with this language's separators. */
    public String number(long value) {
        return NumberFormat.getIntegerInstance(messages.locale()).format(value);
    }

    /** An amount given in millionths, with its currency; small ones with more decimals. */
    public String money(long micros, String currency) {
        return messages.text("ui.unit.money", amount(micros), currency);
    }

    /** An amount given in millionths; small ones with more decimals. */
    public String amount(long micros) {
        var format = NumberFormat.getNumberInstance(messages.locale());
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(Math.abs(micros) < MILLION ? 4 : 2);
        return format.format((double) micros / MILLION);
    }

    /** A duration given in µs, in milliseconds below ten seconds and in seconds above. */
    public String latency(long micros) {
        var format = NumberFormat.getNumberInstance(messages.locale());
        if (micros < 10_000_000) {
            format.setMaximumFractionDigits(micros < 10_000 ? 1 : 0);
            return messages.text("ui.unit.ms", format.format(micros / 1000.0));
        }
        format.setMaximumFractionDigits(1);
        return messages.text("ui.unit.s", format.format(micros / 1_000_000.0));
    }

    /** A size in decimal units, as disks are sold: 4.2 MB. */
    public String bytes(long count) {
        var format = NumberFormat.getNumberInstance(messages.locale());
        format.setMaximumFractionDigits(1);
        if (count < 1_000_000) {
            return messages.text("ui.unit.kb", format.format(count / 1e3));
        }
        if (count < 1_000_000_000) {
            return messages.text("ui.unit.mb", format.format(count / 1e6));
        }
        return messages.text("ui.unit.gb", format.format(count / 1e9));
    }
}
