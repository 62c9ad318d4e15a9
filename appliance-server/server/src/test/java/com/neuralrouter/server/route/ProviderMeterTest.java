package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProviderHealth.Breach;
import com.neuralrouter.contract.ProviderHealth.Measure;
import com.neuralrouter.contract.ServiceDocument.OnBreach;
import com.neuralrouter.server.route.ProviderMeter.Met;

import org.junit.jupiter.api.Test;

import java.util.concurrent.Executors;

class ProviderMeterTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Sla SLA = new Sla(60_000, 10, 990, 50, 800, 20, OnBreach.SUSPEND);

    private final ProviderMeter meter = new ProviderMeter();

    private void count(Met met, int times, long at) {
        for (int i = 0; i < times; i++) {
            meter.count(met, at);
        }
    }

    @Test
    void sumsWhatIsInTheWindowAndForgetsWhatIsOlder() {
        count(Met.NOTHING, 7, NOW - 120_000);
        count(Met.ERROR, 2, NOW - 50_000);
        count(Met.ANSWER, 5, NOW);

        WindowSums sums = meter.sums(NOW, 60_000);

        assertThat(sums.requests()).isEqualTo(7);
        assertThat(sums.unanswered()).isZero();
        assertThat(sums.errorRate()).isEqualTo(285);
        assertThat(meter.sums(NOW, 600_000).unanswered()).isEqualTo(7);
    }

    @Test
    void aPlaceThatIsUsedAgainBeginsAnew() {
        count(Met.ANSWER, 3, NOW);
        count(Met.ANSWER, 1, NOW + 128 * ProviderMeter.PIECE_MILLIS);

        assertThat(meter.sums(NOW + 128 * ProviderMeter.PIECE_MILLIS, 60_000).requests())
                .isEqualTo(1);
    }

    @Test
    void tellsWithinWhichTimeNineteenOfTwentyAnswersBegan() {
        for (int i = 1; i <= 100; i++) {
            meter.began(i <= 96 ? 200 : 30_000, NOW);
        }

        assertThat(meter.sums(NOW, 60_000).firstTokenMillis()).isBetween(200L, 240L);
    }

    @Test
    void tellsHowFastAnswersWereWritten() {
        meter.wrote(300, 10_000_000, NOW);
        meter.wrote(100, 10_000_000, NOW);

        assertThat(meter.sums(NOW, 60_000).tokensPerSecond()).isEqualTo(20);
    }

    @Test
    void findsEveryPartOfAPromiseThatIsBroken() {
        count(Met.ANSWER, 90, NOW);
        count(Met.ERROR, 8, NOW);
        count(Met.NOTHING, 2, NOW);
        meter.began(4_000, NOW);
        meter.wrote(10, 1_000_000, NOW);

        assertThat(meter.sums(NOW, 60_000).breaches(SLA, 10))
                .extracting(Breach::measure)
                .containsExactly(Measure.values());
    }

    @Test
    void judgesNothingByTooFewRequests() {
        count(Met.NOTHING, 9, NOW);

        assertThat(meter.sums(NOW, 60_000).breaches(SLA, 10)).isEmpty();
    }

    @Test
    void losesNoCountUnderLoad() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                threads.submit(() -> meter.count(Met.ANSWER, NOW));
            }
        }

        assertThat(meter.sums(NOW, 60_000).requests()).isEqualTo(1_000);
    }
}
