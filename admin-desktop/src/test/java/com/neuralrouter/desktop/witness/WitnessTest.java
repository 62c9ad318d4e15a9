package com.neuralrouter.desktop.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.CreateWorkspace;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.ChangeGate;
import com.neuralrouter.desktop.client.HttpAdminClient;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestLog;
import com.neuralrouter.desktop.support.TlsSite;
import com.neuralrouter.desktop.witness.Alarm.Kind;
import com.neuralrouter.tlog.Cosignature;
import com.neuralrouter.tlog.NoteVerifier;
import com.neuralrouter.tlog.SignedNote;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A witness against an appliance behind real TLS, with a log of real keys. */
class WitnessTest {
    private static final Acknowledgement WORDS =
            new Acknowledgement(Samples.NOW, "I have saved it", "/media/evidence.zip", "00");

    @TempDir private Path folder;
    private final TestLog log = TestLog.named("log.bank.example").grow(13);
    private final TlsSite site = new TlsSite();
    private final ChangeGate gate = new ChangeGate();
    private final HttpAdminClient client =
            new HttpAdminClient(
                    site.adminServer(log, "localhost"),
                    site.device(Duration.ofDays(1)),
                    site.root(),
                    gate);

    @AfterEach
    void close() {
        client.close();
        site.close();
    }

    @Test
    void pinsTheKeysAtFirstAndSigns() {
        var outcome = (Outcome.FirstSeen) witness().check();

        assertThat(outcome.log().checkpoint()).isEqualTo(log.tree());
        assertThat(outcome.log().keyTexts()).isEqualTo(log.honest().keys());
        assertThat(outcome.unsigned()).isEmpty();
        var cosigned = log.cosigned.getFirst();
        assertThat(SignedNote.parse(cosigned.note()).text()).isEqualTo(log.tree().text());
        assertThat(SignedNote.parse(cosigned.note()).isSignedBy(NoteVerifier.parse(cosigned.key())))
                .isTrue();
    }

    @Test
    void followsALogThatOnlyGrows() {
        witness().check();

        assertThat(grownBy(witness().check())).isZero();
        for (int by : List.of(1, 3, 47)) {
            log.grow(by);
            assertThat(grownBy(witness().check())).isEqualTo(by);
        }
        assertThat(gate.isShut()).isFalse();
        assertThat(log.cosigned).extracting(each -> each.key()).containsOnly(witness().verifier());
    }

    @Test
    void signsTheSameStateOnce() {
        var witness = witness();
        witness.check();
        witness.check();

        assertThat(log.cosigned).hasSize(1);
    }

    @Test
    void countsTheWitnessesWhoseSignatureIsGood() {
        witness().check();
        new Witness(client, gate, folder.resolve("other"), Samples.CLOCK).check();
        var good = log.cosigned.getFirst();
        var stranger = TestLog.ofOneKey("log.evil.example").grow(1);
        log.cosigned.add(new CosignCheckpoint(good.key(), log.honest().note()));
        log.cosigned.add(
                new CosignCheckpoint(
                        stranger.honest().keys().getFirst(), stranger.honest().note()));
        log.cosigned.add(new CosignCheckpoint("no key", "no note"));

        assertThat(witness().witnesses(log.tree())).hasValue(2);
    }

    @Test
    void raisesAnAlarmOverAShorterLog() {
        witness().check();
        log.become(log.forkedAt(12, 12));

        var alarm = alarm(witness().check());

        assertThat(alarm.kind()).isEqualTo(Kind.SHORTER);
        assertThat(alarm.held().note()).contains("\n13\n");
        assertThat(alarm.shown().note()).contains("\n12\n");
        assertThat(log.alarms).extracting(each -> each.kind()).containsExactly("shorter");
    }

    @Test
    void raisesAnAlarmOverAForkThatGrew() {
        witness().check();
        log.become(log.forkedAt(5, 30));

        var alarm = alarm(witness().check());

        assertThat(alarm.kind()).isEqualTo(Kind.PROOF_WRONG);
        assertThat(alarm.proof()).isNotEmpty();
    }

