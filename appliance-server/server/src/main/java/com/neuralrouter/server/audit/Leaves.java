package com.neuralrouter.server.audit;

import com.neuralrouter.tlog.CanonicalJson;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What all leaves of the log have in common. */
public final class Leaves {
    /** The form's version; a reader that does not know it must say so. */
    public static final long FORM = 1;

    private static final String SHAPE = "0000-00-00T00:00:00.000000Z";

    private Leaves() {}

    /** The head of a leaf, to be filled; keys come out in canonical order. */
    public static Map<String, Object> begin(long sequence, Instant time, String kind) {
        var leaf = new TreeMap<String, Object>();
        leaf.put("v", FORM);
        leaf.put("sequence", sequence);
        leaf.put("time", text(time));
        leaf.put("kind", kind);
        return leaf;
    }

    /** A leaf with nothing but its head. */
    static byte[] heartbeat(long sequence, Instant time) {
        return CanonicalJson.write(begin(sequence, time, "heartbeat"));
    }

    /**
     * RFC 3339 in UTC, always with six digits. Written by hand: a formatter takes longer for two of
     * these than all else that a leaf costs.
     */
    public static String text(Instant time) {
        var at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        if (at.getYear() < 0 || at.getYear() > 9_999) {
            throw new IllegalArgumentException("a time beyond four digits of year: " + time);
        }
        byte[] text = SHAPE.getBytes(StandardCharsets.ISO_8859_1);
        digits(text, 4, at.getYear());
        digits(text, 7, at.getMonthValue());
        digits(text, 10, at.getDayOfMonth());
        digits(text, 13, at.getHour());
        digits(text, 16, at.getMinute());
        digits(text, 19, at.getSecond());
        digits(text, 26, at.getNano() / 1_000);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int end, int number) {
        int rest = number;
        for (int i = end - 1; rest > 0; i--) {
            text[i] += (byte) (rest % 10);
            rest /= 10;
        }
    }

    /** A constant's name as leaves have it. */
    public static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
