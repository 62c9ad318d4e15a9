package com.neuralrouter.server.provider.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * The head of an answer: what of it matters here, read straight from a connection's buffer. Strict,
 * because a lenient reader and a lenient sender may disagree about where an answer ends: a head
 * with both Content-Length and Transfer-Encoding, or with either in two ways, is refused (RFC 9112,
 * sections 5 and 6). Does not change once it was read.
 */
public final class ResponseHead {
    private static final int MOST_LINES = 200;
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_INTERIM_ANSWERS = 10;

    /** Up to 18 digits fit into a long. */
    private static final int MOST_DIGITS = 18;

    /** Content types that nearly every answer has one of, so that no string need be made. */
    private static final String[] USUAL_TYPES = {
        "application/json",
        "text/event-stream; charset=utf-8",
        "text/event-stream",
        "application/json; charset=utf-8",
    };

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private int status;
    private boolean keepAlive;
    private boolean chunked;
    private boolean encoded;
    private long contentLength;
    private String contentType = UNKNOWN_TYPE;
    private @Nullable String retryAfter;
    private @Nullable String retryAfterMillis;
    private @Nullable String requestsReset;
    private @Nullable String tokensReset;
    private boolean oldVersion;
    private boolean closeAsked;

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    /** Whether the body is in a coding, as gzip, that nobody asked for. */
    public boolean encoded() {
        return encoded;
    }

    /** The header {@code retry-after} as it came. */
    public @Nullable String retryAfter() {
        return retryAfter;
    }

    /** The header {@code retry-after-ms} or {@code x-ms-retry-after-ms} as it came. */
    public @Nullable String retryAfterMillis() {
        return retryAfterMillis;
    }

    /**
     * The header {@code x-ratelimit-reset-requests}, or {@code anthropic-ratelimit-requests-reset},
     * as it came.
     */
    @Nullable String requestsReset() {
        return requestsReset;
    }

    /**
     * The header {@code x-ratelimit-reset-tokens}, or {@code anthropic-ratelimit-tokens-reset}, as
     * it came.
     */
    @Nullable String tokensReset() {
        return tokensReset;
    }

    /** As the head told it, 0 where there can be no body, -1 if it told nothing. */
    long contentLength() {
        return contentLength;
    }

