package com.neuralrouter.server.route;

import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.Destinations;
import com.neuralrouter.server.policy.RuleKind;
import com.neuralrouter.server.route.Attempt.Standing;
import com.neuralrouter.server.route.Circuit.Position;
import com.neuralrouter.server.route.RoutePlan.Dropped;
import com.neuralrouter.server.route.RoutePlan.Reason;
import com.neuralrouter.server.route.condition.Condition;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides in which order a route's upstreams are tried for one request. The route's strategy orders
 * those that nothing speaks against; those that failed a moment ago come after them; those whose
 * circuit is open are left out, unless there is nobody else. What chance there is follows from the
 * facts' seed, so a plan can be explained. Safe for all threads.
 */
public final class RoutePlanner {
    /** Numbers of the draw that no strategy takes. */
    private static final int CANARY_DRAW = 1_000;

    private static final int SHADOW_DRAW = 2_000;

    private final UpstreamHealth health;
    private final ProviderStandings standings;

    public RoutePlanner(UpstreamHealth health, ProviderStandings standings) {
        this.health = health;
        this.standings = standings;
    }

    /**
     * Plans one request; to be called once for it, because a plan may take the one chance in a
     * while to find out whether a failing upstream is back (see {@link Circuit}).
     *
     * @param allowed where policy lets the request go; what it does not let it go to is left out
     *     before anything else is asked
     * @param hasCredential whether the workspace has a credential for the provider; asked only for
     *     those that want one
     */
    public RoutePlan plan(
            Route route,
            RouteFacts facts,
            Destinations allowed,
            Predicate<ProviderId> hasCredential) {
        return plan(new Sorting(route, facts, Chances.TAKEN), allowed, hasCredential);
    }

    /** The plan that such a request would get now; it takes nobody's chance. */
    public RoutePlan preview(
            Route route,
            RouteFacts facts,
            Destinations allowed,
            Predicate<ProviderId> hasCredential) {
        return plan(new Sorting(route, facts, Chances.LOOKED_AT), allowed, hasCredential);
    }

    /** Whether a plan takes the one chance in a while to try a failing upstream. */
    private enum Chances {
        TAKEN,
        LOOKED_AT
    }

    private RoutePlan plan(
            Sorting sorting, Destinations allowed, Predicate<ProviderId> hasCredential) {
        Route route = sorting.route;
        RouteFacts facts = sorting.facts;
        for (Route.Upstream upstream : route.upstreams()) {
            Reason reason = whyNot(upstream, facts, allowed, hasCredential);
            if (reason != null) {
                sorting.drop(upstream, reason);
            } else {
                sorting.add(upstream);
            }
        }
        return sorting.plan();
    }

    private @Nullable Reason whyNot(
            Route.Upstream upstream,
            RouteFacts facts,
            Destinations allowed,
            Predicate<ProviderId> hasCredential) {
        Destination to = upstream.endpoint().destination();
        RuleKind against =
                upstream.choice().use() == Use.SHADOW
                        ? allowed.againstCopy(to)
                        : allowed.against(to);
        if (against != null) {
            return reason(against);
        }
        boolean wantsCredential = upstream.endpoint().authentication() != Authentication.NONE;
        if (wantsCredential && !hasCredential.test(upstream.endpoint().id())) {
            return Reason.CREDENTIAL_MISSING;
        }
        Condition when = upstream.choice().when();
        if (when != null && !when.holdsFor(facts)) {
            return Reason.CONDITION_NOT_MET;
        }
        ProviderId provider = upstream.endpoint().id();
        if (!standings.admits(provider, new Draw(facts.seed()))) {
            return standings.of(provider) == ProviderHealth.Standing.RETURNING
                    ? Reason.RETURNING
                    : Reason.SUSPENDED;
        }
        return null;
    }

    private static Reason reason(RuleKind against) {
        return switch (against) {
            case ALLOWED_JURISDICTIONS, CLASSIFIED_JURISDICTIONS -> Reason.JURISDICTION_NOT_ALLOWED;
            case ALLOWED_REGIONS -> Reason.REGION_NOT_ALLOWED;
            case NO_TRAINING -> Reason.MAY_TRAIN;
            case MAX_RETENTION -> Reason.KEEPS_TOO_LONG;
            case ALLOWED_SHADOWS -> Reason.SHADOW_NOT_ALLOWED;
            default -> Reason.PROVIDER_NOT_ALLOWED;
        };
    }

    /** One plan in the making. Owned by the request's thread. */
    private final class Sorting {
        private final Route route;
        private final RouteFacts facts;
        private final Chances chances;
        private final long now;
        private final Draw draw;
        private final List<Candidate> ahead;
        private List<Candidate> canaries = List.of();
        private List<Candidate> behind = List.of();
        private List<Candidate> open = List.of();
        private List<Route.Upstream> reserves = List.of();
        private List<Route.Upstream> shadows = List.of();
        private List<Dropped> dropped = List.of();

