package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProviderHealth.Condition;
import com.neuralrouter.contract.ProviderHealth.Probe;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.route.Prober.Probed;
import com.neuralrouter.server.route.ProviderCondition.Asked;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** What is said of a provider: that it is down where nothing is answered, and not otherwise. */
class ProviderConditionTest {
    private static final ProviderId PROVIDER = new ProviderId(new UUID(0, 1));
    private static final long NOW = Instant.parse("2027-01-31T12:00:00Z").toEpochMilli();
    private static final Asked GOOD = new Asked(false, NOW - 2_000, NOW - 60_000);
    private static final Asked BAD = new Asked(true, NOW - 60_000, NOW - 2_000);

    @Test
    void knowsNothingOfOneThatNobodyHasAskedLately() {
        long before = NOW - ProviderCondition.LATELY - 1;

        assertThat(of(null)).isEqualTo(Condition.UNKNOWN);
        assertThat(of(null, new Asked(true, -1, before))).isEqualTo(Condition.UNKNOWN);
        assertThat(of(null, new Asked(false, before, -1))).isEqualTo(Condition.UNKNOWN);
        assertThat(of(probe(false, ProviderCondition.LATELY + 1))).isEqualTo(Condition.UNKNOWN);
    }

    @Test
    void isWellWhereWhatWasAskedLastWasAnswered() {
        assertThat(of(null, GOOD, GOOD)).isEqualTo(Condition.WELL);
        assertThat(of(probe(true, 1_000))).isEqualTo(Condition.WELL);
        assertThat(of(probe(true, 1_000), GOOD)).isEqualTo(Condition.WELL);
        assertThat(of(probe(false, 3_000), GOOD)).isEqualTo(Condition.WELL);
    }

    @Test
    void isDownWhereNothingIsAnswered() {
        assertThat(of(null, BAD)).isEqualTo(Condition.DOWN);
        assertThat(of(probe(false, 1_000), GOOD)).isEqualTo(Condition.DOWN);
        assertThat(of(probe(true, 3_000), BAD, BAD)).isEqualTo(Condition.DOWN);
    }

    @Test
    void isDegradedWhereOnlySomeIsAnswered() {
        assertThat(of(null, GOOD, BAD)).isEqualTo(Condition.DEGRADED);
        assertThat(of(probe(true, 1_000), BAD)).isEqualTo(Condition.DEGRADED);
    }

    /** A wrong credential is one workspace's, and says nothing of the provider. */
    @Test
    void blamesItForNoCredentialThatItRefused() {
        var health = new UpstreamHealth(clock());
        var forbidden = new ProviderFailure.Rejected("it wants another key", 401);

        health.failed(PROVIDER, "m", forbidden);

        assertThat(ProviderCondition.of(health.asked(PROVIDER), null, NOW))
                .isEqualTo(Condition.UNKNOWN);
    }

    @Test
    void goesByWhatRequestsMetAtEachModel() {
        var health = new UpstreamHealth(clock());
        health.succeeded(PROVIDER, "m");
        health.failed(PROVIDER, "n", new ProviderFailure.Rejected("it failed", 500));

        assertThat(ProviderCondition.of(health.asked(PROVIDER), null, NOW))
                .isEqualTo(Condition.DEGRADED);
        assertThat(ProviderCondition.lastSuccess(health.asked(PROVIDER))).isEqualTo(NOW);
    }

    @Test
    void remembersWhenAProbeWasLastGood() {
        var book = new ProbeBook();
        var at = Instant.ofEpochMilli(NOW);

        book.note(PROVIDER, new Probed(true, 3, "it answered"), at);
        book.note(PROVIDER, new Probed(false, 3, "it did not"), at.plusSeconds(1));

        assertThat(book.lastGood(PROVIDER)).isEqualTo(at);
        assertThat(book.goodInARow(PROVIDER)).isZero();
    }

    private static Condition of(@Nullable Probe probe, Asked... asked) {
        return ProviderCondition.of(List.of(asked), probe, NOW);
    }

    private static Probe probe(boolean good, long ago) {
        return new Probe(Instant.ofEpochMilli(NOW - ago), good, 3, "");
    }

    private static Clock clock() {
        return Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
    }
}
