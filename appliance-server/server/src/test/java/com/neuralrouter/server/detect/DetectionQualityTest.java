package com.neuralrouter.server.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * How much of what is there each shipped detector finds, and how much of what it finds is there.
 */
class DetectionQualityTest {
    private static final System.Logger LOG = System.getLogger(DetectionQualityTest.class.getName());
    private static final int SAMPLES = 2_000;
    private static final double LEAST_RECALL = 0.99;
    private static final double LEAST_PRECISION = 0.97;

    @Test
    void findsNearlyAllAndLittleElse() {
        long seed = Long.getLong("seed", 20_261_129);
        var table =
                new StringBuilder("\nseed=" + seed + "\ndetector | samples | recall | precision");
        var all = new SoftAssertions();
        for (Detector detector : ShippedDetectors.catalogue().detectors()) {
            var scan = new Scan(List.of(detector));
            int found = 0;
            int missed = 0;
            int wrong = 0;
            for (LabelledSamples.Sample sample :
                    new LabelledSamples(seed ^ detector.id().hashCode())
                            .of(detector.id(), SAMPLES)) {
                boolean seen = !scan.matches(sample.text()).isEmpty();
                if (sample.held() && seen) {
                    found++;
                } else if (sample.held()) {
                    missed++;
                } else if (seen) {
                    wrong++;
                }
            }
            double recall = found / (double) (found + missed);
            double precision = found / (double) Math.max(1, found + wrong);
            table.append(
                    "\n%s | %d | %.4f | %.4f".formatted(detector.id(), SAMPLES, recall, precision));
            all.assertThat(recall).as(detector.id() + ": recall").isGreaterThan(LEAST_RECALL);
            all.assertThat(precision)
                    .as(detector.id() + ": precision")
                    .isGreaterThan(LEAST_PRECISION);
        }
        LOG.log(System.Logger.Level.INFO, table.toString());
        all.assertAll();
        assertThat(table).contains("payment-card");
    }
}
