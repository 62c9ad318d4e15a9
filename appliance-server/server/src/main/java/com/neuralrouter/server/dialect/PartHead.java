package com.neuralrouter.server.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The headers of one field of a {@link MultipartForm} (RFC 7578, section 4), read strictly: no
 * header and no parameter but those that there are, none twice, names and file names in quotes and
 * without escapes, which parsers read in different ways. Content: its {@code toString} shows none.
 *
 * @param name the field's: letters, digits and {@code _ - . [ ]}
 * @param file whether it is a file
 */
record PartHead(String name, boolean file) {
    static final int LONGEST = 2_048;

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_FILE_NAME = 255;
    private static final String DISPOSITION = "content-disposition";
    private static final String TYPE = "content-type";
    private static final String ENCODING = "content-transfer-encoding";
    private static final String LENGTH = "content-length";
    private static final Set<String> HEADERS = Set.of(DISPOSITION, TYPE, ENCODING, LENGTH);
    private static final Set<String> AS_IT_IS = Set.of("binary", "8bit", "7bit");

    /** RFC 9110, section 8.3.1, with the parameters that sounds have. */
    private static final Pattern SOUND =
            Pattern.compile(
                    "[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+"
                            + "( ?; ?(codecs|rate|channels)=([a-z0-9.,_-]+|\"[a-z0-9.,_ -]+\"))*",
                    Pattern.CASE_INSENSITIVE);

    private static final Set<String> TEXTS =
            Set.of(
                    "text/plain",
                    "text/plain;charset=utf-8",
                    "application/json",
                    "application/json;charset=utf-8");

    /**
     * Throws {@link InferenceRefused}.
     *
     * @param at the headers, without the line's end behind the last one
     * @param length of the field's value
     */
    static PartHead read(byte[] body, Range at, int length) {
        Map<String, String> headers = headers(text(body, at));
        String disposition = headers.get(DISPOSITION);
        if (disposition == null) {
            throw refused("has no content-disposition");
        }
        PartHead head = head(disposition);
        String encoding = headers.getOrDefault(ENCODING, "binary");
        if (!AS_IT_IS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw refused("has a content-transfer-encoding that changes it");
        }
        if (!headers.getOrDefault(LENGTH, "" + length).equals("" + length)) {
            throw refused("has a content-length that is not its own");
        }
        String type = headers.getOrDefault(TYPE, "text/plain");
        if (!SOUND.matcher(type).matches() && head.file()) {
            throw refused("has a type that is none, or one with other parameters than a sound's");
        }
        if (!head.file() && !TEXTS.contains(type.toLowerCase(Locale.ROOT).replace(" ", ""))) {
            throw refused("is no file, and its type neither text nor JSON in UTF-8");
        }
        return head;
    }

    private static String text(byte[] body, Range at) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body, at.from(), at.to() - at.from()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw refused("has headers that are not valid UTF-8");
        }
    }

    private static Map<String, String> headers(String text) {
        var headers = new HashMap<String, String>();
        for (String line : text.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (!HEADERS.contains(name) || value.chars().anyMatch(Character::isISOControl)) {
                throw refused(
                        "has a header other than content-disposition, content-type,"
                                + " content-transfer-encoding and content-length, or one that is"
                                + " none");
            }
            if (headers.putIfAbsent(name, value) != null) {
                throw refused("has a header twice");
            }
        }
        return headers;
    }

    /** As in {@code form-data; name="file"; filename="speech.mp3"}. */
    private static PartHead head(String disposition) {
        String rest = disposition;
        if (!rest.regionMatches(true, 0, "form-data", 0, 9)) {
            throw refused("has a content-disposition other than form-data");
        }
        rest = rest.substring(9);
        var parameters = new HashMap<String, String>();
        while (!rest.isEmpty()) {
            int begins = rest.indexOf("=\"");
            int ends = begins < 0 ? -1 : rest.indexOf('"', begins + 2);
            if (ends < 0 || rest.charAt(0) != ';') {
                throw unreadable();
            }
            String name = rest.substring(1, begins).strip().toLowerCase(Locale.ROOT);
            if (parameters.putIfAbsent(name, rest.substring(begins + 2, ends)) != null) {
                throw unreadable();
            }
            rest = rest.substring(ends + 1).stripLeading();
        }
        String name = parameters.remove("name");
        String file = parameters.remove("filename");
        if (name == null || !isName(name) || !parameters.isEmpty()) {
            throw unreadable();
        }
        if (file != null && (file.length() > LONGEST_FILE_NAME || file.contains("\\"))) {
            throw refused("has a file name with a backslash, or of more than 255 characters");
        }
        return new PartHead(name, file != null);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars()
                        .allMatch(c ->
                                c >= 'a' && c <= 'z'
                                        || c >= 'A' && c <= 'Z'
                                        || c >= '0' && c <= '9'
                                        || "_-.[]".indexOf(c) >= 0);
    }

    private static InferenceRefused unreadable() {
        return refused(
                "has a content-disposition that is not form-data with a name and, for a file, a"
                        + " filename, each in quotes");
    }

    private static InferenceRefused refused(String why) {
        return MultipartForm.malformed("A field of the form " + why + ".");
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "PartHead[file=" + file + "]";
    }
}
