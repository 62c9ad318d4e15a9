package com.neuralrouter.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Proofs as one text: the form of C2SP tlog-proof, and what they show. */
class TlogProofTest {
    private static final String ORIGIN = "nr.example/audit";

    private final NaiveTree tree = NaiveTree.ofSize(100);
    private final NoteSigner log = TestKeys.signer(ORIGIN, NoteAlgorithm.ED25519);
    private final NoteSigner quantum = TestKeys.signer(ORIGIN, NoteAlgorithm.ML_DSA_44_COSIGNATURE);
    private final NoteSigner witness = TestKeys.signer("desk", NoteAlgorithm.ED25519_COSIGNATURE);
    private final List<NoteVerifier> keys =
            List.of(log.verifier(), quantum.verifier(), witness.verifier());
    private final SignedNote checkpoint =
            NoteSigner.signAll(
                    new Checkpoint(ORIGIN, 100, tree.root(100)).text(),
                    Instant.parse("2026-11-23T12:00:00Z"),
                    List.of(log, quantum, witness));

    /** The example of C2SP tlog-proof, with hashes of our own and a checkpoint that is whole. */
    @Test
    void isWrittenAsTheSpecificationShows() {
        TlogProof proof =
                new TlogProof(
                        73,
                        List.of(tree.leaf(1), tree.leaf(2)),
                        checkpoint,
                        new byte[] {1, 2, 3, 4});

        assertThat(proof.toString())
                .isEqualTo(
                        "c2sp.org/tlog-proof@v1\nextra AQIDBA==\nindex 73\n"
                                + NoteText.base64(tree.leaf(1))
                                + "\n"
                                + NoteText.base64(tree.leaf(2))
                                + "\n\n"
                                + checkpoint);
        assertThat(TlogProof.parse(proof.toString())).isEqualTo(proof);
    }

    @Test
    void provesEveryEntryAndNoOther() {
        for (int index = 0; index < 100; index++) {
            TlogProof proof =
                    TlogProof.parse(
                            new TlogProof(index, tree.path(index, 100), checkpoint).toString());

            assertThat(proof.proves(tree.entries.get(index), ORIGIN, keys)).isTrue();
            assertThat(proof.proves(tree.entries.get((index + 1) % 100), ORIGIN, keys)).isFalse();
        }
    }

    @Test
    void provesNothingWithoutTheKeysThatMustHaveSigned() {
        TlogProof proof = new TlogProof(3, tree.path(3, 100), checkpoint);
        byte[] entry = tree.entries.get(3);
        NoteVerifier stranger = TestKeys.signer(ORIGIN, NoteAlgorithm.ED25519).verifier();

        assertThat(proof.proves(entry, ORIGIN, keys)).isTrue();
        assertThat(proof.proves(entry, ORIGIN, List.of(log.verifier()))).isTrue();
        assertThat(proof.proves(entry, ORIGIN, List.of())).isFalse();
        assertThat(proof.proves(entry, ORIGIN, List.of(stranger))).isFalse();
        assertThat(proof.proves(entry, ORIGIN, List.of(log.verifier(), stranger))).isFalse();
        assertThat(proof.proves(entry, "other.example/audit", keys)).isFalse();
    }

    @Test
    void doesNotSurviveAChangeOfAnyByte() {
        String text = new TlogProof(42, tree.path(42, 100), checkpoint).toString();
        SplittableRandom random = new SplittableRandom(42);

        for (int round = 0; round < 500; round++) {
            StringBuilder changed = new StringBuilder(text);
            int at = random.nextInt(text.length());
            changed.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(7)));
            assertThat(isGood(changed.toString())).as("byte %d, seed 42", at).isFalse();
        }
        assertThat(isGood(text)).isTrue();
    }

    @Test
    void refusesWhatIsNoProof() {
        String end = "\n" + checkpoint;
        for (String text :
                List.of(
                        "",
                        "c2sp.org/tlog-proof@v1\n",
                        "c2sp.org/tlog-proof@v2\nindex 1\n" + end,
                        "c2sp.org/tlog-proof@v1\n" + end,
                        "c2sp.org/tlog-proof@v1\nindex 01\n" + end,
                        "c2sp.org/tlog-proof@v1\nindex -1\n" + end,
                        "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n" + end,
                        "c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n" + end,
                        "c2sp.org/tlog-proof@v1\nindex 1\n")) {
            assertThatThrownBy(() -> TlogProof.parse(text))
                    .as(text)
                    .isInstanceOf(MalformedNote.class);
        }
        assertThatThrownBy(
                        () -> new TlogProof(0, Collections.nCopies(64, new byte[32]), checkpoint))
                .isInstanceOf(MalformedNote.class);
    }

    private boolean isGood(String text) {
        try {
            return TlogProof.parse(text).proves(tree.entries.get(42), ORIGIN, keys);
        } catch (MalformedNote malformed) {
            return false;
        }
    }
}
