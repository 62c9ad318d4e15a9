package com.neuralrouter.tlog;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON in the one way that RFC 8785 leaves for a value, so that equal values have equal
 * bytes and thus equal hashes: names sorted by UTF-16 code units (§3.2.3), no blanks, UTF-8, only
 * the escapes of §3.2.2.2.
 *
 * <p>A value is a {@link Map} with String keys, a {@link List}, a String, a {@link Long} or {@link
 * Integer}, a Boolean or null. Fractions are refused, and so are integers beyond ±(2<sup>53</sup> -
 * 1): RFC 8785 writes numbers as ECMAScript does, which knows no other integers exactly. Strings
 * must be Unicode: a surrogate without its other half is refused. All refusals are {@link
 * IllegalArgumentException}s, which name the kind of what was wrong, never the value. Pure; may be
 * called by any thread.
 */
public final class CanonicalJson {
    /** The largest integer that every reader of JSON understands alike (RFC 7493 §2.2). */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    private static final int MAX_DEPTH = 64;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[512];
    private int length;

    CanonicalJson() {}

    /** The value's bytes. */
    public static byte[] write(@Nullable Object value) {
        CanonicalJson json = new CanonicalJson();
        json.value(value, 0);
        return json.bytes();
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void value(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON deeper than " + MAX_DEPTH + " levels");
        }
        switch (value) {
            case null -> ascii("null");
            case String text -> string(text);
            case Long number -> integer(number);
            case Integer number -> integer(number);
            case Boolean flag -> ascii(flag.toString());
            case Map<?, ?> object -> object(object, depth);
            case List<?> array -> array(array, depth);
            default ->
                    throw new IllegalArgumentException(
                            value.getClass().getName() + " has no place in canonical JSON here");
        }
    }

    private void object(Map<?, ?> object, int depth) {
        List<String> names = new ArrayList<>(object.size());
        for (Object name : object.keySet()) {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("the names of a JSON object are Strings");
            }
            names.add(text);
        }
        // String's order is that of UTF-16 code units.
        names.sort(null);
        put('{');
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                put(',');
            }
            string(names.get(i));
            put(':');
            value(object.get(names.get(i)), depth + 1);
        }
        put('}');
    }

    private void array(List<?> array, int depth) {
        put('[');
        boolean first = true;
        for (Object element : array) {
            if (!first) {
                put(',');
            }
            first = false;
            value(element, depth + 1);
        }
        put(']');
    }

    void integer(long number) {
        if (number > MAX_INTEGER || number < -MAX_INTEGER) {
            throw new IllegalArgumentException(
                    "an integer beyond 2^53 - 1 is not the same for every reader of JSON");
        }
        ascii(Long.toString(number));
    }

    void string(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                escaped(c);
            } else if (c < 0x80) {
                put(c);
            } else if (!Character.isSurrogate(c)) {
                encoded(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                encoded(Character.toCodePoint(c, text.charAt(i)));
            } else {
                throw new IllegalArgumentException("half a surrogate pair is no text");
            }
        }
        put('"');
    }

    private void escaped(char c) {
        put('\\');
        switch (c) {
            case '"', '\\' -> put(c);
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> {
                ascii("u00");
                put(HEX[c >> 4]);
                put(HEX[c & 0xf]);
            }
        }
    }

    /** UTF-8 of what is beyond ASCII. */
    private void encoded(int codePoint) {
        if (codePoint < 0x800) {
            put(0xc0 | codePoint >> 6);
        } else if (codePoint < 0x10000) {
            put(0xe0 | codePoint >> 12);
            put(0x80 | codePoint >> 6 & 0x3f);
        } else {
            put(0xf0 | codePoint >> 18);
            put(0x80 | codePoint >> 12 & 0x3f);
            put(0x80 | codePoint >> 6 & 0x3f);
        }
        put(0x80 | codePoint & 0x3f);
    }

    void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length] = (byte) value;
        length++;
    }
}
