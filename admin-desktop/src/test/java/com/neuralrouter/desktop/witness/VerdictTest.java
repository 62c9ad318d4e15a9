package com.neuralrouter.desktop.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestLog;
import com.neuralrouter.desktop.witness.Alarm.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** No byte of what a log shows can be changed without notice, and no history with it. */
class VerdictTest {
    private final TestLog log = TestLog.ofOneKey("log.bank.example").grow(13);
    private final Remembered held = remembered(log);

    @Test
    void takesTheSameAndWhatGrew() {
        assertThat(Verdict.of(held, log.honest())).isInstanceOf(Verdict.Candidate.class);

        log.grow(20);

        assertThat(Verdict.of(held, log.honest())).isInstanceOf(Verdict.Candidate.class);
        assertThat(Verdict.proves(proof(log, 13, 33), held.checkpoint(), log.tree())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x04, 0x20})
    void findsEveryFlippedCharacterOfTheNote(int mask) {
        log.grow(2);
        var shown = log.honest();

        for (int i = 0; i < shown.note().length(); i++) {
            assertThat(Verdict.of(held, withFlip(shown, i, mask)))
                    .as("character %d", i)
                    .isInstanceOf(Verdict.Contradiction.class);
        }
    }

    @Test
    void findsFlippedCharactersOfALongSignatureToo() {
        var both = TestLog.named("log.bank.example").grow(13);
        var known = remembered(both);
        var shown = both.honest();

        for (int i = 0; i < shown.note().length(); i += 61) {
            assertThat(Verdict.of(known, withFlip(shown, i, 1)))
                    .as("character %d", i)
                    .isInstanceOf(Verdict.Contradiction.class);
        }
    }

    @Test
    void findsEveryFlippedCharacterOfTheKeys() {
        var shown = log.honest();
        for (int key = 0; key < shown.keys().size(); key++) {
            for (int i = 0; i < shown.keys().get(key).length(); i++) {
                var keys = new ArrayList<>(shown.keys());
                keys.set(key, flipped(keys.get(key), i, 1));
                var forged = new LogCheckpoint(shown.note(), keys);

                assertThat(Verdict.of(held, forged))
                        .isEqualTo(new Verdict.Contradiction(Kind.OTHER_KEY));
                assertThat(Remembered.ofFirst(forged, Samples.NOW)).isEmpty();
            }
        }
    }

    @Test
    void findsEveryFlippedCharacterOfAProof() {
        log.grow(20);
        var honest = proof(log, 13, 33);
        for (int hash = 0; hash < honest.hashes().size(); hash++) {
            for (int i = 0; i < honest.hashes().get(hash).length(); i++) {
                var hashes = new ArrayList<>(honest.hashes());
                hashes.set(hash, flipped(hashes.get(hash), i, 1));

                assertThat(proves(hashes)).isFalse();
            }
        }
    }

    @Test
    void findsAProofOfAnotherLengthOrOfOtherSizes() {
        log.grow(20);
        var honest = proof(log, 13, 33);
        var longer = new ArrayList<>(honest.hashes());
        longer.add(honest.hashes().getFirst());

        assertThat(proves(longer)).isFalse();
        assertThat(proves(honest.hashes().subList(1, honest.hashes().size()))).isFalse();
        assertThat(proves(List.of())).isFalse();
        assertThat(proves(List.of("no base64"))).isFalse();
        assertThat(
                        Verdict.proves(
                                new LogConsistency(12, 33, honest.hashes()),
                                held.checkpoint(),
                                log.tree()))
                .isFalse();
    }

    @Test
    void findsAForkAtEveryEarlierSize() {
        for (int at = 0; at < 13; at++) {
            assertThat(Verdict.of(held, log.forkedAt(at, 13).honest()))
                    .as("forked at %d", at)
                    .isEqualTo(new Verdict.Contradiction(Kind.FORKED));
            for (int size = 14; size < 40; size++) {
                var fork = log.forkedAt(at, size);

                assertThat(Verdict.of(held, fork.honest())).isInstanceOf(Verdict.Candidate.class);
                assertThat(Verdict.proves(proof(fork, 13, size), held.checkpoint(), fork.tree()))
                        .as("forked at %d, %d entries", at, size)
                        .isFalse();
            }
        }
    }

    @Test
    void findsEveryShorterLog() {
        for (int size = 0; size < 13; size++) {
            assertThat(Verdict.of(held, log.forkedAt(size, size).honest()))
                    .isEqualTo(new Verdict.Contradiction(Kind.SHORTER));
        }
    }

    @Test
    void demandsTheSignatureOfEveryKey() {
        var both = TestLog.named("log.bank.example").grow(13);
        var shown = both.honest();
        var lines = shown.note().split("(?<=\n)");
        for (int line = lines.length - 2; line < lines.length; line++) {
            var note = shown.note().replace(lines[line], "");

            assertThat(Verdict.of(remembered(both), new LogCheckpoint(note, shown.keys())))
                    .isEqualTo(new Verdict.Contradiction(Kind.BAD_SIGNATURE));
        }
    }

    @Test
    void findsAnotherLogUnderTheSameNameAndUnderAnother() {
        assertThat(Verdict.of(held, TestLog.named("log.bank.example").grow(20).honest()))
                .isEqualTo(new Verdict.Contradiction(Kind.OTHER_KEY));
        assertThat(Verdict.of(held, TestLog.named("log.evil.example").grow(20).honest()))
                .isEqualTo(new Verdict.Contradiction(Kind.OTHER_KEY));
    }

    private boolean proves(List<String> hashes) {
        return Verdict.proves(new LogConsistency(13, 33, hashes), held.checkpoint(), log.tree());
    }

    private static Remembered remembered(TestLog log) {
        return Remembered.ofFirst(log.honest(), Samples.NOW).orElseThrow();
    }

    private static LogConsistency proof(TestLog log, long from, long to) {
        return ((Answer.Ok<LogConsistency>) log.consistency(from, to)).value();
    }

    private static LogCheckpoint withFlip(LogCheckpoint shown, int at, int mask) {
        return new LogCheckpoint(flipped(shown.note(), at, mask), shown.keys());
    }

    private static String flipped(String text, int at, int mask) {
        return text.substring(0, at) + (char) (text.charAt(at) ^ mask) + text.substring(at + 1);
    }
}
