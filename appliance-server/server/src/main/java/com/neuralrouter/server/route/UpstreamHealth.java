package com.neuralrouter.server.route;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.contract.Route.Health;
import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.route.Attempt.Standing;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * How each upstream, a model at a provider, has been doing since the appliance was started. Told by
 * the inference pipeline after each attempt, read by the {@link RoutePlanner} and the admin plane.
 * It is no part of the snapshot and outlives every change of the configuration.
 *
 * <p>After a lasting failure an upstream is tried behind the others for 1 s, then 2 s, up to 30 s,
 * or as long as it asked for, up to 60 s. When that time is over, one request is let ahead as a
 * probe while the rest still go elsewhere for as long again; the first success ends it. Safe for
 * all threads, without locks.
 */
public final class UpstreamHealth {
    private static final long FIRST_COOL_DOWN_MILLIS = 1_000;
    private static final long LONGEST_COOL_DOWN_MILLIS = 30_000;
    private static final long LONGEST_WISH_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 5;

    private static final Health UNKNOWN = new Health(HealthState.UNKNOWN, 0, 0, null, null, null);

    private record Key(ProviderId provider, String model) {}

    /**
     * What decides about the order.
     *
     * @param failures how often it was found failing, 0 if the last attempt succeeded
     * @param coolDownMillis how long the others come first
     * @param triedAgainAt epoch milliseconds of the next probe
     * @param probing whether a probe is under way
     */
    private record Course(int failures, long coolDownMillis, long triedAgainAt, boolean probing) {
        static final Course GOOD = new Course(0, 0, 0, false);

        Course worse(long now, long wishMillis) {
            long wish = Math.min(wishMillis, LONGEST_WISH_MILLIS);
            if (failures > 0 && !probing && !due(now)) {
                // One of the many requests that were under way when it went down: known already.
                return new Course(
                        failures, coolDownMillis, Math.max(triedAgainAt, now + wish), false);
            }
            int doublings = Math.min(failures, MOST_DOUBLINGS);
            long coolDown = Math.min(FIRST_COOL_DOWN_MILLIS << doublings, LONGEST_COOL_DOWN_MILLIS);
            long longer = Math.max(coolDown, wish);
            return new Course(doublings + 1, longer, now + longer, false);
        }

        /** The time is over, or the clock was set back by more than any cool-down lasts. */
        boolean due(long now) {
            return now >= triedAgainAt || triedAgainAt - now > LONGEST_WISH_MILLIS;
        }

        Course probed(long now) {
            return new Course(failures, coolDownMillis, now + coolDownMillis, true);
        }
    }

    private static final class Track {
        final LongAdder attempts = new LongAdder();
        final LongAdder failures = new LongAdder();
        final AtomicReference<Course> course = new AtomicReference<>(Course.GOOD);
        volatile long lastSuccessAt = -1;
        volatile long lastFailureAt = -1;
        volatile @Nullable String lastFailure;
    }

    private final Clock clock;
    private final ConcurrentMap<Key, Track> tracks = new ConcurrentHashMap<>();

    public UpstreamHealth(Clock clock) {
        this.clock = clock;
    }

    /** An attempt got an answer that was whole, or that the app itself ended. */
    public void succeeded(ProviderId provider, String model) {
        Track track = track(provider, model);
        track.attempts.increment();
        track.lastSuccessAt = clock.millis();
        if (track.course.get() != Course.GOOD) {
            track.course.set(Course.GOOD);
        }
    }

    /** An attempt failed, before its answer began or in the middle of it. */
    public void failed(ProviderId provider, String model, ProviderFailure failure) {
        if (failure instanceof ProviderFailure.Cancelled) {
            return; // says nothing about the upstream
        }
        long now = clock.millis();
        Track track = track(provider, model);
        track.attempts.increment();
        track.failures.increment();
        track.lastFailure = failure.reason();
        track.lastFailureAt = now;
        if (failure.lasting()) {
            Long wish = ProviderFailure.retryAfter(failure);
            long wishMillis = wish == null ? 0 : wish;
            track.course.updateAndGet(course -> course.worse(now, wishMillis));
        }
    }

    /**
     * Where the upstream stands in a plan made now. {@link Standing#PROBE} is given to one caller
     * in each cool-down.
     */
    Standing standing(ProviderId provider, String model) {
        Track track = tracks.get(new Key(provider, model));
        if (track == null) {
            return Standing.READY;
        }
        Course course = track.course.get();
        if (course.failures() == 0) {
            return Standing.READY;
        }
        long now = clock.millis();
        boolean first = course.due(now) && track.course.compareAndSet(course, course.probed(now));
        return first ? Standing.PROBE : Standing.FAILING;
    }

    /** What the admin plane shows. */
    public Health of(ProviderId provider, String model) {
        Track track = tracks.get(new Key(provider, model));
        if (track == null) {
            return UNKNOWN;
        }
        boolean failing = track.course.get().failures() > 0;
        return new Health(
                failing ? HealthState.FAILING : HealthState.HEALTHY,
                track.attempts.sum(),
                track.failures.sum(),
                instant(track.lastSuccessAt),
                instant(track.lastFailureAt),
                track.lastFailure);
    }

    private Track track(ProviderId provider, String model) {
        Key key = new Key(provider, model);
        Track track = tracks.get(key);
        return track != null ? track : tracks.computeIfAbsent(key, _ -> new Track());
    }

    private static @Nullable Instant instant(long millis) {
        return millis < 0 ? null : Instant.ofEpochMilli(millis);
    }
}
