package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.tlog.Verifier.Outcome;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * 1,000 random changes to an exported log, made by someone without the log's keys or with them: the
 * one-file verifier finds each. Prints how many there were of each kind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationTest {
    private static final long SEED = Long.getLong("mutation.seed", 20261123);
    private static final int MUTATIONS = 1_000;
    private static final int SIZE = 1_700;
    private static final int KEPT = 1_400;

    private final TestLog log = TestLog.ofSize(SIZE, SEED);
    private Path temporary;
    private Verifier verifier;
    private Path folder;
    private Path kept;

    @BeforeAll
    void exportOnce(@TempDir Path folderOfThisTest) throws IOException {
        temporary = folderOfThisTest;
        verifier = Verifier.compile(temporary.resolve("verifier"));
        folder = temporary.resolve("export");
        log.export(folder, log.signers(), 1, 255, 256, 700, 1_536);
        kept = temporary.resolve("kept");
        Files.write(kept, log.checkpoint(KEPT, log.signers()).bytes());
    }

    @Test
    void theVerifierFindsEveryMutation() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<String> missed = new ArrayList<>();
        Mutations mutations = new Mutations(log, folder, temporary.resolve("forged"));
        List<Mutations.Kind> kinds = mutations.kinds();

        isGood(brought());
        for (int round = 0; round < MUTATIONS; round++) {
            Mutations.Kind kind = kinds.get(round % kinds.size());
            String what = kind.mutation().apply(random);
            Outcome outcome = verifier.verify(kind.needsMore() ? brought() : alone());
            mutations.restore();
            counts.merge(kind.name(), 1, Integer::sum);
            if (outcome.exit() != 1 || !outcome.output().startsWith("BAD ")) {
                missed.add(
                        "seed %d round %d, %s: %s%n%s"
                                .formatted(SEED, round, kind.name(), what, outcome.output()));
            }
        }
        isGood(brought());
        isGood(alone());

        System.out.println("mutations found by AuditVerifier, by kind: " + counts);
        System.out.println("mutations in all: " + MUTATIONS + ", missed: " + missed.size());
        assertThat(missed).isEmpty();
        assertThat(counts).hasSameSizeAs(kinds);
    }

    /** With what an auditor has from elsewhere: the keys and a checkpoint that somebody kept. */
    private Object[] brought() {
        return new Object[] {
            folder,
            "--key",
            log.ed25519.verifier(),
            "--key",
            log.mlDsa.verifier(),
            "--remembered",
            kept
        };
    }

    private Object[] alone() {
        return new Object[] {folder};
    }

    private void isGood(Object[] arguments) {
        Outcome outcome = verifier.verify(arguments);
        assertThat(outcome.output()).endsWith("GOOD\n");
        assertThat(outcome.exit()).isZero();
    }
}
