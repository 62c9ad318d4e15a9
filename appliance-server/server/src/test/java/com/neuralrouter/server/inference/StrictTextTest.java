package com.neuralrouter.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

class StrictTextTest {

    @Property
    void agreesWithTheRuntimeOnWhatIsUtf8(@ForAll("nearlyUtf8") byte[] text) {
        assertThat(StrictText.isUnambiguous(text)).isEqualTo(decodes(text));
    }

    @Property
    void takesEveryTextThatIsEncodedProperly(@ForAll("texts") String text) {
        assertThat(StrictText.isUnambiguous(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @Example
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

    /** Bytes that begin sequences, continue them, or are forbidden, next to plain ones. */
    @Provide
    Arbitrary<byte[]> nearlyUtf8() {
        return Arbitraries.of(
                        0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xa0, 0xf0, 0x90, 0xf4,
                        0xf5, 0xff)
                .map(Integer::byteValue)
                .array(byte[].class)
                .ofMaxSize(40);
    }

    /** Long enough that the decoder's buffer is filled more than once. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("plain text ", "\u00e4\u00f6", "\u20ac", "\ud83d\ude00")
                .list()
                .ofMinSize(0)
                .ofMaxSize(3_000)
                .map(pieces -> String.join("", pieces));
    }
}
