package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.route.condition.Condition;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** What a plan costs at 1,000 routes of four upstreams, one of them with a condition. */
class PlanningCostTest {
    private static final int ROUTES = 1_000;
    private static final int ROUNDS = 40;
    private static final int PLANS = 10_000;

    private final UpstreamHealth health = new UpstreamHealth(Clock.systemUTC());
    private final RoutePlanner planner = new RoutePlanner(health, new ProviderStandings());

    private static Route route(int number, Strategy strategy) {
        Condition when = Condition.compile("tokens < 8000 && key.name != 'batch'", List.of());
        List<Route.Upstream> upstreams =
                IntStream.range(0, 4)
                        .mapToObj(i ->
                                new Route.Upstream(
                                        StrategiesTest.endpoint(
                                                new ProviderId(new UUID(number, i))),
                                        "model",
                                        new Choice(
                                                Use.ALWAYS, i + 1, 0, i == 0 ? when : null, null),
                                        Terms.UNDECLARED))
                        .toList();
        return new Route(
                new RouteId(new UUID(1, number)),
                "r" + number,
                "m" + number,
                0,
                upstreams,
                new Route.Ways(strategy, List.of(), 0));
    }

    @Test
    void isAPartOfTenMicroseconds() {
        for (Strategy strategy : Strategy.values()) {
            var routes = new ArrayList<Route>();
            for (int i = 0; i < ROUTES; i++) {
                routes.add(route(i, strategy));
            }
            double best = Double.MAX_VALUE;
            long planned = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                for (int i = 0; i < PLANS; i++) {
                    var facts =
                            new RouteFacts(
                                    i,
                                    "chat",
                                    new RouteFacts.Who("id", "app", "research"),
                                    new RouteFacts.Traits(false, false, false, 900, i),
                                    Map.of());
                    planned +=
                            planner.plan(routes.get(i % ROUTES), facts, _ -> null, _ -> true)
                                    .attempts()
                                    .size();
                }
                best = Math.min(best, (System.nanoTime() - began) / (double) PLANS / 1_000);
            }
            System.getLogger("measured")
                    .log(System.Logger.Level.INFO, "{0}: {1} µs a plan", strategy, best);

            assertThat(planned).isEqualTo(4L * ROUNDS * PLANS);
            assertThat(best).as("µs a plan by %s, best of %d", strategy, ROUNDS).isLessThan(10);
        }
    }
}
