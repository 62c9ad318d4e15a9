package com.neuralrouter.server.backup;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/**
 * The types that columns have, on either database, and how a value of each is written in a backup.
 * What a database calls a type is in {@code information_schema}.
 */
enum ColumnType {
    UUID,
    TEXT,
    INTEGER,
    LONG,
    BOOLEAN,
    /** In base64 (RFC 4648, section 4). */
    BYTES,
    /** In ISO 8601, UTC, to the microsecond. */
    TIME;

    /** Throws {@link IllegalStateException} for one that no backup can carry yet. */
    static ColumnType of(String databaseType) {
        return switch (databaseType) {
            case "uuid" -> UUID;
            case "character varying", "text" -> TEXT;
            case "integer" -> INTEGER;
            case "bigint" -> LONG;
            case "boolean" -> BOOLEAN;
            case "binary varying", "bytea" -> BYTES;
            case "timestamp with time zone" -> TIME;
            default -> throw new IllegalStateException("no backup carries a " + databaseType);
        };
    }

    /** A column's value as JSON has it: text, a number or a truth value. */
    @Nullable Object written(@Nullable Object value) {
        return value == null
                ? null
                : switch (this) {
                    case UUID, TEXT -> value.toString();
                    case INTEGER, LONG, BOOLEAN -> value;
                    case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
                    case TIME ->
                            ((OffsetDateTime) value)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toString();
                };
    }

    /**
     * The other way round. Throws {@link RuntimeException} for what {@link #written} never made.
     */
    @Nullable Object read(@Nullable Object written) {
        return written == null
                ? null
                : switch (this) {
                    case UUID -> java.util.UUID.fromString((String) written);
                    case TEXT, BOOLEAN -> written;
                    case INTEGER -> Math.toIntExact(((Number) written).longValue());
                    case LONG -> ((Number) written).longValue();
                    case BYTES -> Base64.getDecoder().decode((String) written);
                    case TIME -> OffsetDateTime.parse((String) written);
                };
    }

    /** What the database's driver is asked for. */
    Class<?> javaType() {
        return switch (this) {
            case UUID -> java.util.UUID.class;
            case TEXT -> String.class;
            case INTEGER -> Integer.class;
            case LONG -> Long.class;
            case BOOLEAN -> Boolean.class;
            case BYTES -> byte[].class;
            case TIME -> OffsetDateTime.class;
        };
    }
}
