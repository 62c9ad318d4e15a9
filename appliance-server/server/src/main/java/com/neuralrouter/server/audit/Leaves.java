package com.neuralrouter.server.audit;

import com.neuralrouter.tlog.CanonicalJson;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What all leaves of the log have in common. */
public final class Leaves {
    /** The form's version; a reader that does not know it must say so. */
    private static final long FORM = 1;

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

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

    /** RFC 3339 in UTC, always with six digits. */
    public static String text(Instant time) {
        return MICROS.format(time);
    }

    /** A constant's name as leaves have it. */
    public static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
