package com.neuralrouter.server.provider.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Text as it can stand in a URL's path (RFC 3986, section 2). */
public final class PercentEncoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /** As one segment of a path, whatever is in it. */
    public static String segment(String text) {
        return encoded(text, "");
    }

    /**
     * Encodes all but unreserved characters (section 2.3), byte by byte in UTF-8.
     *
     * @param kept characters that stay besides
     */
    public static String encoded(String text, String kept) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean unreserved =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || "-._~".indexOf(c) >= 0;
            if (unreserved || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
