package com.neuralrouter.server.backup;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

    /** Writes a column's value as JSON has it: text, a number or a truth value. */
    void write(JsonGenerator to, @Nullable Object value) {
        if (value == null) {
            to.writeNull();
            return;
        }
        switch (this) {
            case UUID, TEXT -> to.writeString(value.toString());
            case INTEGER -> to.writeNumber((Integer) value);
            case LONG -> to.writeNumber((Long) value);
            case BOOLEAN -> to.writeBoolean((Boolean) value);
            case BYTES -> to.writeBinary((byte[]) value);
            case TIME ->
                    to.writeString(
                            ((OffsetDateTime) value)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toString());
        }
    }

    /**
     * The other way round, for the parser's current token. Throws {@link RuntimeException} for what
     * {@link #write} never made.
     */
    @Nullable Object read(JsonParser from) {
        if (from.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (this) {
            case UUID -> java.util.UUID.fromString(text(from));
            case TEXT -> text(from);
            case INTEGER -> from.getIntValue();
            case LONG -> from.getLongValue();
            case BOOLEAN -> from.getBooleanValue();
            case BYTES -> Base64.getDecoder().decode(text(from));
            case TIME -> OffsetDateTime.parse(text(from));
        };
    }

    private static String text(JsonParser from) {
        if (from.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("no text");
        }
        return from.getString();
    }

    /** A value's own bytes, the same for the same value of whichever database. */
    byte[] bytes(Object value) {
        return switch (this) {
            case UUID, TEXT, INTEGER, LONG, BOOLEAN ->
                    value.toString().getBytes(StandardCharsets.UTF_8);
            case BYTES -> (byte[]) value;
            case TIME -> {
                Instant at = ((OffsetDateTime) value).toInstant();
                yield ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                        .putLong(at.getEpochSecond())
                        .putInt(at.getNano())
                        .array();
            }
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
