package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.policy.Destinations;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderFailure.Cancelled;
import com.neuralrouter.server.provider.ProviderFailure.Rejected;
import com.neuralrouter.server.provider.ProviderFailure.Throttled;
import com.neuralrouter.server.provider.ProviderFailure.TimedOut;
import com.neuralrouter.server.provider.ProviderFailure.Unreachable;
import com.neuralrouter.server.route.Attempt.Standing;
import com.neuralrouter.server.route.RoutePlan.Dropped;
import com.neuralrouter.server.route.RoutePlan.Reason;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class RoutePlannerTest {
    private static final ProviderFailure DOWN = new Unreachable("connection refused");

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final InstantSource ticks = () -> Instant.ofEpochMilli(now.get());
    private final Clock clock = ticks.withZone(ZoneOffset.UTC);
    private final UpstreamHealth health = new UpstreamHealth(clock);
    private final RoutePlanner planner = new RoutePlanner(health, new ProviderStandings());

    private final Route.Upstream first = upstream(1, "first", Authentication.NONE);
    private final Route.Upstream second = upstream(2, "second", Authentication.NONE);
    private final Route.Upstream third = upstream(3, "third", Authentication.BEARER);
    private final Route route =
            new Route(new RouteId(new UUID(0, 9)), "r", "public", 0, List.of(first, second, third));

    private static Route.Upstream upstream(long id, String name, Authentication authentication) {
        var endpoint =
                new Endpoint(
                        new ProviderId(new UUID(0, id)),
                        name,
                        ProviderKind.OPENAI,
                        URI.create("http://" + name + ".test/v1"),
                        authentication,
                        null);
        return new Route.Upstream(endpoint, name + "-model");
    }

    private static Destinations only(String... providers) {
        return to -> Set.of(providers).contains(to.provider()) ? null : RuleKind.ALLOWED_PROVIDERS;
    }

    private List<String> order() {
        return planner.plan(route, RouteFacts.NONE, _ -> null, _ -> true).attempts().stream()
                .map(attempt -> attempt.endpoint().name())
                .toList();
    }

    private void fail(Route.Upstream upstream, ProviderFailure failure) {
        health.failed(upstream.endpoint().id(), upstream.model(), failure);
    }

    private void succeed(Route.Upstream upstream) {
        health.succeeded(upstream.endpoint().id(), upstream.model());
    }

    @Test
    void keepsTheRoutesOrder() {
        assertThat(order()).containsExactly("first", "second", "third");
    }

    @Test
    void dropsWhatPolicyForbidsAndWhatLacksACredentialAndSaysWhy() {
        RoutePlan plan = planner.plan(route, RouteFacts.NONE, only("first", "third"), _ -> false);

        assertThat(plan.attempts()).containsExactly(new Attempt(first, Standing.READY));
        assertThat(plan.dropped())
                .containsExactly(
                        new Dropped(second, Reason.PROVIDER_NOT_ALLOWED),
                        new Dropped(third, Reason.CREDENTIAL_MISSING));
    }

    @Test
    void isEmptyWhenNobodyMayBeAsked() {
        assertThat(planner.plan(route, RouteFacts.NONE, only(), _ -> true).empty()).isTrue();
    }

    @Test
    void neverOffersAFailingUpstreamThatIsNotAllowed() {
        fail(first, DOWN);

        RoutePlan plan = planner.plan(route, RouteFacts.NONE, only("second"), _ -> true);

        assertThat(plan.attempts()).containsExactly(new Attempt(second, Standing.READY));
    }

    @Nested
    class AfterAFailure {
        @Test
        void theOthersComeFirst() {
            fail(first, DOWN);

            assertThat(order()).containsExactly("second", "third", "first");
        }

        @Test
        void theUpstreamIsStillThereWhenNothingElseIsLeft() {
            fail(first, DOWN);
            fail(second, DOWN);
            fail(third, DOWN);

            assertThat(order()).containsExactly("first", "second", "third");
        }

        @Test
        void anotherModelOfTheSameProviderKeepsItsPlace() {
            health.failed(first.endpoint().id(), "another", DOWN);

            assertThat(order()).containsExactly("first", "second", "third");
        }

        @Test
        void aSuccessEndsIt() {
            fail(first, DOWN);
            succeed(first);

            assertThat(order()).containsExactly("first", "second", "third");
        }

        @Test
        void oneRequestAloneFindsOutWhetherItIsBack() throws Exception {
            fail(first, DOWN);
            now.addAndGet(1_000);
            int callers = 50;
            var probes = new AtomicInteger();
            var start = new CountDownLatch(1);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < callers; i++) {
                    threads.submit(() -> {
                        start.await();
                        if (order().getFirst().equals("first")) {
                            probes.incrementAndGet();
                        }
                        return null;
                    });
                }
                start.countDown();
            }

            assertThat(probes).hasValue(1);
        }

        @Test
        void theCoolDownDoublesFromOneSecondToThirty() {
            for (long expected : new long[] {1, 2, 4, 8, 16, 30, 30}) {
                fail(first, DOWN);
                now.addAndGet(expected * 1_000 - 1);
                assertThat(order()).as("just before %d s", expected).first().isEqualTo("second");
                now.addAndGet(1);
                assertThat(order()).as("after %d s", expected).first().isEqualTo("first");
            }
        }

        @Test
        void manyRequestsThatFailTogetherCountAsOneOutage() {
            for (int i = 0; i < 64; i++) {
                fail(first, DOWN);
            }
            now.addAndGet(1_000);

            assertThat(order()).first().isEqualTo("first");
        }

        @Test
        void anUpstreamThatFailsAgainAndAgainIsNotAskedAtAll() {
            for (int i = 0; i < Circuit.OPENS_AFTER; i++) {
                fail(first, DOWN);
            }

            RoutePlan plan = planner.plan(route, RouteFacts.NONE, _ -> null, _ -> true);

            assertThat(plan.attempts())
                    .extracting(Attempt::upstream)
                    .containsExactly(second, third);
            assertThat(plan.dropped()).containsExactly(new Dropped(first, Reason.CIRCUIT_OPEN));
        }

        @Test
        void whenNobodyElseIsLeftOneRequestAtATimeIsLetThroughAnOpenCircuit() {
            for (int i = 0; i < 9; i++) {
                fail(second, DOWN);
            }

            RoutePlan one = planner.plan(route, RouteFacts.NONE, only("second"), _ -> true);
            RoutePlan meanwhile = planner.plan(route, RouteFacts.NONE, only("second"), _ -> true);
            fail(second, DOWN);
            RoutePlan next = planner.plan(route, RouteFacts.NONE, only("second"), _ -> true);

            assertThat(one.attempts()).containsExactly(new Attempt(second, Standing.LAST_RESORT));
            assertThat(meanwhile.attempts()).isEmpty();
            assertThat(next.attempts()).containsExactly(new Attempt(second, Standing.LAST_RESORT));
        }

        @Test
        void whatAThrottledProviderAsksForIsHonouredUpToAMinute() {
            fail(first, new Throttled("429", 20_000));
            now.addAndGet(19_999);
            assertThat(order()).last().isEqualTo("first");
            now.addAndGet(1);
            assertThat(order()).first().isEqualTo("first");

            fail(second, new Throttled("429", 86_400_000));
            now.addAndGet(60_000);
            assertThat(planner.plan(route, RouteFacts.NONE, only("second"), _ -> true).attempts())
                    .containsExactly(new Attempt(second, Standing.PROBE));
        }

        @Test
        void aClockThatIsSetBackDoesNotBanAnUpstream() {
            fail(first, DOWN);
            now.addAndGet(-3_600_000);

            assertThat(order()).first().isEqualTo("first");
        }

        @Test
        void whatSaysNothingAboutTheUpstreamChangesNothing() {
            fail(first, new Cancelled("interrupted"));
            fail(second, new Rejected("request timeout", 408));

            assertThat(order()).containsExactly("first", "second", "third");
        }
    }

    @Nested
    class ShownToAdministrators {
        @Test
        void isUnknownBeforeTheFirstAttempt() {
            var shown = health.of(first.endpoint().id(), first.model());

            assertThat(shown.state()).isEqualTo(HealthState.UNKNOWN);
            assertThat(shown.lastFailure()).isNull();
        }

        @Test
        void countsAttemptsAndFailures() {
            succeed(first);
            now.addAndGet(5);
            fail(first, DOWN);
            now.addAndGet(5);
            fail(first, new TimedOut("no answer"));

            var shown = health.of(first.endpoint().id(), first.model());

            assertThat(shown.state()).isEqualTo(HealthState.FAILING);
            assertThat(shown.attempts()).isEqualTo(3);
            assertThat(shown.failures()).isEqualTo(2);
            assertThat(shown.lastSuccessAt()).isEqualTo(Instant.ofEpochMilli(1_000_000));
            assertThat(shown.lastFailureAt()).isEqualTo(Instant.ofEpochMilli(1_000_010));
            assertThat(shown.lastFailure()).isEqualTo("no answer");
        }

        @Test
        void losesNoCountUnderLoad() {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 1_000; i++) {
                    boolean bad = i % 2 == 0;
                    threads.submit(() -> {
                        if (bad) {
                            fail(first, DOWN);
                        } else {
                            succeed(first);
                        }
                    });
                }
            }

            var shown = health.of(first.endpoint().id(), first.model());

            assertThat(shown.attempts()).isEqualTo(1_000);
            assertThat(shown.failures()).isEqualTo(500);
        }
    }
}
