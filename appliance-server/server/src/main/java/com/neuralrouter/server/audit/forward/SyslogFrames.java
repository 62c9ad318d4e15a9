package com.neuralrouter.server.audit.forward;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes entries as syslog messages (RFC 5424) in frames with their length before them (RFC 5425,
 * section 4.3.1). Facility 13, log audit. PROCID is the log's origin: that it changes means another
 * log. MSGID is what happened. {@code sequenceId} (section 7.3.1) is the entry's number plus 1,
 * back to 1 after 2147483647 as the RFC wants it; the whole number is in the entry. Immutable.
 */
final class SyslogFrames {
    private static final int LOG_AUDIT = 13;
    private static final long MOST_SEQUENCE_ID = 2_147_483_647;
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Sender sender;
    private final ReceiverSettings.Payload payload;
    private final String origin;
    private final CefLines cef;

    SyslogFrames(Sender sender, ReceiverSettings.Payload payload) {
        this.sender = sender;
        this.payload = payload;
        this.cef = new CefLines(sender);
        this.origin =
                "[origin software=\"%s\" swVersion=\"%s\"]"
                        .formatted(Sender.PRODUCT, shortened(escaped(sender.version()), 32));
    }

    byte[] of(Leaf leaf) {
        LeafFacts facts = LeafFacts.of(leaf.bytes());
        byte[] content =
                switch (payload) {
                    case JSON -> leaf.bytes();
                    case CEF -> cef.of(leaf, facts);
                };
        byte[] head = head(leaf, facts).getBytes(StandardCharsets.US_ASCII);
        byte[] mark = ascii(content) ? new byte[0] : UTF8_MARK;
        int length = head.length + mark.length + content.length;
        var frame = new ByteArrayOutputStream(length + 8);
        frame.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
        frame.writeBytes(head);
        frame.writeBytes(mark);
        frame.writeBytes(content);
        return frame.toByteArray();
    }

    private String head(Leaf leaf, LeafFacts facts) {
        Instant time = facts.time();
        return "<%d>1 %s %s %s %s %s [meta sequenceId=\"%d\"]%s "
                .formatted(
                        LOG_AUDIT * 8 + facts.severity().syslog(),
                        time == null ? "-" : MICROS.format(time),
                        field(sender.host(), 255),
                        Sender.PRODUCT,
                        field(sender.log(), 128),
                        field(facts.event(), 32),
                        leaf.sequence() % MOST_SEQUENCE_ID + 1,
                        origin);
    }

    /** Printable ASCII without blanks, as a header field must be; {@code -} for nothing. */
    private static String field(String text, int most) {
        String printable = shortened(text, most).replaceAll("[^\\x21-\\x7e]", "_");
        return printable.isEmpty() ? "-" : printable;
    }

    /** In a parameter's value, section 6.3.3; what is no ASCII does not occur in a version. */
    private static String escaped(String value) {
        return value.replaceAll("[^\\x20-\\x7e]", "_").replaceAll("([\"\\\\\\]])", "\\\\$1");
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /**
     * A message that begins with the mark is UTF-8 by section 6.4, and one that is UTF-8 must have
     * it. Most receivers do not expect it, and ASCII needs none.
     */
    private static boolean ascii(byte[] content) {
        for (byte each : content) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }
}
