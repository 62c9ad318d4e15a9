package com.neuralrouter.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

/**
 * The published vectors for 256-bit keys: test cases 13 to 16 of "The Galois/Counter Mode of
 * Operation (GCM)" by McGrew and Viega, which NIST's SP 800-38D refers to.
 */
class AesGcmTest {
    private static final String VECTORS =
            """
            key | nonce | plain | associated | sealed
            0000000000000000000000000000000000000000000000000000000000000000 | 000000000000000000000000 | '' | '' | 530f8afbc74536b9a963b4f1c4cb738b
            0000000000000000000000000000000000000000000000000000000000000000 | 000000000000000000000000 | 00000000000000000000000000000000 | '' | cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919
            feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308 | cafebabefacedbaddecaf888 | d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255 | '' | 522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015adb094dac5d93471bdec1a502270e3cc6c
            feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308 | cafebabefacedbaddecaf888 | d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39 | feedfacedeadbeeffeedfacedeadbeefabaddad2 | 522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b
            """;

    @ParameterizedTest
    @CsvSource(textBlock = VECTORS, delimiter = '|', useHeadersInDisplayName = true)
    void sealsAndOpensAsPublished(
            String key, String nonce, String plain, String associated, String sealed) {
        byte[] result = AesGcm.encrypt(hex(key), hex(nonce), hex(plain), hex(associated));

        assertThat(HexFormat.of().formatHex(result)).isEqualTo(sealed);
        assertThat(AesGcm.decrypt(hex(key), hex(nonce), result, hex(associated)))
                .isEqualTo(hex(plain));
    }

    @Test
    void refusesEveryFlippedBit() {
        byte[] key = new byte[32];
        byte[] nonce = new byte[12];
        byte[] sealed = AesGcm.encrypt(key, nonce, new byte[] {1, 2, 3}, new byte[] {9});

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] altered = sealed.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> AesGcm.decrypt(key, nonce, altered, new byte[] {9}))
                    .isInstanceOf(UnopenableSecret.class);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
