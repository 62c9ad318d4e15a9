package com.neuralrouter.server.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.Random;

class RatesTest {
    private static final int UNKNOWN = -1;

    @Test
    void addsUpTheKindsAndCountsNoTokenTwice() {
        var rates = new Rates(2_500_000, 1_250_000, 3_000_000, 10_000_000, 12_000_000);

        OptionalLong cost = rates.cost(new PricedTokens(1_000, 400, 100, 500, 200));

        // 500 × 2.5 + 400 × 1.25 + 100 × 3 + 300 × 10 + 200 × 12
        assertThat(cost).hasValue(1_250 + 500 + 300 + 3_000 + 2_400);
    }

    @Test
    void chargesCachedTokensAndThoughtsAsOthersWhereTheyHaveNoPriceOfTheirOwn() {
        var rates = new Rates(2_000_000, UNKNOWN, UNKNOWN, 8_000_000, UNKNOWN);

        OptionalLong cost = rates.cost(new PricedTokens(100, 60, 0, 10, 5));

        assertThat(cost).hasValue(200 + 80);
    }

    @Test
    void doesNotKnowWhatWritingIntoACacheCostsWithoutAPriceForIt() {
        var rates = new Rates(2_000_000, UNKNOWN, UNKNOWN, 8_000_000, UNKNOWN);

        assertThat(rates.cost(new PricedTokens(100, 0, 1, 10, 0))).isEmpty();
    }

    @Test
    void neverTakesAPriceThatIsNotKnownForNothing() {
        assertThat(Rates.UNKNOWN.cost(new PricedTokens(1, 0))).isEmpty();
        assertThat(Rates.UNKNOWN.cost(new PricedTokens(0, 1))).isEmpty();
        assertThat(new Rates(0, 0, 0, 0, 0).cost(new PricedTokens(1, 1))).hasValue(0);
    }

    @Test
    void roundsHalfUpOnceForARequest() {
        Rates rates = Rates.of(20_000, 0);

        assertThat(rates.cost(new PricedTokens(24, 0))).hasValue(0);
        assertThat(rates.cost(new PricedTokens(25, 0))).hasValue(1);
        assertThat(rates.cost(new PricedTokens(74, 0))).hasValue(1);
    }

    @Test
    void endsAtTheLargestAmountInsteadOfBeginningAnew() {
        Rates rates = Rates.of(Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(rates.cost(new PricedTokens(Long.MAX_VALUE, 1))).hasValue(Long.MAX_VALUE);
    }

    @Test
    void cutsPartsThatAreLargerThanTheirWhole() {
        assertThat(new PricedTokens(10, 8, 7, 3, 9)).isEqualTo(new PricedTokens(10, 8, 2, 3, 3));
        assertThat(new PricedTokens(-1, -1, -1, -1, -1)).isEqualTo(new PricedTokens(0, 0));
    }

    @Test
    void isWhatExactDecimalsGive() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            var tokens =
                    new PricedTokens(
                            random.nextLong(2_000_000),
                            random.nextLong(1_000_000),
                            random.nextLong(1_000_000),
                            random.nextLong(200_000),
                            random.nextLong(200_000));
            var rates =
                    new Rates(
                            price(random),
                            price(random),
                            price(random),
                            price(random),
                            price(random));

            assertThat(rates.cost(tokens))
                    .as("seed %d, step %d", seed, i)
                    .hasValue(exact(rates, tokens));
        }
    }

    private static long price(Random random) {
        return random.nextLong(1L << random.nextInt(1, 40));
    }

    private static long exact(Rates rates, PricedTokens tokens) {
        long plain = tokens.input() - tokens.cachedInput() - tokens.cacheWrites();
        return times(plain, rates.input())
                .add(times(tokens.cachedInput(), rates.cachedInput()))
                .add(times(tokens.cacheWrites(), rates.cacheWrite()))
                .add(times(tokens.output() - tokens.reasoning(), rates.output()))
                .add(times(tokens.reasoning(), rates.reasoning()))
                .movePointLeft(6)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static BigDecimal times(long tokens, long price) {
        return BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(price));
    }
}
