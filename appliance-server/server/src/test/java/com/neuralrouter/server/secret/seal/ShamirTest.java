package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * That Bouncy Castle's splitting is Shamir's over GF(256), judged by the textbook's interpolation
 * written here apart from it.
 */
class ShamirTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 16", "3, 5", "5, 7", "16, 16"})
    void sharesLieOnAPolynomialOfDegreeBelowTheThreshold(int threshold, int count) {
        byte[] key = random();
        List<Share> shares = Shares.split(key, 1, threshold, count, RANDOM);

        for (int at = 0; at < key.length; at++) {
            int position = at;
            int[] x = IntStream.rangeClosed(1, count).toArray();
            int[] y = shares.stream().mapToInt(share -> at(share, position)).toArray();
            assertThat(interpolated(x, y, threshold, 0)).isEqualTo(key[at] & 0xFF);
            for (int extra = threshold; extra < count; extra++) {
                assertThat(interpolated(x, y, threshold, x[extra])).isEqualTo(y[extra]);
            }
        }
    }

    @Test
    void joinsWhatTheTextbookSplits() {
        byte[] key = random();
        byte[] slope = random();
        List<Share> shares = List.of(line(key, slope, 9), line(key, slope, 4));

        assertThat(Shares.joined(shares)).isEqualTo(key);
    }

    @Test
    void theKeyIsWhatWasSplitEachTimeWithOtherCoefficients() {
        byte[] key = random();
        List<Share> one = Shares.split(key, 1, 3, 5, RANDOM);
        List<Share> other = Shares.split(key, 1, 3, 5, RANDOM);

        assertThat(one.getFirst().value()).isNotEqualTo(other.getFirst().value());
        assertThat(Shares.joined(one.subList(0, 3))).isEqualTo(key);
        assertThat(Shares.joined(List.of(one.get(0), one.get(1), other.get(2)))).isNotEqualTo(key);
        assertThat(Shares.joined(one.subList(0, 2))).isNotEqualTo(key);
    }

    /** One share of two of one same key takes every value: alone it says nothing. */
    @Test
    void aShareBelowTheThresholdTakesEveryValue() {
        byte[] key = new byte[32];
        BitSet seen = new BitSet(256);
        for (int i = 0; i < 400 && seen.cardinality() < 256; i++) {
            Share share = Shares.split(key, 1, 2, 2, RANDOM).getFirst();
            for (int at = 0; at < key.length; at++) {
                seen.set(at(share, at));
            }
        }

        assertThat(seen.cardinality()).isEqualTo(256);
    }

    @Test
    void leavesTheKeyThatItSplit() {
        byte[] key = random();
        byte[] before = key.clone();

        Shares.split(key, 1, 2, 3, RANDOM);

        assertThat(key).isEqualTo(before);
    }

    private static Share line(byte[] key, byte[] slope, int x) {
        byte[] value = new byte[key.length];
        for (int at = 0; at < key.length; at++) {
            value[at] = (byte) (key[at] ^ times(slope[at] & 0xFF, x));
        }
        return new Share(1, 2, x, SecretBytes.owning(value));
    }

    /** Lagrange's formula through the first {@code count} points, at {@code where}. */
    private static int interpolated(int[] x, int[] y, int count, int where) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int term = y[i];
            for (int j = 0; j < count; j++) {
                if (j != i) {
                    term = times(term, times(where ^ x[j], inverse(x[i] ^ x[j])));
                }
            }
            sum ^= term;
        }
        return sum;
    }

    private static int inverse(int value) {
        return IntStream.range(1, 256).filter(i -> times(value, i) == 1).findFirst().orElseThrow();
    }

    /** Modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197, section 4.2). */
    private static int times(int one, int two) {
        int product = 0;
        for (int a = one, b = two; b != 0; b >>= 1) {
            product ^= (b & 1) == 1 ? a : 0;
            a = (a << 1 ^ ((a & 0x80) == 0 ? 0 : 0x11b)) & 0xFF;
        }
        return product;
    }

    private static int at(Share share, int position) {
        byte[] value = share.value().copy();
        int result = value[position] & 0xFF;
        Arrays.fill(value, (byte) 0);
        return result;
    }

    private static byte[] random() {
        byte[] bytes = new byte[Share.VALUE_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