    boolean chunked() {
        return chunked;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    /** Waits for the final head and reads it; interim ones (1xx) are skipped. */
    void read(UpstreamConnection connection) throws UpstreamException {
        for (int interim = 0; interim <= MOST_INTERIM_ANSWERS; interim++) {
            reset();
            readOne(connection);
            if (status >= 200) {
                return;
            }
            if (status == 101) {
                throw bad("the answer switches to a protocol that nobody asked for");
            }
        }
        throw bad("there are too many interim answers");
    }

    private void readOne(UpstreamConnection connection) throws UpstreamException {
        int end = connection.line();
        statusLine(connection.buffer, connection.at, end);
        int bytes = end - connection.at;
        connection.at = end + 2;
        for (int lines = 0; ; lines++) {
            end = connection.line();
            int from = connection.at;
            connection.at = end + 2;
            if (from == end) {
                break;
            }
            bytes += end - from;
            if (lines == MOST_LINES || bytes > MOST_BYTES) {
                throw bad("the answer's head is too long");
            }
            header(connection.buffer, from, end);
        }
        conclude();
    }

    private void reset() {
        status = 0;
        oldVersion = false;
        closeAsked = false;
        chunked = false;
        encoded = false;
        contentLength = -1;
        contentType = UNKNOWN_TYPE;
        retryAfter = null;
        retryAfterMillis = null;
        requestsReset = null;
        tokensReset = null;
    }

    private void conclude() throws UpstreamException {
        if (chunked && (contentLength >= 0 || oldVersion)) {
            throw bad("the answer tells its length in two ways");
        }
        if (status == 204 || status == 304) {
            chunked = false;
            contentLength = 0;
        }
        keepAlive = !oldVersion && !closeAsked && (chunked || contentLength >= 0);
    }

    /** {@code HTTP/1.1 200 OK}, where the reason, and the space before it, may be missing. */
    private void statusLine(byte[] b, int from, int end) throws UpstreamException {
        boolean http1 =
                end - from >= 12
                        && Ascii.startsWith(b, from, "HTTP/1.")
                        && (b[from + 7] == '1' || b[from + 7] == '0')
                        && b[from + 8] == ' '
                        && (end - from == 12 || b[from + 12] == ' ');
        if (!http1) {
            throw bad("what came is not an HTTP/1.1 answer");
        }
        oldVersion = b[from + 7] == '0';
        for (int i = from + 9; i < from + 12; i++) {
            if (!Ascii.digit(b[i])) {
                throw bad("what came is not an HTTP/1.1 answer");
            }
            status = status * 10 + b[i] - '0';
        }
        if (status < 100 || status > 599) {
            throw bad("the answer's status is none");
        }
        Ascii.checkText(b, from + 12, end);
    }

    private void header(byte[] b, int from, int end) throws UpstreamException {
        int colon = from;
        while (colon < end && Ascii.token(b[colon])) {
            colon++;
        }
        // Refuses a folded line too: it begins with white space.
        if (colon == from || colon == end || b[colon] != ':') {
            throw bad("the answer has a malformed header");
        }
        int valueFrom = colon + 1;
        while (valueFrom < end && Ascii.blank(b[valueFrom])) {
            valueFrom++;
        }
        int valueEnd = end;
        while (valueEnd > valueFrom && Ascii.blank(b[valueEnd - 1])) {
            valueEnd--;
        }
        Ascii.checkText(b, valueFrom, valueEnd);
        note(b, from, colon, valueFrom, valueEnd);
    }

    /** Looks at a name's length first: most headers are told by it to be none of these. */
    private void note(byte[] b, int name, int colon, int from, int end) throws UpstreamException {
        switch (colon - name) {
            case 10 -> {
                if (Ascii.is(b, name, "connection")) {
                    closeAsked |= Ascii.hasListed(b, from, end, "close");
                }
            }
            case 11 -> {
                if (Ascii.is(b, name, "retry-after")) {
                    retryAfter = text(b, from, end);
                }
            }
            case 12 -> {
                if (Ascii.is(b, name, "content-type")) {
                    contentType = type(b, from, end);
                }
            }
            case 14 -> {
                if (Ascii.is(b, name, "content-length")) {
                    length(b, from, end);
                } else if (Ascii.is(b, name, "retry-after-ms")) {
                    retryAfterMillis = text(b, from, end);
                }
            }
            case 16 -> {
                if (Ascii.is(b, name, "content-encoding")) {
                    encoded |= !Ascii.equal(b, from, end, "identity");
                }
            }
            case 17 -> {
                if (Ascii.is(b, name, "transfer-encoding")) {
                    transferEncoding(b, from, end);
                }
            }
            case 19 -> {
                if (Ascii.is(b, name, "x-ms-retry-after-ms")) {
                    retryAfterMillis = text(b, from, end);
                }
            }
            case 24, 26, 32, 34 -> reset(b, name, colon - name, from, end);
            default -> {}
        }
    }

    /** Of names that are as long as those by which limits say when they are reset. */
    private void reset(byte[] b, int name, int length, int from, int end) throws UpstreamException {
        if (length == 24 && Ascii.is(b, name, "x-ratelimit-reset-tokens")
                || length == 32 && Ascii.is(b, name, "anthropic-ratelimit-tokens-reset")) {
            tokensReset = text(b, from, end);
        } else if (length == 26 && Ascii.is(b, name, "x-ratelimit-reset-requests")
                || length == 34 && Ascii.is(b, name, "anthropic-ratelimit-requests-reset")) {
            requestsReset = text(b, from, end);
        }
    }

    private void length(byte[] b, int from, int end) throws UpstreamException {
        long length = 0;
        if (from == end || end - from > MOST_DIGITS) {
            throw bad("the answer's length is no number");
        }
        for (int i = from; i < end; i++) {
            if (!Ascii.digit(b[i])) {
                throw bad("the answer's length is no number");
            }
            length = length * 10 + b[i] - '0';
        }
        if (contentLength >= 0 && contentLength != length) {
            throw bad("the answer tells two lengths");
        }
        contentLength = length;
    }

    private void transferEncoding(byte[] b, int from, int end) throws UpstreamException {
        if (chunked || !Ascii.equal(b, from, end, "chunked")) {
            throw bad("the answer has a transfer encoding other than chunked");
        }
        chunked = true;
    }

    private static String type(byte[] b, int from, int end) throws UpstreamException {
        for (String usual : USUAL_TYPES) {
            if (Ascii.equal(b, from, end, usual)) {
                return usual;
            }
        }
        return from == end ? UNKNOWN_TYPE : text(b, from, end);
    }

    private static String text(byte[] b, int from, int end) throws UpstreamException {
        if (end - from > 256) {
            throw bad("the answer has a header that is too long");
        }
        return new String(b, from, end - from, ISO_8859_1);
    }

    private static UpstreamException bad(String reason) {
        return UpstreamException.badReply(reason);
    }
}
