package com.neuralrouter.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class StrictTextTest {

    /** Bytes that begin sequences, continue them, or are forbidden, next to plain ones. */
    private static final int[] NEARLY_UTF8 = {
        0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xa0, 0xf0, 0x90, 0xf4, 0xf5, 0xff
    };

    private static final List<String> PIECES =
            List.of("plain text ", "\u00e4\u00f6", "\u20ac", "\ud83d\ude00");

    @Test
    void agreesWithTheRuntimeOnWhatIsUtf8() {
        for (long seed = 1; seed <= 20_000; seed++) {
            byte[] text = nearlyUtf8(new SplittableRandom(seed));

            assertThat(StrictText.isUnambiguous(text)).as("seed %d", seed).isEqualTo(decodes(text));
        }
    }

    /** Long enough that the decoder's buffer is filled more than once. */
    @Test
    void takesEveryTextThatIsEncodedProperly() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new SplittableRandom(seed);
            String text =
                    IntStream.range(0, random.nextInt(3_000))
                            .mapToObj(_ -> PIECES.get(random.nextInt(PIECES.size())))
                            .collect(Collectors.joining());

            assertThat(unambiguous(text)).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void findsHalfASurrogatePairWhereverItStands() {
        for (int offset = 0; offset < 20; offset++) {
            String before = "x".repeat(offset);

            assertThat(unambiguous(before + "\\ud83d\\ude00")).isTrue();
            assertThat(unambiguous(before + "\\\\ud83d")).isTrue();
            assertThat(unambiguous(before + "\\u00e4\\n\\\"")).isTrue();
            assertThat(unambiguous(before + "\\ud83d")).isFalse();
            assertThat(unambiguous(before + "\\ud83dx")).isFalse();
            assertThat(unambiguous(before + "\\ud83d\\u0041")).isFalse();
            assertThat(unambiguous(before + "\\uDE00")).isFalse();
            assertThat(unambiguous(before + "\\\\\\ud83d")).isFalse();
        }
    }

    private static boolean unambiguous(String text) {
        return StrictText.isUnambiguous(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean decodes(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }

    private static byte[] nearlyUtf8(SplittableRandom random) {
        byte[] text = new byte[random.nextInt(41)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) NEARLY_UTF8[random.nextInt(NEARLY_UTF8.length)];
        }
        return text;
    }
}
