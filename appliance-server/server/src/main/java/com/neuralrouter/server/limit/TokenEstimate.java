package com.neuralrouter.server.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many tokens a request's body has, before anybody has counted them: with OpenAI's {@code
 * cl100k_base}, which other vocabularies of that size come close to, and by the bytes while that is
 * not in memory yet. What is no text of a language, such as an image in Base64, counts as little as
 * providers charge for it, not by its letters. Offline. Safe for all threads.
 */
public final class TokenEstimate {
    /** Of a body that is larger, the rest is counted by what was found up to here. */
    private static final int COUNTED = 64 << 10;

    /** Longer than any word. */
    private static final int RUN = 512;

    /** What an image is about worth. */
    private static final int RUN_TOKENS = 1_000;

    /** A rule of thumb. */
    private static final int BYTES_PER_TOKEN = 4;

    /** Other vocabularies need more tokens for the same text, rarely by more than an eighth. */
    private static final int MARGIN = 8;

    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile @Nullable Encoding encoding;

    /** Some limit counts tokens: the vocabulary is read, on a thread of its own. */
    public void warm() {
        if (wanted.compareAndSet(false, true)) {
            Thread.ofPlatform().name("token-vocabulary").daemon().start(this::load);
        }
    }

    /** Reads the vocabulary, which takes some tenths of a second and some megabytes. */
    void load() {
        encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
        of("{}".getBytes(UTF_8));
    }

    /** What is to be reserved for a body: rather too much than too little. */
    public long of(byte[] body) {
        byte[] text = new byte[Math.min(body.length, COUNTED)];
        int kept = 0;
        long runs = 0;
        long textBytes = 0;
        for (int at = 0; at < body.length; ) {
            int end = endOfPiece(body, at);
            int length = end - at;
            if (length > RUN) {
                runs++;
            } else {
                int fits = Math.min(length, text.length - kept);
                System.arraycopy(body, at, text, kept, fits);
                kept += fits;
                textBytes += length;
            }
            at = end;
        }
        long counted = count(text, kept);
        long all = (kept == 0 ? 0 : counted * textBytes / kept) + runs * RUN_TOKENS;
        return all + all / MARGIN + 1;
    }

    private long count(byte[] text, int length) {
        Encoding known = encoding;
        return known == null
                ? (length + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN
                : known.countTokensOrdinary(unescaped(new String(text, 0, length, UTF_8)));
    }

    /** All letters that Base64 has, or one other byte. */
    private static int endOfPiece(byte[] body, int from) {
        int end = from;
        while (end < body.length && isBase64(body[end])) {
            end++;
        }
        return Math.max(end, from + 1);
    }

    private static boolean isBase64(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '+'
                || b == '/'
                || b == '-'
                || b == '_'
                || b == '=';
    }

    /** Letters that JSON has as numbers are one letter for the model. */
    private static String unescaped(String json) {
        if (json.indexOf('\\') < 0) {
            return json;
        }
        var text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\' && json.startsWith("u", i + 1) && isHex(json, i + 2)) {
                text.append((char) HexFormat.fromHexDigits(json, i + 2, i + 6));
                i += 5;
            } else if (c != '\\') {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static boolean isHex(String text, int from) {
        return from + 4 <= text.length()
                && text.substring(from, from + 4).chars().allMatch(HexFormat::isHexDigit);
    }
}
