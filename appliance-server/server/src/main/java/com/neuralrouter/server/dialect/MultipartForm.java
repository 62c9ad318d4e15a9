package com.neuralrouter.server.dialect;

import com.neuralrouter.contract.ProblemCode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A body of the type {@code multipart/form-data} (RFC 7578, in the grammar of RFC 2046, section
 * 5.1.1), read where it lies: nothing is copied, and nothing goes to a disk. What parsers read in
 * different ways is refused: text before the first or behind the last part, a delimiter anywhere
 * but at a line's beginning, white space behind it, lines that end in a line feed alone. Content:
 * its {@code toString} shows none. Immutable.
 *
 * <p>Frameworks' parsers take all of that, and the last of two fields of one name, which is why
 * none is used here.
 */
final class MultipartForm {
    private static final String TYPE = "multipart/form-data";
    private static final int LONGEST_BOUNDARY = 70;
    private static final int MOST_PARTS = 64;

    private final byte[] body;
    private final byte[] delimiter;
    private final String contentType;
    private final List<Part> parts;

    /**
     * One field.
     *
     * @param at its value
     */
    record Part(PartHead head, Range at) {}

    private MultipartForm(byte[] body, byte[] delimiter, String contentType, List<Part> parts) {
        this.body = body;
        this.delimiter = delimiter;
        this.contentType = contentType;
        this.parts = List.copyOf(parts);
    }

    static boolean isForm(String contentType) {
        return MediaType.is(contentType, TYPE);
    }

    /**
     * Throws {@link InferenceRefused} unless it can be read in one way only.
     *
     * @param body kept, not copied
     */
    static MultipartForm read(String contentType, byte[] body) {
        String boundary = boundary(contentType.substring(TYPE.length()));
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
        if (!isAt(body, 0, delimiter)) {
            throw malformed("The form does not begin with its boundary.");
        }
        var parts = new ArrayList<Part>();
        int at = delimiter.length;
        while (!isAt(body, at, "--")) {
            if (!isAt(body, at, "\r\n")) {
                throw malformed("A boundary of the form is followed by something else.");
            }
            if (parts.size() == MOST_PARTS) {
                throw malformed("The form has more than " + MOST_PARTS + " fields.");
            }
            int next = next(body, at + 2, delimiter);
            parts.add(part(body, at + 2, next - 2));
            at = next + delimiter.length;
        }
        int end = at + 2;
        if (end != body.length && !(end + 2 == body.length && isAt(body, end, "\r\n"))) {
            throw malformed("There is something behind the form.");
        }
        String type = TYPE + "; boundary=" + (isToken(boundary) ? boundary : quoted(boundary));
        return new MultipartForm(body, delimiter, type, parts);
    }

    /** In the order in which they came. */
    List<Part> parts() {
        return parts;
    }

    /** The body's type, with its boundary and nothing else. */
    String contentType() {
        return contentType;
    }

    /** A field's value. Throws {@link InferenceRefused} if it is not UTF-8. */
    String text(Part part) {
        Range at = part.at();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body, at.from(), at.to() - at.from()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw BodyFields.refused(part.head().name(), "is not valid UTF-8");
        }
    }

    /** The form with another value in that place; the body itself if it is the same one. */
    byte[] with(Range at, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (indexOf(bytes, 0, delimiter) >= 0 || value.chars().anyMatch(Character::isISOControl)) {
            throw malformed("The form's boundary occurs in what is sent on; choose another one.");
        }
        if (Arrays.equals(body, at.from(), at.to(), bytes, 0, bytes.length)) {
            return body;
        }
        var splices = new Splices();
        splices.replace(at, value);
        return splices.applyTo(body);
    }

    /** The one parameter that the type has. */
    private static String boundary(String parameters) {
        String rest = parameters.strip();
        if (!rest.startsWith(";")) {
            throw noBoundary();
        }
        rest = rest.substring(1).strip();
        if (!rest.regionMatches(true, 0, "boundary=", 0, 9)) {
            throw noBoundary();
        }
        String value = rest.substring(9);
        boolean inQuotes = value.length() > 2 && value.startsWith("\"") && value.endsWith("\"");
        String boundary = inQuotes ? value.substring(1, value.length() - 1) : value;
        boolean good =
                !boundary.isEmpty()
                        && boundary.length() <= LONGEST_BOUNDARY
                        && boundary.chars().allMatch(MultipartForm::isOfBoundary)
                        && !boundary.endsWith(" ")
                        && (inQuotes || isToken(boundary));
        if (!good) {
            throw noBoundary();
        }
        return boundary;
    }

    /** RFC 2046, section 5.1.1: {@code bchars}. */
    private static boolean isOfBoundary(int c) {
        return isAlphanumeric(c) || "'()+_,-./:=? ".indexOf(c) >= 0;
    }

    private static boolean isToken(String text) {
        return text.chars().allMatch(c -> isAlphanumeric(c) || "'+_-.".indexOf(c) >= 0);
    }

    private static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static String quoted(String boundary) {
        return '"' + boundary + '"';
    }

    /** Where the next delimiter stands, which must be at the beginning of a line. */
    private static int next(byte[] body, int from, byte[] delimiter) {
        int next = indexOf(body, from, delimiter);
        if (next < 0) {
            throw malformed("The form does not end with its boundary.");
        }
        if (next - 2 < from || !isAt(body, next - 2, "\r\n")) {
            throw malformed("The form's boundary occurs in a field; choose another one.");
        }
        return next;
    }

    private static Part part(byte[] body, int from, int to) {
        int blank = indexOf(body, from, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        if (blank < 0 || blank + 4 > to || blank - from > PartHead.LONGEST) {
            throw malformed("A field of the form has no headers, or more than there may be.");
        }
        var value = new Range(blank + 4, to);
        return new Part(PartHead.read(body, new Range(from, blank), to - value.from()), value);
    }

    private static int indexOf(byte[] body, int from, byte[] sought) {
        for (int at = from; at <= body.length - sought.length; at++) {
            if (body[at] == sought[0] && isAt(body, at, sought)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAt(byte[] body, int at, String expected) {
        return isAt(body, at, expected.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isAt(byte[] body, int at, byte[] expected) {
        int end = at + expected.length;
        return end <= body.length && Arrays.equals(body, at, end, expected, 0, expected.length);
    }

    private static InferenceRefused noBoundary() {
        return malformed(
                "The body's type must be multipart/form-data with one parameter: a boundary of 1 to"
                        + " 70 characters.");
    }

    static InferenceRefused malformed(String detail) {
        return InferenceRefused.because(ProblemCode.MALFORMED_REQUEST, detail);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "MultipartForm[bytes=" + body.length + "]";
    }
}