        Sorting(Route route, RouteFacts facts, Chances chances) {
            this.route = route;
            this.facts = facts;
            this.chances = chances;
            this.now = health.now();
            this.draw = new Draw(facts.seed());
            this.ahead = new ArrayList<>(route.upstreams().size());
        }

        void drop(Route.Upstream upstream, Reason reason) {
            dropped = with(dropped, new Dropped(upstream, reason));
        }

        void add(Route.Upstream upstream) {
            switch (upstream.choice().use()) {
                case ALWAYS, CANARY -> addCandidate(upstream);
                case SHADOW -> addShadow(upstream);
                case AFTER_CONTEXT_WINDOW, AFTER_CONTENT_FILTER ->
                        reserves = with(reserves, upstream);
            }
        }

        private void addShadow(Route.Upstream upstream) {
            UpstreamTrack track = health.track(upstream.endpoint().id(), upstream.model());
            if (!inShare(upstream, SHADOW_DRAW + shadows.size())) {
                drop(upstream, Reason.NOT_IN_SHARE);
            } else if (track.circuit().position(now) == Position.OPEN) {
                drop(upstream, Reason.CIRCUIT_OPEN);
            } else {
                shadows = with(shadows, upstream);
            }
        }

        private void addCandidate(Route.Upstream upstream) {
            UpstreamTrack track = health.track(upstream.endpoint().id(), upstream.model());
            var candidate = new Candidate(upstream, track, track.circuit().position(now));
            switch (candidate.circuit()) {
                case CLOSED, DUE -> {
                    if (upstream.choice().use() == Use.CANARY) {
                        canaries = with(canaries, candidate);
                    } else {
                        ahead.add(candidate);
                    }
                }
                case FAILING -> behind = with(behind, candidate);
                case OPEN -> open = with(open, candidate);
            }
        }

        private boolean inShare(Route.Upstream upstream, int number) {
            return draw.number(number) * 100 <= upstream.choice().percent();
        }

        RoutePlan plan() {
            Ordering.of(route.ways().strategy()).order(ahead, facts, draw, now);
            Candidate chosen = chosenCanary();
            if (chosen != null) {
                ahead.addFirst(chosen);
            }
            for (Candidate canary : canaries) {
                if (canary != chosen) {
                    ahead.add(canary);
                }
            }
            var attempts = new ArrayList<Attempt>(ahead.size() + behind.size());
            var failing = new ArrayList<>(behind);
            for (Candidate candidate : ahead) {
                if (candidate.circuit() == Position.CLOSED) {
                    attempts.add(
                            candidate.as(candidate == chosen ? Standing.CANARY : Standing.READY));
                } else if (attempts.isEmpty() && tryNow(candidate)) {
                    attempts.add(candidate.as(Standing.PROBE));
                } else {
                    failing.add(candidate);
                }
            }
            failing.forEach(candidate -> attempts.add(candidate.as(Standing.FAILING)));
            return finished(attempts);
        }

        private boolean tryNow(Candidate candidate) {
            return switch (chances) {
                case TAKEN -> candidate.track().circuit().tryNow(now);
                case LOOKED_AT -> true;
            };
        }

        private boolean tryAsLastResort(Candidate candidate) {
            return switch (chances) {
                case TAKEN -> candidate.track().circuit().tryAsLastResort(now);
                case LOOKED_AT -> true;
            };
        }

        private RoutePlan finished(List<Attempt> attempts) {
            Candidate last = attempts.isEmpty() ? lastResort() : null;
            if (last != null) {
                attempts.add(last.as(Standing.LAST_RESORT));
            }
            for (Candidate candidate : open) {
                if (candidate != last) {
                    drop(candidate.upstream(), Reason.CIRCUIT_OPEN);
                }
            }
            return new RoutePlan(route, facts.seed(), attempts, reserves, shadows, dropped);
        }

        /** The one whose share this request falls into; the shares stand beside each other. */
        private @Nullable Candidate chosenCanary() {
            double number = canaries.isEmpty() ? 0 : draw.number(CANARY_DRAW) * 100;
            int share = 0;
            for (Candidate canary : canaries) {
                share += canary.upstream().choice().percent();
                if (number <= share) {
                    return canary;
                }
            }
            return null;
        }

        /** The open one that would be tried again first, if nobody is finding out about it now. */
        private @Nullable Candidate lastResort() {
            return open.stream()
                    .sorted((one, other) ->
                            Long.compare(
                                    one.track().circuit().waitMillis(now),
                                    other.track().circuit().waitMillis(now)))
                    .filter(this::tryAsLastResort)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Lists that are nearly always empty are made only when something goes into them. */
    private static <T> List<T> with(List<T> list, T added) {
        List<T> longer = list.isEmpty() ? new ArrayList<>(4) : list;
        longer.add(added);
        return longer;
    }
}
