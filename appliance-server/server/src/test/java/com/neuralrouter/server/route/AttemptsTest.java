package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderFailure.Rejected;
import com.neuralrouter.server.provider.ProviderFailure.Throttled;
import com.neuralrouter.server.provider.ProviderFailure.TimedOut;
import com.neuralrouter.server.provider.ProviderFailure.Unreachable;
import com.neuralrouter.server.route.Tried.Outcome;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

class AttemptsTest {
    private static final ProviderFailure DOWN = new Unreachable("connection refused");
    private static final RequestId REQUEST = new RequestId(new UUID(1, 2));

    private final Clock clock = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);
    private final UpstreamHealth health = new UpstreamHealth(clock);
    private final Explanations explanations = new Explanations(2);
    private final List<Long> pauses = new ArrayList<>();
    private final Resilience resilience =
            new Resilience(
                    health,
                    explanations,
                    millis -> {
                        pauses.add(millis);
                        return true;
                    });
    private final RoutePlanner planner = new RoutePlanner(health, new ProviderStandings());

    private static Route.Upstream upstream(int number, Use use, Terms terms) {
        return new Route.Upstream(
                StrategiesTest.endpoint(new ProviderId(new UUID(7, number))),
                "model-" + number,
                new Choice(use, 1, 0, null, null),
                terms);
    }

    private static Route.Upstream upstream(int number) {
        return upstream(number, Use.ALWAYS, Terms.UNDECLARED);
    }

    private Attempts attempts(Duration within, Route.Upstream... upstreams) {
        var route =
                new Route(
                        new RouteId(new UUID(0, 9)),
                        "r",
                        "public",
                        0,
                        List.of(upstreams),
                        new Route.Ways(Strategy.PRIORITY, List.of(), 0));
        RoutePlan plan = planner.plan(route, RouteFacts.NONE, _ -> null, _ -> true);
        return resilience.begin(REQUEST, plan, System.nanoTime() + within.toNanos());
    }

    private Attempts attempts(Route.Upstream... upstreams) {
        return attempts(Duration.ofMinutes(1), upstreams);
    }

    private static String model(Attempts attempts) {
        Attempt next = attempts.next();
        return next == null ? "nobody" : next.model();
    }

    @Test
    void goesFromOneToTheNext() {
        Attempts attempts = attempts(upstream(1), upstream(2));

        assertThat(model(attempts)).isEqualTo("model-1");
        attempts.failed(DOWN);
        assertThat(model(attempts)).isEqualTo("model-2");
        attempts.answers();
        attempts.ended(10);

        assertThat(attempts.tried())
                .extracting(Tried::outcome)
                .containsExactly(Outcome.FAILED, Outcome.ANSWERED);
        assertThat(pauses).isEmpty();
    }

    @Test
    void triesTheOnlyUpstreamOnceMoreAfterAShortPause() {
        Attempts attempts = attempts(upstream(1));

        attempts.next();
        attempts.failed(DOWN);
        assertThat(model(attempts)).isEqualTo("model-1");
        attempts.failed(DOWN);

        assertThat(model(attempts)).isEqualTo("nobody");
        assertThat(pauses).singleElement().satisfies(wait -> assertThat(wait).isBetween(50L, 250L));
    }

    @Test
    void waitsForAsLongAsTheProviderAsksFor() {
        Attempts attempts = attempts(upstream(1));

        attempts.next();
        attempts.failed(new Throttled("429", 2_000));

        assertThat(model(attempts)).isEqualTo("model-1");
        assertThat(pauses)
                .singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(2_000L, 2_200L));
    }

    @Test
    void doesNotWaitForLongOrForWhatDoesNotPass() {
        for (ProviderFailure failure :
                List.of(
                        new Throttled("429", 60_000),
                        new Throttled("429", -1),
                        new Rejected("401", 401),
                        new TimedOut("no answer"))) {
            Attempts attempts = attempts(upstream(1));
            attempts.next();
            attempts.failed(failure);

            assertThat(model(attempts)).as(failure.toString()).isEqualTo("nobody");
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void doesNotWaitBeyondTheDeadline() {
        Attempts attempts = attempts(Duration.ofSeconds(1), upstream(1));

        attempts.next();
        attempts.failed(new Throttled("429", 3_000));

        assertThat(model(attempts)).isEqualTo("nobody");
    }

    @Test
    void stopsWhenTheBudgetIsSpent() {
        int asked = 0;
        for (int i = 0; i < 200; i++) {
            Attempts attempts = attempts(upstream(1), upstream(2));
            while (attempts.next() != null) {
                asked++;
                attempts.failed(new Rejected("500", 500));
            }
            attempts.ended(0);
        }

        // 200 first ones, ten to begin with, and a fifth of 200; the circuits open after five.
        assertThat(asked).isLessThanOrEqualTo(200 + 10 + 40);
    }

    @Test
    void passesOverAProviderThatHasEnoughToDo() {
        var one = new Terms(new Terms.Capacity(1, 0, 0), 0, null, Terms.UNDECLARED.probing());
        Route.Upstream small = upstream(1, Use.ALWAYS, one);
        Attempts first = attempts(small, upstream(2));
        Attempts second = attempts(small, upstream(2));

        assertThat(model(first)).isEqualTo("model-1");
        assertThat(model(second)).isEqualTo("model-2");
        first.answers();
        first.ended(1);
        assertThat(model(attempts(small, upstream(2)))).isEqualTo("model-1");
        assertThat(second.tried()).extracting(Tried::outcome).containsExactly(Outcome.BUSY);
    }

    @Test
    void waitsForAPlaceWhenThereIsNobodyElse() throws Exception {
        var one = new Terms(new Terms.Capacity(1, 5, 20_000), 0, null, Terms.UNDECLARED.probing());
        Route.Upstream small = upstream(1, Use.ALWAYS, one);
        Attempts first = attempts(small);
        assertThat(model(first)).isEqualTo("model-1");
        var got = new CompletableFuture<String>();
        Thread waiting = Thread.startVirtualThread(() -> got.complete(model(attempts(small))));

        first.answers();
        first.ended(1);

        assertThat(got.get(20, TimeUnit.SECONDS)).isEqualTo("model-1");
        waiting.join();
    }

    @Test
    void asksAReserveOnlyAfterTheAnswerThatItIsFor() {
        Route.Upstream longer = upstream(2, Use.AFTER_CONTEXT_WINDOW, Terms.UNDECLARED);
        Attempts failing = attempts(upstream(1), longer);
        failing.next();
        failing.failed(new Rejected("401", 401));
        assertThat(model(failing)).isEqualTo("nobody");

        Attempts declined = attempts(upstream(3), longer);
        declined.next();

        assertThat(declined.declined(Use.AFTER_CONTENT_FILTER, "filtered")).isFalse();
        assertThat(declined.declined(Use.AFTER_CONTEXT_WINDOW, "too long")).isTrue();
        assertThat(model(declined)).isEqualTo("model-2");
        assertThat(declined.declined(Use.AFTER_CONTEXT_WINDOW, "too long")).isFalse();
    }

    @Test
    void whoNobodyWouldPayForAsWellIsAskedWhenTheOtherOneFails() {
        Attempts attempts = attempts(upstream(1), upstream(2));
        Attempt first = attempts.next();
        Attempt second = attempts.nextBeside();

        attempts.unpaid();
        assertThat(health.track(second.provider(), "model-2").underWay()).isZero();
        attempts.turnTo(first);
        attempts.failed(DOWN);

        assertThat(attempts.next()).isSameAs(second);
        assertThat(attempts.tried())
                .extracting(Tried::outcome)
                .containsExactly(Outcome.NO_BUDGET, Outcome.FAILED);
    }

    @Test
    void tellsOverWhichConnectionEachWent() {
        Attempts attempts = attempts(upstream(1), upstream(2), upstream(3));
        attempts.next();
        attempts.connected().accept(Connection.made(1_000, 2_000, 3_000));
        attempts.failed(DOWN);
        attempts.next();
        attempts.unsuitable("it has no such operation");
        attempts.next();
        attempts.connected().accept(Connection.KEPT);
        attempts.answers();

        assertThat(attempts.tried())
                .extracting(Tried::connection)
                .containsExactly(
                        new Connection(Connection.Use.MADE, 1, 2, 3),
                        Connection.NONE,
                        Connection.KEPT);
    }

    /** Each by itself, and also of the one that is not waited for any more. */
    @Test
    void tellsTheConnectionsOfTwoThatAreAskedAtTheSameTimeApart() {
        Attempts attempts = attempts(upstream(1), upstream(2));
        Attempt first = attempts.next();
        Consumer<Connection> ofFirst = attempts.connected();
        Attempt second = attempts.nextBeside();
        Consumer<Connection> ofSecond = attempts.connected();
        attempts.turnTo(first);

        ofSecond.accept(Connection.KEPT);
        ofFirst.accept(Connection.made(1_000, 2_000, 0));
        attempts.turnTo(second);
        attempts.answers();
        attempts.overtaken();

        assertThat(attempts.tried())
                .extracting(Tried::connection)
                .containsExactly(Connection.KEPT, new Connection(Connection.Use.MADE, 1, 2, 0));
    }

    @Test
    void remembersTheLastRequestsOnly() {
        for (int i = 0; i < 3; i++) {
            var request = new RequestId(new UUID(5, i));
            RoutePlan plan =
                    planner.plan(
                            new Route(
                                    new RouteId(new UUID(0, 9)),
                                    "r",
                                    "public",
                                    0,
                                    List.of(upstream(1))),
                            RouteFacts.NONE,
                            _ -> null,
                            _ -> true);
            resilience.begin(request, plan, System.nanoTime() + 1_000_000_000).ended(0);
        }

        assertThat(explanations.of(new RequestId(new UUID(5, 0)))).isNull();
        assertThat(explanations.of(new RequestId(new UUID(5, 2)))).isNotNull();
    }

    @Test
    void leavesNothingUnderWay() {
        Attempts attempts = attempts(upstream(1), upstream(2));
        attempts.next();
        attempts.failed(DOWN);
        attempts.next();
        attempts.answers();
        attempts.ended(5);
        attempts.ended(5);

        assertThat(health.track(new ProviderId(new UUID(7, 1)), "model-1").underWay()).isZero();
        assertThat(health.track(new ProviderId(new UUID(7, 2)), "model-2").underWay()).isZero();
    }
}
