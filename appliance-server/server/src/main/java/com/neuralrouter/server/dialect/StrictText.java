package com.neuralrouter.server.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Checks what a JSON parser lets through and the next one may read differently: bytes that are not
 * UTF-8 (RFC 3629), the beginnings of other encodings, and escapes of half a surrogate pair (RFC
 * 8259, section 8.2).
 */
final class StrictText {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

    /** How many characters are decoded at once: enough, and small enough to be cheap. */
    private static final int DECODED_AT_ONCE = 4_096;

    private StrictText() {}

    /** Whether the text of a JSON object, which a parser has accepted otherwise, is unambiguous. */
    static boolean isUnambiguous(byte[] text) {
        boolean ascii = true;
        for (int i = 0; i < text.length; ) {
            if (i + Long.BYTES <= text.length && isPlain((long) EIGHT_BYTES.get(text, i))) {
                i += Long.BYTES;
                continue;
            }
            byte b = text[i];
            if (b == '\\') {
                int after = afterEscape(text, i);
                if (after < 0) {
                    return false;
                }
                i = after;
            } else {
                ascii &= b >= 0;
                i++;
            }
        }
        return ascii || isUtf8(text);
    }

    /** Whether none of eight bytes is above 0x7f or a backslash. */
    private static boolean isPlain(long eight) {
        long zeroWhereBackslash = eight ^ BACKSLASHES;
        long backslash = (zeroWhereBackslash - ONES) & ~zeroWhereBackslash;
        return ((eight | backslash) & HIGH_BITS) == 0;
    }

    /** The index after the escape at {@code i}, or -1 if it is half a surrogate pair. */
    private static int afterEscape(byte[] text, int i) {
        int unit = unit(text, i);
        if (unit < 0) {
            return i + 2;
        }
        if (Character.isLowSurrogate((char) unit)) {
            return -1;
        }
        if (Character.isHighSurrogate((char) unit)) {
            int low = unit(text, i + 6);
            return low >= 0 && Character.isLowSurrogate((char) low) ? i + 12 : -1;
        }
        return i + 6;
    }

    /** The UTF-16 unit that is escaped at {@code i}, or -1 if there is no such escape. */
    private static int unit(byte[] text, int i) {
        if (i + 6 > text.length || text[i] != '\\' || text[i + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int digit = i + 2; digit < i + 6; digit++) {
            unit = unit << 4 | Character.digit(text[digit], 16);
        }
        return unit;
    }

    private static boolean isUtf8(byte[] text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(Math.min(text.length, DECODED_AT_ONCE));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return !result.isError();
    }
}
