package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.Destinations;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.route.Choice.Price;
import com.neuralrouter.server.route.RouteFacts.Traits;
import com.neuralrouter.server.route.RouteFacts.Who;
import com.neuralrouter.server.route.RoutePlan.Dropped;
import com.neuralrouter.server.route.RoutePlan.Reason;
import com.neuralrouter.server.route.condition.Condition;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where each strategy sends requests, as a distribution: Pearson's chi-square against what it
 * promises. The seeds are fixed, so a test that passes passes always.
 */
class StrategiesTest {
    private static final int PLANS = 100_000;

    /** Of the chi-square distribution at 0.999, by degrees of freedom. */
    private static final double[] CRITICAL = {0, 10.83, 13.82, 16.27, 18.47, 20.52};

    private final Clock clock = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);
    private final UpstreamHealth health = new UpstreamHealth(clock);
    private final RoutePlanner planner = new RoutePlanner(health, new ProviderStandings());

    private static Route.Upstream upstream(int number, Choice choice) {
        Endpoint endpoint = endpoint(new ProviderId(new UUID(7, Draw.mix(number))), "p" + number);
        return new Route.Upstream(endpoint, "model", choice, Terms.UNDECLARED);
    }

    static Endpoint endpoint(ProviderId id) {
        return endpoint(id, "p");
    }

    private static Endpoint endpoint(ProviderId id, String name) {
        return new Endpoint(
                id,
                name,
                ProviderKind.OPENAI,
                URI.create("http://" + name + ".test/v1"),
                Authentication.NONE,
                null);
    }

    private static Route route(Strategy strategy, Choice... choices) {
        return new Route(
                new RouteId(new UUID(0, 9)),
                "r",
                "public",
                0,
                IntStream.range(0, choices.length).mapToObj(i -> upstream(i, choices[i])).toList(),
                new Route.Ways(strategy, List.of(), 0));
    }

    private static Choice weight(int weight) {
        return new Choice(Use.ALWAYS, weight, 0, null, null);
    }

    private static Choice[] weights(int... weights) {
        return IntStream.of(weights).mapToObj(StrategiesTest::weight).toArray(Choice[]::new);
    }

    private static RouteFacts facts(long seed, long prefix) {
        return new RouteFacts(
                seed,
                "chat",
                new Who("", "", ""),
                new Traits(false, false, false, 1_000, prefix),
                Map.of());
    }

    private RoutePlan plan(Route route, long seed, long prefix) {
        return planner.plan(route, facts(seed, prefix), new Anywhere(), _ -> true);
    }

    /** Where requests and copies of them may go anywhere. */
    private record Anywhere() implements Destinations {
        @Override
        public @Nullable RuleKind against(Destination destination) {
            return null;
        }

        @Override
        public @Nullable RuleKind againstCopy(Destination destination) {
            return null;
        }
    }

    /** How often each upstream came first. */
    private long[] firsts(Route route) {
        long[] counts = new long[route.upstreams().size()];
        for (int seed = 0; seed < PLANS; seed++) {
            RoutePlan plan = plan(route, seed, 0);
            assertThat(plan.attempts().size()).isLessThanOrEqualTo(counts.length);
            counts[number(plan.attempts().getFirst())]++;
        }
        return counts;
    }

    private static int number(Attempt attempt) {
        return Integer.parseInt(attempt.endpoint().name().substring(1));
    }

    private static void assertShares(long[] counts, double... shares) {
        double all = 0;
        for (double share : shares) {
            all += share;
        }
        double chiSquare = 0;
        int kinds = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = PLANS * shares[i] / all;
            if (expected == 0) {
                assertThat(counts[i]).as("upstream %d", i).isZero();
                continue;
            }
            chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
            kinds++;
        }
        assertThat(chiSquare)
                .as(
                        "chi-square of %s with %d degrees of freedom",
                        Arrays.toString(counts), kinds - 1)
                .isLessThanOrEqualTo(CRITICAL[kinds - 1]);
    }

    private UpstreamTrack track(Route route, int number) {
        Route.Upstream upstream = route.upstreams().get(number);
        return health.track(upstream.endpoint().id(), upstream.model());
    }

    @Test
    void priorityIsTheRoutesOrderAlways() {
        assertShares(firsts(route(Strategy.PRIORITY, weights(1, 5, 9))), 1, 0, 0);
    }

    @Test
    void weightedIsByWeight() {
        assertShares(firsts(route(Strategy.WEIGHTED, weights(1, 2, 3, 4))), 1, 2, 3, 4);
    }

    @Test
    void weightedGivesTheSecondPlaceByWeightAmongTheRest() {
        Route route = route(Strategy.WEIGHTED, weights(6, 1, 3));
        long[] second = new long[3];
        for (int seed = 0; seed < PLANS; seed++) {
            second[number(plan(route, seed, 0).attempts().get(1))]++;
        }

        // P(second = i) = Σ over first j of w_j/W · w_i/(W - w_j).
        assertShares(
                second, .1 * 6 / 9 + .3 * 6 / 7, .6 * 1 / 4 + .3 * 1 / 7, .6 * 3 / 4 + .1 * 3 / 9);
    }

    @Test
    void leastOutstandingIsByChanceAmongThoseWithEquallyLittleToDo() {
        Route route = route(Strategy.LEAST_OUTSTANDING, weights(1, 1, 1, 1));
        track(route, 3).begun();

        assertShares(firsts(route), 1, 1, 1, 0);
    }

    @Test
    void leastOutstandingReckonsWithWeight() {
        Route route = route(Strategy.LEAST_OUTSTANDING, weights(1, 4));
        track(route, 1).begun();
        track(route, 1).begun();

        assertShares(firsts(route), 0, 1);
    }

    @Test
    void peakEwmaIsTheBetterOfTwoDrawn() {
        Route route = route(Strategy.PEAK_EWMA, weights(1, 1, 1, 1));
        for (int i = 0; i < 4; i++) {
            track(route, i).latency().observe(100 * (i + 1), clock.millis());
        }

        // The best wins of three pairs in six, the second of two, the third of one.
        assertShares(firsts(route), 3, 2, 1, 0);
    }

    @Test
    void peakEwmaShunsWhatHasMuchToDo() {
        Route route = route(Strategy.PEAK_EWMA, weights(1, 1));
        track(route, 0).latency().observe(100, clock.millis());
        track(route, 1).latency().observe(150, clock.millis());
        track(route, 0).begun();

        assertShares(firsts(route), 0, 1);
    }

    @Test
    void cheapestIsByThePriceOfTheRequest() {
        Choice cheapInput = new Choice(Use.ALWAYS, 1, 0, null, new Price(100_000, 900_000));
        Choice cheapOutput = new Choice(Use.ALWAYS, 1, 0, null, new Price(500_000, 200_000));
        Choice unknown = weight(1);
        Route route = route(Strategy.CHEAPEST, unknown, cheapInput, cheapOutput);

        // 1,000 tokens in and 500 out: 0.1 + 0.45 against 0.5 + 0.1 thousandths.
        assertShares(firsts(route), 0, 1, 0);
        assertThat(plan(route, 1, 0).attempts())
                .extracting(StrategiesTest::number)
                .containsExactly(1, 2, 0);
    }

    /** What the catalogue says counts where the route says nothing. */
    @Test
    void cheapestIsByThePricesInForce() {
        Choice dear = new Choice(Use.ALWAYS, 1, 0, null, new Price(500_000, 500_000));
        Route route = route(Strategy.CHEAPEST, dear, weight(1));
        Tariff cheap =
                upstream ->
                        upstream.choice().price() == null
                                ? new Price(100_000, 100_000)
                                : upstream.choice().price();
        RouteFacts facts = facts(1, 0);
        var priced =
                new RouteFacts(
                        facts.seed(),
                        facts.operation(),
                        facts.who(),
                        facts.traits(),
                        facts.headers(),
                        cheap);

        RoutePlan plan = planner.plan(route, priced, new Anywhere(), _ -> true);

        assertThat(plan.attempts()).extracting(StrategiesTest::number).containsExactly(1, 0);
        assertThat(plan(route, 1, 0).attempts())
                .extracting(StrategiesTest::number)
                .containsExactly(0, 1);
    }

    @Test
    void cheapestSpreadsOverThoseOfOnePrice() {
        Choice one = new Choice(Use.ALWAYS, 1, 0, null, new Price(100, 100));
        Choice two = new Choice(Use.ALWAYS, 2, 0, null, new Price(100, 100));

        assertShares(firsts(route(Strategy.CHEAPEST, one, two)), 1, 2);
    }

    @Test
    void prefixesAreSpreadByWeight() {
        Route route = route(Strategy.PREFIX_AFFINITY, weights(1, 2, 3));
        long[] counts = new long[3];
        for (int prefix = 1; prefix <= PLANS; prefix++) {
            counts[number(plan(route, 5, Draw.mix(prefix)).attempts().getFirst())]++;
        }

        assertShares(counts, 1, 2, 3);
    }

    @Test
    void aPrefixGoesToTheSameUpstreamWhateverTheRequest() {
        Route route = route(Strategy.PREFIX_AFFINITY, weights(1, 1, 1, 1, 1));
        for (int prefix = 1; prefix <= 1_000; prefix++) {
            long hash = Draw.mix(prefix);
            List<Integer> order = order(route, 1, hash);

            assertThat(order(route, 2, hash)).isEqualTo(order);
        }
    }

    @Test
    void anUpstreamThatGoesMovesOnlyWhatItHad() {
        Route five = route(Strategy.PREFIX_AFFINITY, weights(1, 1, 1, 1, 1));
        Route four = route(Strategy.PREFIX_AFFINITY, weights(1, 1, 1, 1));
        for (int prefix = 1; prefix <= 1_000; prefix++) {
            List<Integer> before = new ArrayList<>(order(five, 1, Draw.mix(prefix)));
            before.remove(Integer.valueOf(4));

            assertThat(order(four, 1, Draw.mix(prefix))).isEqualTo(before);
        }
    }

    @Test
    void aPopularPrefixOverflowsInsteadOfDrowningItsUpstream() {
        Route route = route(Strategy.PREFIX_AFFINITY, weights(1, 1, 1, 1));
        var underWay = new HashMap<Integer, Integer>();
        for (int i = 1; i <= 1_000; i++) {
            int chosen = number(plan(route, i, 42).attempts().getFirst());
            track(route, chosen).begun();
            underWay.merge(chosen, 1, Integer::sum);

            double most = Math.ceil(1.25 * i / 4);
            assertThat(underWay.values())
                    .allSatisfy(n -> assertThat(n).isLessThanOrEqualTo((int) most));
        }
    }

    @Test
    void aCanaryGetsItsShareFirstWhateverTheStrategy() {
        Choice canary = new Choice(Use.CANARY, 1, 5, null, null);
        for (Strategy strategy : Strategy.values()) {
            long[] counts = firsts(route(strategy, weight(1), canary));

            assertShares(counts, 95, 5);
        }
    }

    @Test
    void aShadowSeesItsShareAndIsNeverAsked() {
        Choice shadow = new Choice(Use.SHADOW, 1, 20, null, null);
        Route route = route(Strategy.PRIORITY, weight(1), shadow);
        long[] counts = new long[2];
        for (int seed = 0; seed < PLANS; seed++) {
            RoutePlan plan = plan(route, seed, 0);
            assertThat(plan.attempts()).hasSize(1);
            counts[plan.shadows().size()]++;
        }

        assertShares(counts, 80, 20);
    }

    @Test
    void reservesAreKeptForTheAnswersThatTheyAreFor() {
        Route route =
                route(
                        Strategy.WEIGHTED,
                        weight(1),
                        new Choice(Use.AFTER_CONTEXT_WINDOW, 1, 0, null, null),
                        new Choice(Use.AFTER_CONTENT_FILTER, 1, 0, null, null));

        RoutePlan plan = plan(route, 1, 0);

        assertThat(plan.attempts()).extracting(StrategiesTest::number).containsExactly(0);
        assertThat(plan.reserves())
                .containsExactly(route.upstreams().get(1), route.upstreams().get(2));
    }

    @Test
    void aConditionLeavesAnUpstreamOut() {
        Choice small =
                new Choice(Use.ALWAYS, 1, 0, Condition.compile("tokens < 1000", List.of()), null);
        Choice large =
                new Choice(Use.ALWAYS, 1, 0, Condition.compile("tokens >= 1000", List.of()), null);
        Route route = route(Strategy.PRIORITY, small, large);

        RoutePlan plan = plan(route, 1, 0);

        assertThat(plan.attempts()).extracting(StrategiesTest::number).containsExactly(1);
        assertThat(plan.dropped())
                .containsExactly(
                        new Dropped(route.upstreams().getFirst(), Reason.CONDITION_NOT_MET));
    }

    @Test
    void theSameSeedDrawsTheSamePlan() {
        Stream.of(Strategy.values())
                .map(strategy -> route(strategy, weights(3, 1, 2)))
                .forEach(route -> assertThat(plan(route, 77, 0)).isEqualTo(plan(route, 77, 0)));
    }

    private List<Integer> order(Route route, long seed, long prefix) {
        return plan(route, seed, prefix).attempts().stream().map(StrategiesTest::number).toList();
    }
}