    @Test
    void isNotTalkedOutOfAnAlarmByAGoodAnswerOrARestart() {
        var witness = witness();
        witness.check();
        var good = log.forkedAt(13, 13);
        log.become(log.forkedAt(5, 13));
        var alarm = alarm(witness.check());
        int asked = site.requests.size();

        log.become(good);
        log.grow(3);

        assertThat(alarm(witness.check())).isEqualTo(alarm);
        assertThat(alarm(witness().check())).isEqualTo(alarm);
        assertThat(witness().standing()).contains(alarm);
        assertThat(site.requests).hasSize(asked);
        assertThat(log.cosigned).hasSize(1);
    }

    @Test
    void letsNoChangeThroughWhileAnAlarmStands() {
        witness().check();
        log.become(log.forkedAt(5, 13));
        witness().check();
        int asked = site.requests.size();

        var answer = client.createWorkspace(new CreateWorkspace("Claims", null));

        assertThat(answer).isEqualTo(new Answer.Refused<>(new Trouble.ChangesStopped()));
        assertThat(site.requests).hasSize(asked);
    }

    @Test
    void shutsTheGateAtTheStartWhenAnAlarmStood() {
        witness().check();
        log.become(log.forkedAt(5, 13));
        witness().check();
        var next = new ChangeGate();

        assertThat(new Witness(client, next, folder, Samples.CLOCK).standing()).isPresent();

        assertThat(next.isShut()).isTrue();
    }

    @Test
    void goesOnFromWhatWasShownOnceItIsAcknowledged() throws IOException {
        witness().check();
        var before = log.forkedAt(13, 13);
        log.become(log.forkedAt(5, 9));
        var alarm = alarm(witness().check());

        var ended = witness().acknowledge(alarm, WORDS);

        assertThat(ended.next()).isEmpty();
        assertThat(ended.untold()).isEmpty();
        assertThat(gate.isShut()).isFalse();
        assertThat(log.alarms.getLast().acknowledged()).isEqualTo(WORDS.sentence());
        log.grow(4);
        assertThat(grownBy(witness().check())).isEqualTo(4);
        assertThat(Files.readString(folder.resolve("alarms").resolve(alarm.id() + ".alarm")))
                .contains("shorter");
        // Back to the first history: that is the second of two faces.
        log.become(before);
        log.grow(5);
        assertThat(alarm(witness().check()).kind()).isEqualTo(Kind.PROOF_WRONG);
    }

    @Test
    void keepsWhatItRemembersWhenWhatWasShownIsNoLog() {
        witness().check();
        log.checkpoints = shown -> new LogCheckpoint("nothing", shown.keys());
        var alarm = alarm(witness().check());
        assertThat(alarm.kind()).isEqualTo(Kind.MALFORMED);

        witness().acknowledge(alarm, WORDS);
        log.checkpoints = shown -> shown;
        log.become(log.forkedAt(5, 20));

        assertThat(alarm(witness().check()).kind()).isEqualTo(Kind.PROOF_WRONG);
    }

    @Test
    void pinsNothingThatIsNotSignedByItsOwnKeys() {
        log.checkpoints =
                shown ->
                        new LogCheckpoint(
                                shown.note(), TestLog.named("log.bank.example").honest().keys());

        assertThat(alarm(witness().check()).kind()).isEqualTo(Kind.BAD_SIGNATURE);
        assertThat(folder.resolve("checkpoint")).doesNotExist();
        assertThat(log.cosigned).isEmpty();
    }

    @Test
    void isUncheckedWhileTheApplianceIsOldOrSlowOrAway() {
        var old = FakeAdminClient.problem(ProblemCode.NOT_FOUND, "no such path");
        log.down = Optional.of(old);

        assertThat(witness().check()).isEqualTo(new Outcome.Unchecked(old));
        log.down = Optional.of(new Trouble.Unreachable("hq", "gone"));
        assertThat(witness().check()).isInstanceOf(Outcome.Unchecked.class);
        assertThat(gate.isShut()).isFalse();

        log.down = Optional.empty();
        witness().check();
        log.grow(1);
        log.proofless =
                Optional.of(FakeAdminClient.problem(ProblemCode.STORE_UNAVAILABLE, "later"));
        assertThat(witness().check()).isInstanceOf(Outcome.Unchecked.class);
        assertThat(log.cosigned).hasSize(1);
    }

