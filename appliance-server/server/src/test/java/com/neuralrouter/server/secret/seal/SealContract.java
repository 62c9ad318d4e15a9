package com.neuralrouter.server.secret.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.SecretBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What every kind of seal does alike; one subclass for each. Chance is seeded. */
abstract class SealContract {
    private static final long SEED = 20261123;
    private static final byte[] PLACE =
            "installation 1, root key 1".getBytes(StandardCharsets.UTF_8);

    @TempDir Path site;

    /** A new seal in its own right: another key than every other call's. */
    abstract Seal make();

    /** Opens a seal that {@link #make} made, as a new process does. */
    abstract Seal open(SealRecord record);

    /** What must be nowhere to be read: passphrase, PIN or token; a marker for kinds without. */
    abstract String secret();

    Seals seals() {
        return new Seals(site, Map.of(), new SecureRandom());
    }

    static SecretBytes secretOf(String text) {
        return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesBackWhatItWrappedWhenItIsOpenedAgain() {
        Random chance = new Random(SEED);
        byte[] key = bytes(chance, 64);
        byte[] wrapped;
        SealRecord record;
        try (Seal seal = make()) {
            wrapped = seal.wrap(key, PLACE);
            record = seal.record();
        }

        try (Seal seal = open(record)) {
            assertThat(seal.unwrap(wrapped, PLACE)).isEqualTo(key);
            assertThat(seal.record()).isEqualTo(record);
        }
    }

    @Test
    void wrapsKeysOfAllLengthsWithAllAssociatedBytes() {
        Random chance = new Random(SEED);
        try (Seal seal = make()) {
            for (int i = 0; i < 25; i++) {
                byte[] key = bytes(chance, 1 + chance.nextInt(128));
                byte[] associated = bytes(chance, 1 + chance.nextInt(200));

                byte[] wrapped = seal.wrap(key, associated);

                assertThat(seal.unwrap(wrapped, associated)).as("round %d", i).isEqualTo(key);
            }
        }
    }

    @Test
    void wrapsTheSameKeyToOtherBytesEachTime() {
        try (Seal seal = make()) {
            assertThat(seal.wrap(new byte[32], PLACE)).isNotEqualTo(seal.wrap(new byte[32], PLACE));
        }
    }

    @Test
    void refusesOtherAssociatedBytes() {
        Random chance = new Random(SEED);
        try (Seal seal = make()) {
            byte[] wrapped = seal.wrap(bytes(chance, 32), PLACE);

            for (int at = 0; at < PLACE.length; at++) {
                byte[] elsewhere = flipped(PLACE, at, chance);
                assertThatThrownBy(() -> seal.unwrap(wrapped, elsewhere))
                        .as("byte %d", at)
                        .isInstanceOf(SealRefused.class);
            }
            assertThatThrownBy(() -> seal.unwrap(wrapped, Arrays.copyOf(PLACE, PLACE.length - 1)))
                    .isInstanceOf(SealRefused.class);
            assertThatThrownBy(() -> seal.unwrap(wrapped, Arrays.copyOf(PLACE, PLACE.length + 1)))
                    .isInstanceOf(SealRefused.class);
        }
    }

    @Test
    void refusesAWrappedKeyWithAnyByteFlipped() {
        Random chance = new Random(SEED);
        try (Seal seal = make()) {
            byte[] wrapped = seal.wrap(bytes(chance, 32), PLACE);

            for (int at = 0; at < wrapped.length; at++) {
                byte[] altered = flipped(wrapped, at, chance);
                assertThatThrownBy(() -> seal.unwrap(altered, PLACE))
                        .as("byte %d of %d", at, wrapped.length)
                        .isInstanceOf(SealRefused.class);
            }
        }
    }

    @Test
    void refusesAWrappedKeyOfAnyOtherLength() {
        try (Seal seal = make()) {
            byte[] wrapped = seal.wrap(new byte[32], PLACE);

            for (int length = 0; length < wrapped.length; length++) {
                byte[] cut = Arrays.copyOf(wrapped, length);
                assertThatThrownBy(() -> seal.unwrap(cut, PLACE))
                        .as("%d bytes of %d", length, wrapped.length)
                        .isInstanceOf(SealRefused.class);
            }
            assertThatThrownBy(() -> seal.unwrap(Arrays.copyOf(wrapped, wrapped.length + 1), PLACE))
                    .isInstanceOf(SealRefused.class);
        }
    }

    @Test
    void refusesWhatAnotherSealWrapped() {
        try (Seal seal = make();
                Seal other = make()) {
            byte[] wrapped = other.wrap(new byte[32], PLACE);

            assertThatThrownBy(() -> seal.unwrap(wrapped, PLACE)).isInstanceOf(SealRefused.class);
        }
    }

    @Test
    void knowsAnotherSealsRecordBeforeItUnwrapsAnything() {
        try (Seal seal = make();
                Seal other = make()) {
            SealRecord mixed = withCheckOf(seal.record(), other.record());

            assertThatThrownBy(() -> open(mixed))
                    .isInstanceOf(SealRefused.class)
                    .hasMessageNotContaining("altered");
        }
    }

    @Test
    void wrapsNothingWithoutAssociatedBytes() {
        try (Seal seal = make()) {
            assertThatThrownBy(() -> seal.wrap(new byte[32], new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> seal.wrap(new byte[0], PLACE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> seal.unwrap(new byte[61], new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void doesNothingOnceItIsClosed() {
        Seal seal = make();
        byte[] wrapped = seal.wrap(new byte[32], PLACE);
        seal.close();
        seal.close();

        assertThatThrownBy(() -> seal.wrap(new byte[32], PLACE))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal.unwrap(wrapped, PLACE))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void showsNoSecret() {
        try (Seal seal = make()) {
            assertThat(seal.record().toString()).doesNotContain(secret());
            assertThat(seal.toString()).doesNotContain(secret()).hasSizeLessThan(60);
        }
    }

    private static SealRecord withCheckOf(SealRecord record, SealRecord other) {
        Map<String, String> parameters = new TreeMap<>(record.parameters());
        parameters.put("check", other.parameters().get("check"));
        return new SealRecord(record.kind(), parameters);
    }

    private static byte[] flipped(byte[] bytes, int at, Random chance) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << chance.nextInt(8));
        return flipped;
    }

    private static byte[] bytes(Random chance, int count) {
        byte[] bytes = new byte[count];
        chance.nextBytes(bytes);
        return bytes;
    }
}
