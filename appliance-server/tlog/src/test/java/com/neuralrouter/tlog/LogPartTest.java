package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.tlog.Verifier.Outcome;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Some entries of a log with their proofs: the one-file verifier accepts them, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogPartTest {
    private static final long SEED = Long.getLong("mutation.seed", 20261129);
    private static final int SIZE = 701;
    private static final int EVERY = 7;
    private static final int MUTATIONS = 300;

    private final TestLog log = TestLog.ofSize(SIZE, SEED);
    private Path folder;
    private Verifier verifier;

    @BeforeAll
    void write(@TempDir Path temporary) throws IOException {
        verifier = Verifier.compile(temporary.resolve("verifier"));
        folder = temporary.resolve("part");
        var tree = new NaiveTree(log.leaves());
        try (var part = new LogPart(folder)) {
            for (int i = 0; i < SIZE; i += EVERY) {
                part.append(
                        i,
                        new String(log.leaves().get(i), StandardCharsets.UTF_8),
                        tree.path(i, SIZE));
            }
            part.finish(log.checkpoint(SIZE, log.signers()), log.keys());
        }
    }

    @Test
    void isAcceptedWithTheLogsKeysAndWithout() {
        Outcome alone = verifier.verify(folder);
        Outcome brought =
                verifier.verify(
                        folder, "--key", log.ed25519.verifier(), "--key", log.mlDsa.verifier());

        assertThat(alone.output()).contains("entries      101", "WARNING").endsWith("GOOD\n");
        assertThat(brought.output()).endsWith("GOOD\n").doesNotContain("keys were taken");
        assertThat(alone.exit()).isZero();
        assertThat(brought.exit()).isZero();
    }

    @Test
    void isRefusedWithAnyChange() throws IOException {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < MUTATIONS; round++) {
            String what = round % 3 == 0 ? "lines" : "bytes";
            String name = random.nextBoolean() ? "entries.jsonl" : "proofs";
            Path file = folder.resolve(name);
            byte[] sound = Files.readAllBytes(file);
            Files.write(file, what.equals("lines") ? lines(sound, random) : flipped(sound, random));

            Outcome outcome = verifier.verify(folder);

            assertThat(outcome.output())
                    .as("seed %d, round %d: %s of %s", SEED, round, what, name)
                    .startsWith("BAD ");
            assertThat(outcome.exit()).isEqualTo(1);
            Files.write(file, sound);
        }
        assertThat(verifier.verify(folder).exit()).isZero();
        System.out.printf("mutations of entries with proofs: %d, missed: 0%n", MUTATIONS);
    }

    private static byte[] flipped(byte[] sound, SplittableRandom random) {
        byte[] altered = sound.clone();
        int at = random.nextInt(altered.length - 1);
        altered[at] ^= (byte) (1 << random.nextInt(7));
        return altered;
    }

    /** One taken out, doubled, or changed for another. */
    private static byte[] lines(byte[] sound, SplittableRandom random) {
        var lines = new ArrayList<>(List.of(new String(sound, StandardCharsets.UTF_8).split("\n")));
        int at = random.nextInt(lines.size() - 1);
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(at));
            default -> Collections.swap(lines, at, at + 1);
        }
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void takesNoEntryOutOfOrder(@TempDir Path other) throws IOException {
        try (var part = new LogPart(other)) {
            part.append(3, "{}", List.of());

            assertThatThrownBy(() -> part.append(3, "{}", List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> part.append(4, "{}\n", List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> part.finish(log.checkpoint(SIZE, log.signers()), List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(other.resolve("checkpoint")).doesNotExist();
    }
}
