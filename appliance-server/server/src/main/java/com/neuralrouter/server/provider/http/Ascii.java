package com.neuralrouter.server.provider.http;

/** The characters of HTTP's grammar (RFC 9110, section 5.6), in bytes. */
final class Ascii {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (int c = '0'; c <= 'z'; c++) {
            TOKEN[c] = Character.isLetterOrDigit(c);
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Ascii() {}

    static boolean token(byte b) {
        return b >= 0 && TOKEN[b];
    }

    static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Refuses control characters, a bare CR and NUL above all. */
    static void checkText(byte[] bytes, int from, int end) throws UpstreamException {
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
                throw UpstreamException.badReply("the answer's head has a control character");
            }
        }
    }

    static boolean startsWith(byte[] bytes, int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a name of the same length is this one, which is in lower case. */
    static boolean is(byte[] bytes, int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (lower(bytes[from + i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean equal(byte[] bytes, int from, int end, String text) {
        return end - from == text.length() && is(bytes, from, text);
    }

    /** Whether a comma-separated list has the member. */
    static boolean hasListed(byte[] bytes, int from, int end, String member) {
        int start = from;
        for (int i = from; i <= end; i++) {
            if (i < end && bytes[i] != ',') {
                continue;
            }
            int last = i;
            while (start < last && blank(bytes[start])) {
                start++;
            }
            while (last > start && blank(bytes[last - 1])) {
                last--;
            }
            if (equal(bytes, start, last, member)) {
                return true;
            }
            start = i + 1;
        }
        return false;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
    }
}
