package com.neuralrouter.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.neuralrouter.server.secret.StreamRefused.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;

/**
 * The peer is Tink itself: the vectors that Tink publishes are for AES-128 or HKDF-SHA1, which we
 * don't have. Segments are small here but where the real size is the point.
 */
class SegmentedStreamTest {
    private static final int SMALL = 128;
    private static final int FIRST = SMALL - SegmentCipher.HEADER_BYTES - AesGcm.TAG_BYTES;
    private static final int LATER = SMALL - AesGcm.TAG_BYTES;
    private static final byte[] ASSOCIATED = "header".getBytes(StandardCharsets.UTF_8);
    private static final long SEED = System.nanoTime();

    private final Random random = new Random(SEED);
    private final byte[] key = bytes(32);

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                FIRST - 1,
                FIRST,
                FIRST + 1,
                FIRST + LATER,
                FIRST + LATER + 1,
                FIRST + 50 * LATER + 7
            })
    void tinkOpensWhatWeSealAndWeOpenWhatTinkSeals(int length) throws Exception {
        byte[] plain = bytes(length);

        assertThat(tinkOpens(sealed(plain), SMALL)).as("seed %s", SEED).isEqualTo(plain);
        assertThat(opened(tinkSeals(plain, SMALL))).as("seed %s", SEED).isEqualTo(plain);
    }

    @Test
    void tinkAgreesAtTheRealSegmentSize() throws Exception {
        byte[] plain = bytes(3 * SegmentCipher.SEGMENT_BYTES + 11);
        var ours = new ByteArrayOutputStream();
        try (var real = StreamKey.owning(key.clone());
                var out = real.seal(ours, ASSOCIATED, new SecureRandom())) {
            out.write(plain);
            out.finish();
        }

        assertThat(tinkOpens(ours.toByteArray(), SegmentCipher.SEGMENT_BYTES)).isEqualTo(plain);
        byte[] theirs = tinkSeals(plain, SegmentCipher.SEGMENT_BYTES);
        try (var real = StreamKey.owning(key.clone());
                var in = real.open(new ByteArrayInputStream(theirs), ASSOCIATED)) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
    }

    @Test
    void refusesEachFlippedBit() throws IOException {
        byte[] stream = sealed(bytes(FIRST + 2 * LATER + 9));
        for (int at = 0; at < stream.length; at++) {
            byte[] altered = stream.clone();
            altered[at] ^= (byte) (1 << random.nextInt(8));

            StreamRefused refused = refused(altered);

            assertThat(refused.fault()).as("byte %s, seed %s", at, SEED).isEqualTo(Fault.ALTERED);
            assertThat(refused.segment()).as("byte %s", at).isEqualTo(at / SMALL);
        }
    }

    @Test
    void refusesEachTruncation() throws IOException {
        byte[] stream = sealed(bytes(FIRST + 2 * LATER + 9));
        for (int length = 0; length < stream.length; length++) {
            StreamRefused refused = refused(Arrays.copyOf(stream, length));

            boolean betweenSegments = length < SegmentCipher.HEADER_BYTES || length % SMALL == 0;
            assertThat(refused.fault())
                    .as("of %s bytes", length)
                    .isEqualTo(
                            betweenSegments || length == SegmentCipher.HEADER_BYTES
                                    ? Fault.TRUNCATED
                                    : Fault.ALTERED);
        }
    }

    @Test
    void refusesSegmentsThatAreSwappedRepeatedOrDropped() throws IOException {
        byte[] stream = sealed(bytes(FIRST + 4 * LATER + 9));

        byte[] swapped = stream.clone();
        System.arraycopy(stream, SMALL, swapped, 2 * SMALL, SMALL);
        System.arraycopy(stream, 2 * SMALL, swapped, SMALL, SMALL);
        assertThat(refused(swapped))
                .hasMessage("it is reordered: where segment 1 belongs stands segment 2");

        assertThat(refused(without(stream, 2)))
                .hasMessage("it is reordered: where segment 2 belongs stands segment 3");

        byte[] repeated = stream.clone();
        System.arraycopy(stream, SMALL, repeated, 2 * SMALL, SMALL);
        assertThat(refused(repeated))
                .hasMessage("it is reordered: where segment 2 belongs stands segment 1");
    }

    @Test
    void refusesWhatFollowsAFullLastSegment() throws IOException {
        byte[] stream = sealed(bytes(FIRST + LATER));

        assertThat(refused(Arrays.copyOf(stream, stream.length + 1)).fault())
                .isEqualTo(Fault.CONTINUED);
    }

    @Test
    void refusesASegmentOfAnotherStreamUnderTheSameKey() throws IOException {
        byte[] one = sealed(bytes(FIRST + 3 * LATER));
        byte[] other = sealed(bytes(FIRST + 3 * LATER));
        System.arraycopy(other, 2 * SMALL, one, 2 * SMALL, SMALL);

        assertThat(refused(one).fault()).isEqualTo(Fault.ALTERED);
        assertThat(refused(one).segment()).isEqualTo(2);
    }

    @Test
    void refusesAnotherKeyAndOtherAssociatedData() throws IOException {
        byte[] stream = sealed(bytes(100));

        assertThatThrownBy(() -> opened(stream, bytes(32), ASSOCIATED))
                .isInstanceOf(StreamRefused.class);
        assertThatThrownBy(() -> opened(stream, key, new byte[0]))
                .isInstanceOf(StreamRefused.class);
    }

    @Test
    void handsOutNothingOfASegmentThatIsNotAuthentic() throws IOException {
        byte[] plain = bytes(FIRST + 2 * LATER);
        byte[] stream = sealed(plain);
        stream[2 * SMALL - 1] ^= 1;

        try (var in =
                new SegmentedInput(new ByteArrayInputStream(stream), key, ASSOCIATED, SMALL)) {
            assertThat(in.readNBytes(FIRST)).isEqualTo(Arrays.copyOf(plain, FIRST));
            assertThatThrownBy(in::read).isInstanceOf(StreamRefused.class);
        }
    }

    @Test
    void isNotWholeWhenItWasClosedWithoutAnEnd() throws IOException {
        var stream = new ByteArrayOutputStream();
        try (var out = new SegmentedOutput(stream, key, ASSOCIATED, new SecureRandom(), SMALL)) {
            out.write(bytes(FIRST + LATER + 5));
        }

        assertThat(refused(stream.toByteArray()).fault()).isEqualTo(Fault.TRUNCATED);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] without(byte[] stream, int segment) {
        byte[] shorter = Arrays.copyOf(stream, stream.length - SMALL);
        System.arraycopy(
                stream,
                (segment + 1) * SMALL,
                shorter,
                segment * SMALL,
                stream.length - (segment + 1) * SMALL);
        return shorter;
    }

    private byte[] sealed(byte[] plain) throws IOException {
        var stream = new ByteArrayOutputStream();
        try (var out = new SegmentedOutput(stream, key, ASSOCIATED, new SecureRandom(), SMALL)) {
            // In pieces that don't fit the segments.
            for (int at = 0; at < plain.length; at += 37) {
                out.write(plain, at, Math.min(37, plain.length - at));
            }
            out.finish();
        }
        return stream.toByteArray();
    }

    private byte[] opened(byte[] stream) throws IOException {
        return opened(stream, key, ASSOCIATED);
    }

    private static byte[] opened(byte[] stream, byte[] key, byte[] associated) throws IOException {
        try (var in =
                new SegmentedInput(new ByteArrayInputStream(stream), key, associated, SMALL)) {
            return in.readAllBytes();
        }
    }

    private StreamRefused refused(byte[] stream) {
        StreamRefused refused = catchThrowableOfType(StreamRefused.class, () -> opened(stream));
        assertThat(refused).as("refused").isNotNull();
        return refused;
    }

    private byte[] tinkOpens(byte[] stream, int segmentBytes)
            throws IOException, GeneralSecurityException {
        try (InputStream in =
                tink(segmentBytes)
                        .newDecryptingStream(new ByteArrayInputStream(stream), ASSOCIATED)) {
            return in.readAllBytes();
        }
    }

    private byte[] tinkSeals(byte[] plain, int segmentBytes)
            throws IOException, GeneralSecurityException {
        var stream = new ByteArrayOutputStream();
        try (OutputStream out = tink(segmentBytes).newEncryptingStream(stream, ASSOCIATED)) {
            out.write(plain);
        }
        return stream.toByteArray();
    }

    private AesGcmHkdfStreaming tink(int segmentBytes) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", 32, segmentBytes, 0);
    }
}
