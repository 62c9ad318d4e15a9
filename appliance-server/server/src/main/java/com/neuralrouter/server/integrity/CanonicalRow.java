package com.neuralrouter.server.integrity;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A row's values in the one form that is authenticated: for each value its type's tag, its length
 * (4 bytes, big-endian) and its bytes, or a 0 for one that is not there. With the columns' names
 * and their order said before (see {@link RowCodes}), no two rows have the same bytes. One object
 * is filled again and again; for one thread.
 */
final class CanonicalRow {
    private static final byte ABSENT = 0;
    private static final int MICROS = 1_000_000;

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    /** The bytes so far are the first {@link #length()} of this array. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void add(Column.Type type, @Nullable Object value) {
        if (value == null) {
            room(1);
            bytes[length++] = ABSENT;
            return;
        }
        switch (type) {
            case UUID -> {
                head(type, 16);
                UUID uuid = (UUID) value;
                number(uuid.getMostSignificantBits());
                number(uuid.getLeastSignificantBits());
            }
            case NUMBER -> {
                head(type, Long.BYTES);
                number((Long) value);
            }
            case BOOLEAN -> {
                head(type, 1);
                bytes[length++] = (byte) ((Boolean) value ? 1 : 0);
            }
            case TEXT -> text((String) value);
            case TIME -> {
                head(type, Long.BYTES);
                number(micros(((OffsetDateTime) value).toInstant()));
            }
            case BYTES -> {
                byte[] run = (byte[]) value;
                head(type, run.length);
                System.arraycopy(run, 0, bytes, length, run.length);
                length += run.length;
            }
        }
    }

    /** A primary key, or what it begins with. */
    static byte[] key(DecidingTable table, List<Object> beginning) {
        var row = new CanonicalRow();
        for (int i = 0; i < beginning.size(); i++) {
            Object value = beginning.get(i);
            row.add(
                    table.key().get(i).type(),
                    value instanceof Number number ? (Object) number.longValue() : value);
        }
        return Arrays.copyOf(row.bytes, row.length);
    }

    /** The values of the key with which this begins. */
    List<Object> keyOf(DecidingTable table) {
        var from = ByteBuffer.wrap(bytes, 0, length);
        var values = new ArrayList<Object>();
        for (Column column : table.key()) {
            from.position(from.position() + 1 + Integer.BYTES);
            values.add(
                    column.type() == Column.Type.UUID
                            ? new UUID(from.getLong(), from.getLong())
                            : (Object) from.getLong());
        }
        return values;
    }

    /** How long every key of the table is. */
    static int keyLength(DecidingTable table) {
        return table.key().stream()
                .mapToInt(column -> 1 + Integer.BYTES + column.type().keySize())
                .sum();
    }

    private static long micros(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1000);
    }

    private void text(String text) {
        head(Column.Type.TEXT, 2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            bytes[length++] = (byte) (unit >> 8);
            bytes[length++] = (byte) unit;
        }
    }

    private void head(Column.Type type, int size) {
        room(1 + Integer.BYTES + size);
        bytes[length++] = type.tag();
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (size >> shift);
        }
    }

    private void number(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (number >> shift);
        }
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** A row's text may be long, and is nothing for a log. */
    @Override
    public String toString() {
        return "CanonicalRow[redacted]";
    }
}
