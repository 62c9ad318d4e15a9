package com.neuralrouter.certs.trust;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * What an owner hands to a colleague so that their device can be enrolled: the port of the
 * enrolment listener, a token that works once, and the pin of the site's root, by which the device
 * knows the right appliance before it sends the token. Made by the server's invitations, read by
 * the desktop.
 *
 * <p>As text it is {@code NR1-} and 60 characters of Crockford base32 in groups of five. The 60
 * characters carry 37 bytes: version (1), port (2, big endian), token (16), pin (16), and CRC-16 of
 * the bytes before (2; polynomial 0x1021, initial value 0xffff), which notices every mistyped
 * character and every two neighbours that changed places.
 */
public record EnrolmentCode(int port, byte[] token, byte[] pin) {
    public static final int TOKEN_BYTES = 16;

    private static final String PREFIX = "NR";
    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 2 + TOKEN_BYTES + Fingerprints.PIN_BYTES + 2;
    private static final int CHARACTERS = PREFIX.length() + 1 + (BYTES * 8 + 4) / 5;
    private static final int GROUP = 5;

    public EnrolmentCode {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is outside 1..65535");
        }
        if (token.length != TOKEN_BYTES || pin.length != Fingerprints.PIN_BYTES) {
            throw new IllegalArgumentException("token and pin have 16 bytes each");
        }
        token = token.clone();
        pin = pin.clone();
    }

    /** What a text turned out to be. */
    public sealed interface Reading {}

    /** It is a code. */
    public record Readable(EnrolmentCode code) implements Reading {}

    /** It is not; the sentence says what is wrong and does not repeat the text. */
    public record Unreadable(Reason reason, String sentence) implements Reading {}

    /** Why a text is not a code. */
    public enum Reason {
        /** It does not begin as a code does. */
        NOT_A_CODE,
        /** Of another version of the appliance. */
        OTHER_VERSION,
        /** Characters are missing or left over. */
        WRONG_LENGTH,
        /** A character is wrong, or characters changed places. */
        MISTYPED
    }

    /**
     * Reads the text form: in upper or lower case, with or without hyphens and spaces, with O for 0
     * and I or L for 1.
     */
    public static Reading read(String text) {
        String code = text.replaceAll("[\\s\\p{Pd}]", "");
        if (!code.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                || code.length() == PREFIX.length()) {
            return new Unreadable(Reason.NOT_A_CODE, "An enrolment code begins with NR1-.");
        }
        if (CrockfordBase32.value(code.charAt(PREFIX.length())) != VERSION) {
            return new Unreadable(
                    Reason.OTHER_VERSION,
                    "The code was made by another version of the appliance: this one reads NR1.");
        }
        if (code.length() != CHARACTERS) {
            return new Unreadable(
                    Reason.WRONG_LENGTH,
                    "The code has %d characters instead of %d: something is missing or left over."
                            .formatted(code.length(), CHARACTERS));
        }
        return readBody(code.substring(PREFIX.length() + 1));
    }

    private static Reading readBody(String body) {
        for (int at = 0; at < body.length(); at++) {
            if (CrockfordBase32.value(body.charAt(at)) < 0) {
                return mistyped(
                        "Group %d of the code has a character that no code has."
                                .formatted(at / GROUP + 1));
            }
        }
        byte[] bytes = CrockfordBase32.decode(body);
        if (bytes.length != BYTES || crc16(bytes, BYTES - 2) != checksumIn(bytes)) {
            return mistyped("The code is mistyped: its check characters do not fit.");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte version = buffer.get();
        int port = Short.toUnsignedInt(buffer.getShort());
        if (version != VERSION || port == 0) {
            return mistyped("The code is mistyped: it carries values that no code has.");
        }
        byte[] token = new byte[TOKEN_BYTES];
        byte[] pin = new byte[Fingerprints.PIN_BYTES];
        buffer.get(token).get(pin);
        return new Readable(new EnrolmentCode(port, token, pin));
    }

    /** The text form: the whole secret, to be shown once. */
    public String text() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        buffer.put(VERSION).putShort((short) port).put(token).put(pin);
        buffer.putShort((short) crc16(buffer.array(), BYTES - 2));
        String body = CrockfordBase32.encode(buffer.array());
        return PREFIX + VERSION + "-" + body.replaceAll("(.{5})(?=.)", "$1-");
    }

    @Override
    public byte[] token() {
        return token.clone();
    }

    /** The token as it goes over the wire: base64url without padding. */
    public String tokenText() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    @Override
    public byte[] pin() {
        return pin.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnrolmentCode(int otherPort, byte[] otherToken, byte[] otherPin)
                && port == otherPort
                && MessageDigest.isEqual(token, otherToken)
                && MessageDigest.isEqual(pin, otherPin);
    }

    @Override
    public int hashCode() {
        return 31 * port + Arrays.hashCode(pin);
    }

    @Override
    public String toString() {
        return "EnrolmentCode[port=" + port + ", token=redacted]";
    }

    private static Unreadable mistyped(String sentence) {
        return new Unreadable(Reason.MISTYPED, sentence);
    }

    private static int checksumIn(byte[] bytes) {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(BYTES - 2));
    }

    /** A CRC, not a hash: it is certain to notice a change within any 16 neighbouring bits. */
    private static int crc16(byte[] bytes, int length) {
        int crc = 0xffff;
        for (int at = 0; at < length; at++) {
            crc ^= (bytes[at] & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
            crc &= 0xffff;
        }
        return crc;
    }
}
