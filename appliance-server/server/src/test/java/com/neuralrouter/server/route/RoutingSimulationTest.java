package com.neuralrouter.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.RouteId;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.route.RouteFacts.Traits;
import com.neuralrouter.server.route.RouteFacts.Who;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A day of 100 model servers and 10,000 keys in accelerated time, for each strategy with the same
 * arrivals: how long requests wait for their first token, and how often a server had their
 * beginning in its cache. The planner is the real one; the clock and the servers are simulated.
 *
 * <p>The load follows a day: a fifth at four in the morning, nine times that in the afternoon. A
 * day passes in {@link #DAY}. A server slows down with every request that it has at once, and takes
 * {@link #PLACES}. Servers are of three speeds; from ten to eleven two of them are down, and from
 * two to four in the afternoon five are ten times as slow.
 */
class RoutingSimulationTest {
    private static final int SERVERS = 100;
    private static final int KEYS = 10_000;
    private static final int REQUESTS = 40_000;
    private static final int PLACES = 12;
    private static final int REMEMBERED = 200;
    private static final double DAY = 2_400;
    private static final double HOUR = DAY / 24;
    private static final double PREFILL = 1.0;
    private static final double DECODE = 6.0;
    private static final long SEED = 20_261_129;

    /** A clock that stands until it is set. */
    private static final class SetClock extends Clock {
        private long millis = 1_800_000_000_000L;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        void seconds(double sinceMidnight) {
            millis = 1_800_000_000_000L + (long) (sinceMidnight * 1_000);
        }
    }

    /** A model server: how fast it is, what it has to do, and which beginnings it knows. */
    private static final class Server {
        final double slowness;
        final int number;
        int busy;
        int served;
        final Map<Integer, Boolean> cache =
                new LinkedHashMap<>(REMEMBERED * 2, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
                        return size() > REMEMBERED;
                    }
                };

        Server(int number) {
            this.number = number;
            this.slowness = 0.7 + 0.5 * (number % 3);
        }

        boolean down(double now) {
            return number < 2 && now >= 10 * HOUR && now < 11 * HOUR;
        }

        double slownessAt(double now) {
            boolean brownout = number >= 90 && number < 95 && now >= 14 * HOUR && now < 16 * HOUR;
            return slowness * (brownout ? 10 : 1) * (1 + 0.15 * busy);
        }
    }

    /** What happens later. */
    private record Event(double at, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return Double.compare(at, other.at);
        }
    }

    /** What became of a day's requests. */
    private record Figures(double[] waits, int hits, int unserved, int failed, int busiest) {
        double percentile(double p) {
            return waits[(int) Math.min(waits.length - 1, Math.ceil(p * waits.length) - 1)];
        }

        double hitRate() {
            return hits / (double) waits.length;
        }
    }

    /** One day under one strategy. */
    private static final class Day {
        private final SetClock clock = new SetClock();
        private final UpstreamHealth health = new UpstreamHealth(clock);
        private final RoutePlanner planner = new RoutePlanner(health, new ProviderStandings());
        private final SplittableRandom chance = new SplittableRandom(SEED);
        private final PriorityQueue<Event> later = new PriorityQueue<>();
        private final List<Server> servers = new ArrayList<>();
        private final double[] waits = new double[REQUESTS];
        private final Route route;
        private int hits;
        private int served;
        private int unserved;
        private int failed;

        Day(Strategy strategy) {
            var upstreams = new ArrayList<Route.Upstream>();
            for (int i = 0; i < SERVERS; i++) {
                servers.add(new Server(i));
                upstreams.add(
                        new Route.Upstream(
                                endpoint(i),
                                "m",
                                new Choice(Use.ALWAYS, 1, 0, null, new Choice.Price(100 + i, 100)),
                                Terms.UNDECLARED));
            }
            route =
                    new Route(
                            new RouteId(new UUID(0, 1)),
                            "r",
                            "m",
                            0,
                            upstreams,
                            new Route.Ways(strategy, List.of(), 0));
        }

        private static Endpoint endpoint(int number) {
            return new Endpoint(
                    new ProviderId(new UUID(9, Draw.mix(number))),
                    Integer.toString(number),
                    ProviderKind.OPENAI,
                    URI.create("http://server-" + number + ".test/v1"),
                    Authentication.NONE,
                    null);
        }

        Figures run() {
            double now = 0;
            double most = 1.8 * REQUESTS / DAY;
            for (int i = 0; i < REQUESTS; ) {
                now -= Math.log(1 - chance.nextDouble()) / most;
                double load = 1 - 0.8 * Math.cos(2 * Math.PI * (now / HOUR - 4) / 24);
                if (chance.nextDouble() * 1.8 < load) {
                    advance(now);
                    request(i++, now);
                }
            }
            advance(Double.MAX_VALUE);
            double[] sorted = Arrays.copyOf(waits, served);
            Arrays.sort(sorted);
            int busiest = servers.stream().mapToInt(server -> server.served).max().orElse(0);
            return new Figures(sorted, hits, unserved, failed, busiest);
        }

        private void advance(double to) {
            while (!later.isEmpty() && later.peek().at() <= to) {
                Event next = later.poll();
                clock.seconds(next.at());
                next.what().run();
            }
            clock.seconds(Math.min(to, 10 * DAY));
        }

        private void request(int number, double now) {
            // Few keys make most of the requests, as in Zipf's law.
            int key = (int) Math.min(KEYS - 1, Math.pow(KEYS, chance.nextDouble()) - 1);
            var facts =
                    new RouteFacts(
                            Draw.mix(number + 1L),
                            "chat",
                            new Who("", "", ""),
                            new Traits(true, false, false, 1_000, Draw.mix(key + 77L)),
                            Map.of());
            RoutePlan plan = planner.plan(route, facts, _ -> null, _ -> true);
            for (Attempt attempt : plan.attempts()) {
                Server server = servers.get(Integer.parseInt(attempt.endpoint().name()));
                if (server.down(now)) {
                    failed++;
                    health.failed(
                            attempt.provider(),
                            attempt.model(),
                            new ProviderFailure.Unreachable("down"));
                } else if (server.busy < PLACES) {
                    serve(server, key, now, health.track(attempt.provider(), attempt.model()));
                    return;
                }
            }
            unserved++;
        }

        private void serve(Server server, int key, double now, UpstreamTrack track) {
            boolean known = server.cache.put(key, true) != null;
            hits += known ? 1 : 0;
            double slowness = server.slownessAt(now);
            double wait = PREFILL * (known ? 0.1 : 1) * slowness * (0.5 + chance.nextDouble());
            double whole = wait + DECODE * slowness * (0.5 + chance.nextDouble());
            server.busy++;
            server.served++;
            waits[served++] = wait;
            track.begun();
            later.add(
                    new Event(
                            now + wait, () -> track.latency().observe(wait * 1e3, clock.millis())));
            later.add(
                    new Event(
                            now + whole,
                            () -> {
                                server.busy--;
                                track.ended();
                                track.succeeded(clock.millis());
                            }));
        }
    }

    @Test
    void aDayOfAHundredServersUnderEachStrategy() {
        var figures = new EnumMap<Strategy, Figures>(Strategy.class);
        for (Strategy strategy : Strategy.values()) {
            figures.put(strategy, new Day(strategy).run());
        }

        figures.forEach((strategy, day) ->
                System.out.printf(
                        "%-17s first token p50 %.2f s, p95 %.2f s, p99 %.2f s, p99.9 %.2f s; prefix"
                                + " known %4.1f %%; busiest %.1f times its share; %d attempts"
                                + " failed, %d requests unserved%n",
                        strategy,
                        day.percentile(0.5),
                        day.percentile(0.95),
                        day.percentile(0.99),
                        day.percentile(0.999),
                        100 * day.hitRate(),
                        day.busiest() * SERVERS / (double) REQUESTS,
                        day.failed(),
                        day.unserved()));
        Figures random = figures.get(Strategy.WEIGHTED);
        assertThat(figures.values()).allSatisfy(day -> assertThat(day.unserved()).isZero());
        assertThat(figures.get(Strategy.PEAK_EWMA).percentile(0.99))
                .as("p99 of the better of two, against chance")
                .isLessThan(random.percentile(0.99));
        assertThat(figures.get(Strategy.LEAST_OUTSTANDING).percentile(0.99))
                .as("p99 of the least busy, against chance")
                .isLessThan(random.percentile(0.99));
        assertThat(figures.get(Strategy.PREFIX_AFFINITY).hitRate())
                .as("how often the beginning is known, against chance")
                .isGreaterThan(1.5 * random.hitRate());
        assertThat(figures.get(Strategy.PREFIX_AFFINITY).busiest() * SERVERS)
                .as("requests of the busiest, a hundredfold")
                .isLessThan(4 * REQUESTS);
    }
}
