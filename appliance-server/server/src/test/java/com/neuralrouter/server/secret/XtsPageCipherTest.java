package com.neuralrouter.server.secret;

import static com.neuralrouter.server.store.PageCipher.PAGE_BYTES;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

class XtsPageCipherTest {
    private static final Random RANDOM = new Random(20_261_123);

    @Test
    void encryptsManyPagesAsIfOneByOne() {
        byte[] pages = random(3 * PAGE_BYTES);
        byte[] together = pages.clone();
        try (var cipher = XtsPageCipher.of(random(64))) {
            cipher.encrypt(41, together);

            for (int i = 0; i < 3; i++) {
                byte[] page = Arrays.copyOfRange(pages, i * PAGE_BYTES, (i + 1) * PAGE_BYTES);
                cipher.encrypt(41 + i, page);
                assertThat(Arrays.copyOfRange(together, i * PAGE_BYTES, (i + 1) * PAGE_BYTES))
                        .isEqualTo(page);
            }
            cipher.decrypt(41, together);
            assertThat(together).isEqualTo(pages);
        }
    }

    @Test
    void hasAnotherCiphertextForThePageInAnotherPlaceAndUnderAnotherKey() {
        byte[] page = new byte[PAGE_BYTES];
        byte[] key = random(64);

        assertThat(encrypted(key, 1, page)).isNotEqualTo(encrypted(key, 2, page));
        assertThat(encrypted(key, 1, page)).isNotEqualTo(encrypted(key, 1L << 40, page));
        for (int half : List.of(0, 32)) {
            byte[] other = key.clone();
            other[half]++;
            assertThat(encrypted(other, 1, page)).isNotEqualTo(encrypted(key, 1, page));
        }
    }

    @Test
    void tearsNoMoreThanTheBlockThatWasTorn() {
        byte[] page = random(PAGE_BYTES);
        byte[] key = random(64);
        byte[] torn = encrypted(key, 7, page);
        torn[1_000] ^= 1;

        try (var cipher = XtsPageCipher.of(key)) {
            cipher.decrypt(7, torn);
        }

        int block = 1_000 / 16 * 16;
        assertThat(Arrays.copyOf(torn, block)).isEqualTo(Arrays.copyOf(page, block));
        assertThat(Arrays.copyOfRange(torn, block + 16, PAGE_BYTES))
                .isEqualTo(Arrays.copyOfRange(page, block + 16, PAGE_BYTES));
        assertThat(Arrays.mismatch(torn, page)).isBetween(block, block + 15);
    }

    @Test
    void worksForManyThreadsAtOnce() throws Exception {
        byte[] key = random(64);
        byte[] page = random(PAGE_BYTES);
        byte[] expected = encrypted(key, 5, page);
        try (var cipher = XtsPageCipher.of(key);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> tasks =
                    IntStream.range(0, 400)
                            .<Callable<Boolean>>mapToObj(i ->
                                    () -> {
                                        byte[] mine = page.clone();
                                        cipher.encrypt(5, mine);
                                        boolean right = Arrays.equals(mine, expected);
                                        cipher.decrypt(5, mine);
                                        return right && Arrays.equals(mine, page);
                                    })
                            .toList();

            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    @Test
    void tellsItsKeyByACheckValueThatDependsOnTheSalt() {
        byte[] key = random(64);
        byte[] other = key.clone();
        other[63] ^= 1;
        byte[] salt = random(16);

        assertThat(check(key, salt)).isEqualTo(check(key, salt)).hasSize(16);
        assertThat(check(other, salt)).isNotEqualTo(check(key, salt));
        assertThat(check(key, random(16))).isNotEqualTo(check(key, salt));
    }

    @Test
    void refusesAKeyOfAnotherLengthAndTwoHalvesThatAreTheSame() {
        byte[] twice = random(64);
        System.arraycopy(twice, 0, twice, 32, 32);

        assertThatThrownBy(() -> XtsPageCipher.of(twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("halves");
        assertThatThrownBy(() -> XtsPageCipher.of(new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isOfNoUseOnceClosedAndShowsNothing() {
        byte[] key = random(64);
        var cipher = XtsPageCipher.of(key);
        cipher.close();

        assertThatThrownBy(() -> cipher.encrypt(0, new byte[PAGE_BYTES]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.checkValue(new byte[16]))
                .isInstanceOf(IllegalStateException.class);
        assertThat(cipher).hasToString("XtsPageCipher[redacted]");
    }

    private static byte[] encrypted(byte[] key, long number, byte[] page) {
        byte[] copy = page.clone();
        try (var cipher = XtsPageCipher.of(key)) {
            cipher.encrypt(number, copy);
        }
        return copy;
    }

    private static byte[] check(byte[] key, byte[] salt) {
        try (var cipher = XtsPageCipher.of(key)) {
            return cipher.checkValue(salt);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