    @Test
    void raisesAnAlarmWhenTheApplianceDeniesWhatItSigned() {
        witness().check();
        log.grow(1);
        log.proofless = Optional.of(FakeAdminClient.problem(ProblemCode.INVALID_FIELD, "to"));

        assertThat(alarm(witness().check()).kind()).isEqualTo(Kind.PROOF_REFUSED);
    }

    @Test
    void raisesAnAlarmOverAProofOfOtherSizes() {
        witness().check();
        log.grow(9);
        log.proofs = proof -> new LogConsistency(proof.from() + 1, proof.to(), proof.hashes());

        assertThat(alarm(witness().check()).kind()).isEqualTo(Kind.PROOF_WRONG);
    }

    @Test
    void signsNoEarlierTimeAfterTheClockWasPutBack() {
        witness().check();
        log.grow(1);
        var back = Clock.fixed(Samples.NOW.minus(Duration.ofDays(400)), ZoneOffset.UTC);
        assertThat(new Witness(client, gate, folder, back).check())
                .isInstanceOf(Outcome.Consistent.class);
        log.grow(1);
        var before = Clock.fixed(Instant.parse("1951-01-01T00:00:00Z"), ZoneOffset.UTC);
        new Witness(client, gate, folder, before).check();
        log.grow(1);
        var ahead = Clock.fixed(Samples.NOW.plus(Duration.ofDays(4000)), ZoneOffset.UTC);
        new Witness(client, gate, folder, ahead).check();

        assertThat(log.cosigned)
                .extracting(each -> time(each.note()))
                .containsExactly(
                        Samples.NOW,
                        Samples.NOW,
                        Samples.NOW,
                        Samples.NOW.plus(Duration.ofDays(4000)));
    }

    @Test
    void findsEveryFlippedByteOfItsMemory() throws IOException {
        var small = TestLog.ofOneKey("log.bank.example").grow(13);
        new Witness(small, gate, folder, Samples.CLOCK).check();
        var file = folder.resolve("checkpoint");
        var bytes = Files.readAllBytes(file);
        var memory = new CheckpointMemory(folder);
        int found = 0;
        for (int i = 0; i < bytes.length; i++) {
            var forged = bytes.clone();
            forged[i] ^= 1;
            Files.write(file, forged);
            try {
                // When it was pinned is for people; nothing is decided by it.
                var read = memory.read().orElseThrow();
                assertThat(read.checkpoint()).isEqualTo(small.tree());
                assertThat(read.keyTexts()).isEqualTo(small.honest().keys());
            } catch (CheckpointMemory.Damaged expected) {
                found++;
            }
        }

        // All but the digits of that time and of our own signature.
        assertThat(found).isGreaterThan(bytes.length - 200);
    }

    @Test
    void raisesAnAlarmWhenItsMemoryWasDamagedAndBeginsAnewAfterwards() throws IOException {
        witness().check();
        Files.writeString(folder.resolve("checkpoint"), "forged\n");

        var alarm = alarm(witness().check());

        assertThat(alarm.kind()).isEqualTo(Kind.MEMORY_DAMAGED);
        assertThat(alarm.held().note()).isEqualTo("forged\n");
        witness().acknowledge(alarm, WORDS);
        assertThat(witness().check()).isInstanceOf(Outcome.FirstSeen.class);
    }

    @Test
    void letsAnAlarmStandThatItCannotReadOrWrite() throws IOException {
        var alarms = folder.resolve("alarms");
        Files.writeString(alarms, "a file where the folder should be");
        var witness = witness();

        assertThat(witness.standing()).isPresent();
        assertThat(gate.isShut()).isTrue();

        Files.delete(alarms);
        Files.createDirectory(alarms);
        Files.writeString(alarms.resolve("20261123-forked.alarm"), "{}");
        assertThat(witness().standing().map(Alarm::kind)).contains(Kind.MEMORY_DAMAGED);
        Files.writeString(alarms.resolve("20261123-forked.seen"), "{}");
        assertThat(witness().standing()).isPresent();
    }

    private Witness witness() {
        return new Witness(client, gate, folder, Samples.CLOCK);
    }

    private static long grownBy(Outcome outcome) {
        return ((Outcome.Consistent) outcome).grownBy();
    }

    private static Alarm alarm(Outcome outcome) {
        return ((Outcome.Alarmed) outcome).alarm();
    }

    private static Instant time(String note) {
        return Cosignature.of(SignedNote.parse(note).signatures().getLast()).time();
    }
}
