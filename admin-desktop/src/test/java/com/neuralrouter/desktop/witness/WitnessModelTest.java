package com.neuralrouter.desktop.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.client.ChangeGate;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipInputStream;

class WitnessModelTest {
    private static final String SENTENCE = "I have saved the evidence";

    @TempDir private Path folder;
    private final TestLog log = TestLog.named("log.bank.example").grow(13);
    private final ManualTicker ticker = new ManualTicker();
    private final ChangeGate gate = new ChangeGate();

    @Test
    void looksEachMinuteUntilItIsStopped() {
        var model = model();
        model.start();
        ticker.tick();
        log.grow(2);
        ticker.tick();

        assertThat(look(model).outcome()).isInstanceOf(Outcome.Consistent.class);
        assertThat(look(model).good()).contains(Samples.NOW);
        model.stop();
        assertThat(ticker.active()).isZero();
    }

    @Test
    void remembersWhenItWentWellLastWhileNobodyAnswers() {
        var model = model();
        model.check();
        log.down = Optional.of(new Trouble.Unreachable("hq:9443", "gone"));
        model.check();

        assertThat(look(model).outcome()).isInstanceOf(Outcome.Unchecked.class);
        assertThat(look(model).good()).contains(Samples.NOW);
    }

    @Test
    void raisesTheAlarmAndKeepsItThroughGoodAnswers() {
        var model = forked();
        log.become(log.forkedAt(9, 13));
        model.check();

        assertThat(model.standing().get()).isTrue();
        assertThat(gate.isShut()).isTrue();
        assertThat(model().standing().get()).isTrue();
    }

    @Test
    void cannotBeAcknowledgedBeforeTheEvidenceIsSaved() {
        var model = forked();

        model.acknowledge(SENTENCE, _ -> {});

        assertThat(model.standing().get()).isTrue();
        assertThat(gate.isShut()).isTrue();
    }

    @Test
    void savesBothSidesAndEndsTheAlarmByASentence() throws IOException {
        var model = forked();
        var file = folder.resolve("evidence.zip");
        model.saveEvidence(file, () -> {});
        var told = new AtomicReference<Optional<Trouble>>();

        var evidence = unzip(file);
        assertThat(evidence.get("remembered.note")).contains("\n13\n");
        assertThat(evidence.get("shown.note")).contains("\n20\n");
        assertThat(evidence.get("shown.keys")).contains("log.bank.example+");
        assertThat(evidence.get("README.txt")).contains("proof_wrong");

        model.acknowledge(SENTENCE, told::set);

        assertThat(model.standing().get()).isFalse();
        assertThat(model.saved().get()).isEmpty();
        assertThat(gate.isShut()).isFalse();
        assertThat(told.get()).isEmpty();
        assertThat(log.alarms.getLast().acknowledged()).isEqualTo(SENTENCE);
        assertThat(look(model).outcome()).isInstanceOf(Outcome.Consistent.class);
    }

    @Test
    void endsTheAlarmAlsoWhenTheApplianceDoesNotListen() {
        var model = forked();
        model.saveEvidence(folder.resolve("evidence.zip"), () -> {});
        var lost = new Trouble.Unreachable("hq:9443", "gone");
        log.down = Optional.of(lost);
        var told = new AtomicReference<Optional<Trouble>>();

        model.acknowledge(SENTENCE, told::set);

        assertThat(told.get()).contains(lost);
        assertThat(model.standing().get()).isFalse();
    }

    @Test
    void saysWhenTheEvidenceCannotBeSaved() {
        var model = forked();

        model.saveEvidence(folder.resolve("nowhere/evidence.zip"), () -> {});

        assertThat(model.saving().trouble().get()).isPresent();
        assertThat(model.saved().get()).isEmpty();
    }

    private WitnessModel forked() {
        var model = model();
        model.check();
        log.become(log.forkedAt(5, 20));
        model.check();
        return model;
    }

    private WitnessModel model() {
        return new WitnessModel(
                new Witness(log, gate, folder.resolve("witness"), Samples.CLOCK),
                Direct.tasks(),
                ticker,
                Samples.CLOCK);
    }

    private static WitnessModel.Look look(WitnessModel model) {
        return model.last().get().orElseThrow();
    }

    private static Map<String, String> unzip(Path file) throws IOException {
        var texts = new HashMap<String, String>();
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                texts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
