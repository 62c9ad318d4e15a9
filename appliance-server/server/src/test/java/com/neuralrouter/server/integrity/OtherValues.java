package com.neuralrouter.server.integrity;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.UUID;

/** Makes of a value another one of the same type, as near to it as can be. */
final class OtherValues {
    private OtherValues() {}

    static Object than(Object value, Column.Type type, Random random) {
        return switch (type) {
            case UUID ->
                    value == null
                            ? new UUID(random.nextLong(), random.nextLong())
                            : flipped((UUID) value, random);
            case NUMBER -> value == null ? 0L : (Long) value + 1;
            case BOOLEAN -> value == null || !(Boolean) value;
            case TEXT -> value == null ? "" : flipped((String) value, random);
            case TIME ->
                    value == null
                            ? OffsetDateTime.of(2030, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                            : ((OffsetDateTime) value).plus(1, ChronoUnit.MICROS);
            case BYTES -> value == null ? new byte[0] : flipped((byte[]) value, random);
        };
    }

    private static UUID flipped(UUID value, Random random) {
        return new UUID(
                value.getMostSignificantBits(),
                value.getLeastSignificantBits() ^ 1L << random.nextInt(60));
    }

    /** Another letter in one place, of the same length; or one letter where there was none. */
    private static String flipped(String value, Random random) {
        if (value.isEmpty()) {
            return "x";
        }
        int at = random.nextInt(value.length());
        char other = (char) (value.charAt(at) ^ 1);
        return value.substring(0, at) + other + value.substring(at + 1);
    }

    static byte[] flipped(byte[] value, Random random) {
        if (value.length == 0) {
            return new byte[1];
        }
        byte[] other = value.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }
}
