package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.route.Attempt.Standing;
import com.neuralrouter.server.route.Explanations.Decided;
import com.neuralrouter.server.route.RoutePlan.Dropped;
import com.neuralrouter.server.route.RoutePlan.Reason;
import com.neuralrouter.server.route.Tried.Outcome;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class ExplanationsTest {
    private static final int REMEMBERED = 64;

    private final Explanations explanations = new Explanations(REMEMBERED);

    private static RequestId request(long number) {
        return new RequestId(new UUID(number, ~number));
    }

    private static Route route(int upstreams) {
        return new Route(
                new RouteId(new UUID(0, 9)),
                "r",
                "public",
                0,
                IntStream.range(0, upstreams)
                        .mapToObj(i ->
                                new Route.Upstream(
                                        StrategiesTest.endpoint(new ProviderId(new UUID(7, i))),
                                        "model-" + i))
                        .toList(),
                new Route.Ways(Strategy.PRIORITY, List.of(), 0));
    }

    /** A plan that asks at least one, with the others anywhere. */
    private static RoutePlan plan(Random random) {
        Route route = route(1 + random.nextInt(12));
        List<Attempt> attempts = new ArrayList<>();
        List<Route.Upstream> reserves = new ArrayList<>();
        List<Route.Upstream> shadows = new ArrayList<>();
        List<Dropped> dropped = new ArrayList<>();
        for (Route.Upstream each : route.upstreams()) {
            switch (attempts.isEmpty() ? 0 : random.nextInt(4)) {
                case 0 ->
                        attempts.add(
                                new Attempt(
                                        each, any(random, Standing.values()), random.nextDouble()));
                case 1 -> reserves.add(each);
                case 2 -> shadows.add(each);
                default -> dropped.add(new Dropped(each, any(random, Reason.values())));
            }
        }
        return new RoutePlan(route, random.nextLong(), attempts, reserves, shadows, dropped);
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** In two of three cases as ordinary as can be: the first was asked and answered. */
    private static List<Tried> tried(Random random, RoutePlan plan) {
        Attempt first = plan.attempts().getFirst();
        return switch (random.nextInt(6)) {
            case 0 ->
                    List.of(
                            new Tried(
                                    first,
                                    Outcome.FAILED,
                                    3,
                                    random.nextLong(),
                                    "status 503",
                                    connection(random)));
            case 1 ->
                    List.of(
                            new Tried(
                                    first,
                                    Outcome.BUSY,
                                    0,
                                    0,
                                    "it has enough to do",
                                    Connection.NONE),
                            Tried.answered(
                                    plan.attempts().getLast(),
                                    7,
                                    random.nextLong(),
                                    connection(random)));
            default ->
                    List.of(
                            Tried.answered(
                                    first,
                                    random.nextLong(),
                                    random.nextLong(),
                                    connection(random)));
        };
    }

    private static Connection connection(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Connection.NONE;
            case 1 -> Connection.KEPT;
            default ->
                    Connection.made(
                            random.nextLong(1L << 40),
                            random.nextLong(1L << 40),
                            random.nextLong(1L << 40));
        };
    }

    @Test
    void tellWhatWasDecidedAndWhatCameOfIt() {
        var random = new Random(20261129);
        for (int i = 1; i <= 2_000; i++) {
            RoutePlan plan = plan(random);
            List<Tried> tried = tried(random, plan);

            explanations.add(request(i), plan, tried);

            assertThat(explanations.of(request(i)))
                    .as("request %d of seed 20261129", i)
                    .isEqualTo(new Decided(request(i), plan, tried));
        }
    }

    @Test
    void rememberTheLastOnes() {
        var random = new Random(3);
        for (int i = 1; i <= 3 * REMEMBERED; i++) {
            RoutePlan plan = plan(random);
            explanations.add(request(i), plan, tried(random, plan));
        }

        for (int i = 1; i <= 3 * REMEMBERED; i++) {
            assertThat(explanations.of(request(i)) != null)
                    .as("request %d", i)
                    .isEqualTo(i > 2 * REMEMBERED);
        }
    }

    @Test
    void tellOfAPlanWithAnUpstreamThatIsNotItsRoutes() {
        Attempt stranger = new Attempt(route(1).upstreams().getFirst(), Standing.READY);
        var plan = new RoutePlan(route(1), 1, List.of(stranger), List.of(), List.of(), List.of());
        var tried = List.of(Tried.answered(stranger, 1, 2, Connection.KEPT));

        explanations.add(request(1), plan, tried);

        assertThat(explanations.of(request(1))).isEqualTo(new Decided(request(1), plan, tried));
    }

    @Test
    void knowNoRequestBeforeTheFirst() {
        assertThat(explanations.of(new RequestId(new UUID(0, 0)))).isNull();
    }

    /** Whoever asks while others add is told all of one request or that it is not remembered. */
    @Test
    void mixNoTwoRequests() throws Exception {
        var told = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 4; thread++) {
                long first = 1_000_000L * (thread + 1);
                all.add(threads.submit(() -> addAndAsk(first, told)));
            }
            for (var each : all) {
                each.get();
            }
        }

        assertThat(told.get()).isPositive();
    }

    /** Each request's plan is of its own seed, so that a mixture would show. */
    private void addAndAsk(long first, AtomicInteger told) {
        for (long number = first; number < first + 3_000; number++) {
            RoutePlan plan = plan(new Random(number));
            List<Tried> tried = tried(new Random(number), plan);
            explanations.add(request(number), plan, tried);
            Decided decided = explanations.of(request(number));
            if (decided != null) {
                told.incrementAndGet();
                assertThat(decided).isEqualTo(new Decided(request(number), plan, tried));
            }
        }
    }
}
