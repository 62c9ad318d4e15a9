package com.neuralrouter.server.route;

import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.server.route.Choice.Price;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How the upstreams that may be asked are put into an order. Each strategy gives every candidate a
 * score, less being better; what it owes to chance follows from the {@link Draw} alone. No state;
 * safe for all threads.
 */
sealed interface Ordering {

    /** Puts the best first. */
    void order(List<Candidate> candidates, RouteFacts facts, Draw draw, long now);

    static Ordering of(Strategy strategy) {
        return switch (strategy) {
            case PRIORITY -> new Priority();
            case WEIGHTED -> new Weighted();
            case LEAST_OUTSTANDING -> new LeastOutstanding();
            case PEAK_EWMA -> new PeakEwma();
            case CHEAPEST -> new Cheapest();
            case PREFIX_AFFINITY -> new PrefixAffinity();
        };
    }

    /** As they stand in the route. */
    record Priority() implements Ordering {
        @Override
        public void order(List<Candidate> candidates, RouteFacts facts, Draw draw, long now) {
            // They are in that order.
        }
    }

    /**
     * A weighted draw without putting back, by exponential keys (Efraimidis and Spirakis, "Weighted
     * random sampling with a reservoir", 2006): the first is each as often as its weight says, and
     * so is the next among the rest.
     */
    record Weighted() implements Ordering {
        @Override
        public void order(List<Candidate> candidates, RouteFacts facts, Draw draw, long now) {
            for (int i = 0; i < candidates.size(); i++) {
                candidates.get(i).score(key(draw.number(i), candidates.get(i)), 0);
            }
            sort(candidates);
        }

        static double key(double drawn, Candidate candidate) {
            return -Math.log(drawn) / candidate.weight();
        }
    }

    /** By requests under way for each unit of weight; chance decides between equals. */
    record LeastOutstanding() implements Ordering {
        @Override
        public void order(List<Candidate> candidates, RouteFacts facts, Draw draw, long now) {
            for (int i = 0; i < candidates.size(); i++) {
                Candidate one = candidates.get(i);
                double load = (one.track().underWay() + 1.0) / one.weight();
                one.score(load, Weighted.key(draw.number(i), one));
            }
            sort(candidates);
        }
    }

    /**
     * By latency times requests under way, as in Finagle's peak EWMA; and of two drawn by chance
     * the better one first, so that not everybody runs to the same best one at once (Mitzenmacher,
     * "The power of two choices in randomized load balancing", 2001).
     */
    record PeakEwma() implements Ordering {
        /** What one is taken to need that has work and has not answered yet, ms. */
        private static final double UNKNOWN_MILLIS = 5_000;

        @Override
        public void order(List<Candidate> candidates, RouteFacts facts, Draw draw, long now) {
            int size = candidates.size();
            if (size < 2) {
                return;
            }
            for (int i = 0; i < size; i++) {
                candidates.get(i).score(cost(candidates.get(i), now), draw.number(i));
            }
            int one = draw.below(size, size);
            int other = (one + 1 + draw.below(size - 1, size + 1)) % size;
            Candidate first = candidates.get(one);
            Candidate second = candidates.get(other);
            Candidate better = second.before(first) ? second : first;
            sort(candidates);
            candidates.remove(better);
            candidates.addFirst(better);
        }

        private static double cost(Candidate candidate, long now) {
            int underWay = candidate.track().underWay();
            double millis = candidate.track().latency().millis(now);
            double each = millis == 0 && underWay > 0 ? UNKNOWN_MILLIS : millis;
            return each * (underWay + 1) / candidate.weight();
        }
    }

    /** By the price of this request, by the prices in force; those without one come last. */
    record Cheapest() implements Ordering {
        /** How many tokens an answer is taken to have. */
        private static final long ANSWER = 500;

        @Override
        public void order(List<Candidate> candidates, RouteFacts facts, Draw draw, long now) {
            for (int i = 0; i < candidates.size(); i++) {
                Candidate one = candidates.get(i);
                @Nullable Price price = facts.tariff().of(one.upstream());
                one.score(
                        price == null ? Double.MAX_VALUE : price.of(facts.tokens(), ANSWER),
                        Weighted.key(draw.number(i), one));
            }
            sort(candidates);
        }
    }

    /**
     * By rendezvous hashing of the request's beginning (Thaler and Ravishankar, "Using name-based
     * mappings to increase hit rates", 1998; weights as in Wang and Ravishankar, 2003): one
     * upstream more or less moves only its own share. The load is bounded (Mirrokni, Thorup and
     * Zadimoghaddam, "Consistent hashing with bounded loads", 2018): who has a quarter more to do
     * than its share comes after the others.
     */
    record PrefixAffinity() implements Ordering {
        private static final double BOUND = 1.25;

        @Override
        public void order(List<Candidate> candidates, RouteFacts facts, Draw draw, long now) {
            long prefix = facts.traits().prefix() == 0 ? draw.seed() : facts.traits().prefix();
            long load = 1;
            long weights = 0;
            for (Candidate one : candidates) {
                load += one.track().underWay();
                weights += one.weight();
            }
            for (Candidate one : candidates) {
                double most = Math.ceil(BOUND * load * one.weight() / weights);
                boolean full = one.track().underWay() + 1 > most;
                double key = Weighted.key(Draw.unit(hash(prefix, one.upstream())), one);
                one.score(full ? OVERLOADED + key : key, 0);
            }
            sort(candidates);
        }

        /** More than any key: the largest is 53 ln 2. */
        private static final double OVERLOADED = 1_000;

        private static long hash(long prefix, Route.Upstream upstream) {
            var id = upstream.endpoint().id().value();
            long name =
                    id.getMostSignificantBits()
                            ^ Draw.mix(id.getLeastSignificantBits() + upstream.model().hashCode());
            return Draw.mix(prefix ^ Draw.mix(name));
        }
    }

    /** An insertion sort: there are few of them, and nothing is allocated. */
    private static void sort(List<Candidate> candidates) {
        for (int i = 1; i < candidates.size(); i++) {
            Candidate moving = candidates.get(i);
            int at = i - 1;
            while (at >= 0 && moving.before(candidates.get(at))) {
                candidates.set(at + 1, candidates.get(at));
                at--;
            }
            candidates.set(at + 1, moving);
        }
    }
}
